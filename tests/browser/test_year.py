"""The year, played by the people of the demonstration in browsers of their own: from a round to an approved value."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from models.enums import DataSet
from scripts.own_server import served, settled
from storage.engine import make_engine, reading
from submissions.edits import Rules, read_rules, reported_figures
from tests.browser.conftest import Opened
from tests.browser.steps import open_
from tests.exchange.test_template import changed, put

YEAR = 2025
A, B = "baoding", "tangshan"
TARGET = "hebei-2020/leading-industries"
"""At most two leading industries in each zone, with no deadline: judged as soon as a zone has said how many it has."""

WORDS = "新建产业园一次性投资"

Figures = dict[str, Decimal]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A server of its own: this story changes what everybody sees."""
    with served(tmp_path_factory.mktemp("year")) as address:
        yield address


@pytest.fixture(scope="module")
def known(founding_database: str) -> tuple[Rules, dict[str, Figures]]:
    """The form, and figures that are believable for each zone."""
    with reading(make_engine(founding_database)) as session:
        figures = reported_figures(session, DataSet.DEMONSTRATION)
        return read_rules(session), {zone: dict(figures[(zone, 2024)]) for zone in (A, B)}


def cell(page: Page, code: str, part: str = "figure", zone: str = A) -> Locator:
    return page.locator(f'[class*="st-key-entry_{part}-{zone}-{YEAR}-{code}"] input').first


def type_in(page: Page, code: str, text: str, part: str = "figure") -> None:
    """Types into a cell and leaves it, as one does with the Tab key; it is saved then."""
    field = cell(page, code, part)
    field.fill(text)
    field.press("Tab")
    settled(page)


def fill_by_hand(page: Page, rules: Rules, figures: Figures) -> None:
    """Every cell of the form in the unit that stands beside it; what there is no figure of gets a dash and a reason."""
    for code, statistic in rules.statistics.items():
        value = figures.get(code)
        unit = rules.units[statistic.unit]
        if value is None:
            type_in(page, code, "—")
            type_in(page, code, "本区无此项", "note")
        elif unit.symbol == "是否":
            type_in(page, code, "是" if value else "否")
        else:
            type_in(
                page,
                code,
                f"{value:f}{'千元' if unit.symbol == '千元' else '平方米' if unit.symbol == '平方米' else ''}",
            )


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()
    settled(page)


def standing(page: Page, place: str) -> str:
    """What Overview says of the target for a zone: the words under its mark in the matrix."""
    open_(page, f"/?lang=zh&year={YEAR}&policy=hebei-2020", "目标进展总览")
    mark = page.locator(f'.t-matrix td.cell a[href*="{TARGET.replace("/", "%2F")}"][href*="place={place}"]').first
    return mark.get_attribute("title") or mark.get_attribute("aria-label") or mark.inner_text()


def report(page: Page, place: str) -> list[dict[str, str]]:
    answer = page.request.get(f"/download/report.csv?subject={place}&year={YEAR}&lang=zh")
    assert answer.status == 200, answer.text()
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))


def asked_for(reviewer: Page) -> None:
    """A reviewer opens the round."""
    open_(reviewer, f"/review?lang=zh&place=130000&for={YEAR}", "填报审核")
    press(reviewer, "review_open")
    expect(reviewer.get_by_text("填报任务已开启")).to_be_visible()


def typed_by_hand(clerk: Page, lead: Page, rules: Rules, figures: Figures) -> None:
    """The clerk of zone A types the form; a wrong figure blocks, an unusual one is explained beside its cell."""
    open_(clerk, "/entry?lang=zh", f"保定高新区{YEAR}年填报")
    expect(clerk.get_by_text("填报任务进行中")).to_be_visible()
    fill_by_hand(clerk, rules, figures)
    expect(clerk.get_by_text("已填 45 / 45 项")).to_be_visible()
    type_in(clerk, "leading_industries", "2.5")
    expect(clerk.locator(".t-problems")).to_contain_text("应为整数")
    open_(lead, f"/entry?lang=zh&place={A}&for={YEAR}", "填报")
    expect(lead.locator(".st-key-entry_submit")).to_have_count(0)
    type_in(clerk, "leading_industries", "2")
    type_in(clerk, "fixed_asset_investment", f"{figures['zone_gdp'] * 3:f}千元")
    expect(clerk.locator(".t-problems")).to_contain_text("两倍")
    type_in(clerk, "fixed_asset_investment", WORDS, "note")
    expect(clerk.locator(".t-problems li")).to_have_count(0)


