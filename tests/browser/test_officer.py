"""The story of an officer in the weeks before a deadline, with a real browser, and what makes it readable for all."""

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.steps import fits, heading, open_, settled

TARGET = "inner-mongolia-2021/rd-intensity-provincial"
DEMO = "lang=zh&data=demonstration&year=2024"


def query(page: Page) -> dict[str, str]:
    return {name: found[0] for name, found in parse_qs(urlsplit(page.url).query).items()}


def test_an_officer_follows_a_number_to_its_clause_and_takes_the_report_along(page: Page) -> None:
    open_(page, "/", "目标进展总览")
    page.get_by_text("演示数据", exact=True).first.click()
    expect(page.get_by_role("note")).to_contain_text("由程序生成")
    expect(page).to_have_url(re.compile("year=2024"))  # The address is completed when the page is whole.
    assert query(page) == {"lang": "zh", "data": "demonstration", "year": "2024"}

    # A status of the matrix leads to the target, with its clause marked and its chart.
    settled(page)
    page.locator(f'.t-matrix td.state a[href*="data=demonstration"][href*="{quote(TARGET, safe="")}"]').click()
    heading(page, "自治区级高新区研发投入强度")
    expect(page.locator("blockquote mark")).to_contain_text("投入強度達到1.5%以上")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    value = page.locator(".t-card").first.locator(".n").inner_text()

    # A figure leads to its step in the evidence.
    page.locator('a[href="#evidence-gap"]').click()
    expect(page.locator("#evidence-gap")).to_be_in_viewport()
    expect(page.locator("#evidence-gap")).to_be_focused()

    # The quote leads to the policy, with the mark in view; a card moves the text without leaving the page.
    page.locator("blockquote a").click()
    heading(page, "关于促进高新技术产业开发区高质量发展的实施意见")
    expect(page.locator(f'mark[data-target="{TARGET}"]')).to_be_in_viewport()
    expect(page.locator(f'.t-list [data-target="{TARGET}"]')).to_be_in_viewport()
    page.locator('[data-mark="inner-mongolia-2021/league-coverage"]').click()
    expect(page.locator('mark[data-target="inner-mongolia-2021/league-coverage"]')).to_be_in_viewport()
    assert query(page)["target"] == "inner-mongolia-2021/league-coverage"

    # Back goes back.
    page.go_back()
    heading(page, "自治区级高新区研发投入强度")

    # The report holds the number of the screen.
    page.get_by_role("link", name="报告", exact=True).click()
    heading(page, "差距报告")
    open_(page, f"/reports?{DEMO}&subject=inner-mongolia-2021", "差距报告")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("XLSX")).click()
    assert download.value.suggested_filename.endswith("2024-演示数据.xlsx")
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    numbers = [c for sheet in book for line in sheet.iter_rows(values_only=True) for c in line if isinstance(c, float)]
    shown = float(value.removesuffix("%"))
    assert any(round(number, 2) == shown for number in numbers)


def test_a_value_of_the_country_is_traced_to_its_observations_and_taken_along(page: Page) -> None:
    open_(page, f"/compare?{DEMO}&place=100000-national&indicator=rd_intensity", "研发投入强度 · 全国国家级高新区")
    settled(page)
    page.get_by_text("图中数据（表格）").click()
    with page.expect_download() as download:
        page.locator(".st-key-tiles_xlsx button").click()
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet is not None and sheet["A2"].value == "北京" and sheet.max_row > 34

    # The value of a unit leads to its inputs, which are in sight; a tile leads to the zones of the unit.
    page.locator('a.figure[href*="trace=130000-all.2024"]').click()
    made = page.locator("#inputs")
    expect(made).to_contain_text("河北省高新区研发投入强度 2024 年")
    expect(made).to_be_in_viewport()
    settled(page)
    expect(made).to_be_in_viewport()
    page.locator(".t-tiles a", has_text="河北").click()
    heading(page, "研发投入强度 · 河北省高新区")
    page.locator(".t-scroll a", has_text="保定高新区").first.click()
    heading(page, "保定高新区")


def test_what_is_switched_stays_in_the_address_and_back_takes_it_back(page: Page) -> None:
    open_(page, f"/zone?{DEMO}&place=nanning", "南宁高新区")
    page.get_by_text("English", exact=True).click()
    heading(page, "Nanning High-tech Zone")
    expect(page).to_have_title(re.compile("^Zone · "))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert query(page) == {"lang": "en", "data": "demonstration", "year": "2024", "place": "nanning"}

    page.reload()
    heading(page, "Nanning High-tech Zone")
    page.get_by_role("link", name="Policies", exact=True).click()
    heading(page, "Policies")
    assert query(page) == {"lang": "en", "data": "demonstration", "year": "2024"}

    page.go_back()
    heading(page, "Nanning High-tech Zone")
    page.go_back()
    heading(page, "南宁高新区")
    assert query(page)["lang"] == "zh"


@pytest.mark.parametrize(
    "path",
    [
        f"/?{DEMO}",
        "/?lang=en",
        f"/target?{DEMO}&target=hebei-2020/rd-intensity",
        "/zone?lang=en&data=demonstration&place=hohhot-jinchuan",
        f"/policies?{DEMO}&policy=lincang-2019",
        "/reports?lang=en&data=demonstration&subject=guangxi-2018",
    ],
)
def test_a_narrow_screen_needs_no_moving_sideways(reader: Opened, path: str) -> None:
    page = reader(width=1024)
    open_(page, path)
    settled(page)
    assert fits(page)


def test_a_dark_screen_has_dark_charts_and_readable_marks(reader: Opened) -> None:
    page = reader(color_scheme="dark")
    open_(page, f"/target?{DEMO}&target={TARGET}")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_have_css("background-color", "rgb(14, 17, 23)")
    expect(page.locator(".t .mark").first).to_have_css("color", "rgb(236, 87, 56)")


def test_the_keyboard_alone_reaches_a_target_and_its_evidence(page: Page) -> None:
    open_(page, f"/?{DEMO}&status=off", "目标进展总览")
    wanted = page.locator(".t-matrix td.name a").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("link => link === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    assert wanted.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_be_visible()
    figure = page.locator('a[href="#evidence-value"]')
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence-value")).to_be_focused()


@pytest.mark.parametrize(("format_", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_chart_is_saved_as_a_picture_that_says_what_it_is(page: Page, format_: str, begins: bytes) -> None:
    open_(page, f"/target?{DEMO}&target={TARGET}")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name=format_).click()
    assert download.value.suggested_filename == (
        f"{TARGET.replace('/', '-')}-150000-provincial-2024-demonstration.{format_.lower()}"
    )
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(begins)
    if format_ == "SVG":
        assert "演示数据" in content.decode("utf-8")


def test_an_address_that_is_no_page_says_so(page: Page) -> None:
    answer = page.goto("/zones")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="高新区").click()
    heading(page, "高新区")