def sent_as_workbook(other: Page, rules: Rules, figures: Figures, folder: Path) -> None:
    """The clerk of zone B downloads the form, fills it in Excel and uploads it."""
    open_(other, "/entry?lang=zh", f"唐山高新区{YEAR}年填报")
    with other.expect_download() as download:
        other.get_by_role("button", name="下载填报表").click()
    cells = {code: _in_workbook(rules, code, value) for code, value in figures.items()}
    filled = folder / "form.xlsx"
    filled.write_bytes(changed(Path(download.value.path()).read_bytes(), put(**cells)))
    other.locator('input[type="file"]').set_input_files(filled)
    expect(other.get_by_text("尚未保存")).to_be_visible()
    settled(other)
    press(other, "entry_take")
    expect(cell(other, "enterprises", zone=B)).to_have_value(f"{figures['enterprises']:f}")


def handed_in(lead: Page) -> None:
    open_(lead, f"/entry?lang=zh&place={A}&for={YEAR}", "填报")
    press(lead, "entry_submit")
    expect(lead.get_by_text("已提交，等待审核").first).to_be_visible()


def sent_back_and_corrected(reviewer: Page, clerk: Page, figures: Figures) -> None:
    """The reviewer reads the explanation and returns it; the clerk reads why and corrects."""
    open_(reviewer, f"/review?lang=zh&place={A}&for={YEAR}", "保定高新区")
    expect(reviewer.get_by_text(WORDS).first).to_be_visible()
    reviewer.locator(".st-key-review_words textarea").fill("请核对出口总额")
    press(reviewer, "review_return")
    expect(reviewer.get_by_text("已退回").first).to_be_visible()
    open_(clerk, f"/entry?lang=zh&place={A}&for={YEAR}", "填报")
    expect(clerk.get_by_text("请核对出口总额").first).to_be_visible()
    type_in(clerk, "exports", f"{figures['exports'] + 1000:f}千元")


def approved(reviewer: Page) -> None:
    open_(reviewer, f"/review?lang=zh&place={A}&for={YEAR}", "保定高新区")
    expect(reviewer.get_by_text("退回后的修改（1 项）")).to_be_visible()
    press(reviewer, "review_approve")
    expect(reviewer.get_by_text("已审核通过").first).to_be_visible()


def sees_nothing_of_zone_a(other: Page) -> None:
    """Under no address, and in no file, does the clerk of zone B find what zone A has typed."""
    for address in (f"/entry?place={A}&for={YEAR}", f"/review?place={A}&for={YEAR}", f"/zone?place={A}&year={YEAR}"):
        open_(other, f"{address}&lang=zh")
        expect(other.get_by_text(WORDS)).to_have_count(0)
        expect(other.get_by_text("5,327")).to_have_count(0)
    values = other.request.get("/download/values.csv?data=real").body().decode("utf-8-sig")
    assert [line for line in values.splitlines() if f",{A}," in line and "submission" in line] == []
    answer = other.request.get(f"/download/report.csv?subject={A}&year={YEAR}&lang=zh")
    assert answer.status != 200 or "5327" not in answer.body().decode("utf-8-sig")


def test_the_year(reader: Opened, known: tuple[Rules, dict[str, Figures]], tmp_path: Path) -> None:
    rules, figures = known
    reviewer, clerk, lead, other = (
        reader(person=f"demo-{each}") for each in ("reviewer", "clerk-a", "lead-a", "clerk-b")
    )
    before = standing(reviewer, A)
    asked_for(reviewer)
    typed_by_hand(clerk, lead, rules, figures[A])
    sent_as_workbook(other, rules, figures[B], tmp_path)
    handed_in(lead)
    sees_nothing_of_zone_a(other)
    sent_back_and_corrected(reviewer, clerk, figures[A])
    handed_in(lead)
    approved(reviewer)

    # The value is judged at once, and stands in the gap report.
    after = standing(reviewer, A)
    assert before != after and "已达标" in after, (before, after)
    row = next(each for each in report(reviewer, A) if each["目标编号"] == TARGET)
    assert Decimal(row["评估值"]) == 2
    sees_nothing_of_zone_a(other)


def _in_workbook(rules: Rules, code: str, value: Decimal) -> object:
    """As the workbook asks for it: money in its unit of the first row, yes and no in words."""
    if rules.statistics[code].unit == "是否":
        return "是" if value else "否"
    return float(value)
