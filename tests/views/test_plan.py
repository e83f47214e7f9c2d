"""Spreading a target on the screen, without a browser, on a database of its own."""

import io
import os
import re
from collections.abc import Callable

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

import settings
from models.people import Person, PersonRole
from tests.cast import OFFICER, VIEWER, somebody
from tests.views.conftest import Files
from tests.views.reading import read

OFFICER_GX = somebody("officer-gx", PersonRole.OFFICER, "450000")
HERE = {"lang": "zh", "data": "demonstration", "year": "2019", "target": "guangxi-2018/industrial-output"}
ZONES = 12

SIGNED_IN = OFFICER_GX


@pytest.fixture(autouse=True)
def database(own_database: str) -> str:
    return own_database


def opened(screen: str = "plan", **address: str) -> AppTest:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / f"{screen}.py"), default_timeout=60)
    for name, value in {**HERE, **address}.items():
        test.query_params[name] = value
    return shown(test)


def shown(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def saved(**address: str) -> AppTest:
    test = opened(**address)
    test.button(key="plan_save").click()
    return shown(test)


def words(test: AppTest) -> str:
    return read(test).text


def test_shares_are_shown_with_their_sum_before_anything_is_saved() -> None:
    text = words(opened(rule="room"))
    assert "各区任务合计 10,000亿元，目标值 10,000亿元。" in text
    assert "尚未分解到各高新区" in text and "历次方案" not in text


def test_a_saved_version_is_shown_with_the_words_of_the_policy() -> None:
    text = words(saved())
    assert "现行分解方案为第 1 版，涉及 12 家高新区" in text
    assert "officer-gx" in text and "按现有规模" in text
    assert "10000億元" in text


def test_each_zone_shows_its_share_apart_from_what_the_policy_asks() -> None:
    before = words(opened("zone", place="nanning", year="2019"))
    saved()
    after = words(opened("zone", place="nanning", year="2019"))
    assert "不是政策对高新区的直接要求" not in before
    assert "不是政策对高新区的直接要求" in after and "分解方案第 1 版" in after
    counted = re.search(r"适用目标 \d+ 项", before)
    assert counted is not None and counted[0] in after


def test_a_share_leads_to_its_version_and_to_the_quote() -> None:
    saved()
    page = read(opened("target", place="nanning", share="1"))
    assert "南宁高新区 · 分解任务" in page.text and "分解任务，非政策直接要求" in page.text
    assert any("/plan?" in link and "version=1" in link for link in page.links)
    assert any("/policies?" in link for link in page.links)
    group = read(opened("target", place="450000-all"))
    assert sum("share=1" in link for link in group.links) == ZONES


def test_the_overview_tells_how_zones_stand_on_their_shares_and_counts_them_nowhere() -> None:
    def numbers(page_text: str) -> str:
        return page_text[: page_text.index("要点")]

    before = words(opened("overview"))
    saved()
    after = words(opened("overview"))
    assert "各区进展" in after and "各区进展" not in before
    assert numbers(before) == numbers(after)


def test_a_second_version_asks_for_a_reason() -> None:
    saved()
    test = saved(rule="equal")
    assert "请填写变更理由" in read(test).text
    test.text_input(key="plan_reason").set_value("按会议决定")
    test.button(key="plan_save").click()
    assert "现行分解方案为第 2 版" in words(shown(test)) and "按会议决定" in words(test)


def test_an_allocation_is_taken_back_with_a_reason() -> None:
    saved()
    test = opened()
    test.text_input(key="plan_reason").set_value("目标调整")
    test.button(key="plan_withdraw").click()
    assert "尚未分解" in words(shown(test)) and "撤销" in words(test)
    assert "分解任务" not in words(opened("zone", place="nanning", year="2019"))


def test_shares_by_hand_that_do_not_add_up_cannot_be_saved() -> None:
    test = opened(rule="hand")
    key = "plan_hand|guangxi-2018/industrial-output|nanning"
    test.text_input(key=key).set_value("834.34")
    assert "各区任务合计 10,001，比目标值 10,000 多 1" in words(shown(test))
    assert [each for each in test.button if each.key == "plan_save"] == []
    for wrong in ("abc", "", "NaN", "1e999", "<b>x</b>"):
        test.text_input(key=key).set_value(wrong)
        assert "不是数字" in words(shown(test))
    test.text_input(key=key).set_value("833.34")
    assert [each for each in shown(test).button if each.key == "plan_save"]


@pytest.mark.parametrize("who", [OFFICER, VIEWER], ids=lambda each: each.login)
def test_who_may_not_allocate_sees_the_shares_and_who_may(as_person: Callable[[Person], None], who: Person) -> None:
    as_person(who)
    test = opened()
    assert "只有广西高新区的目标管理员可以保存分解方案" in words(test)
    assert [each for each in test.button if each.key == "plan_save"] == []


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("guangxi-2018/zones", "该目标数的是高新区个数"),
        ("hebei-2020/rd-intensity", "该目标是对照值的倍数"),
        ("hebei-2020/leading-industries", "每家高新区各自达到"),
        ("guangxi-2018/eco-national", "不是可以相加的数"),
        ("lincang-2019/growth", "不是高新区分组"),
    ],
)
def test_what_cannot_be_spread_is_told_in_one_sentence(target: str, why: str) -> None:
    assert why in words(opened(target=target))


def test_a_target_of_the_past_asks_for_an_earlier_year() -> None:
    assert "期限 2020 年已过" in words(opened(year="2024"))


@pytest.mark.parametrize("address", [{"rule": "no"}, {"rounding": "7"}, {"version": "99"}, {"version": "<b>"}])
def test_an_odd_address_shows_the_usual(address: dict[str, str]) -> None:
    assert "各区任务合计 10,000亿元" in words(opened(**address))


def test_the_table_is_exported_with_its_unit_and_the_mark_of_the_demonstration(files: Files) -> None:
    opened()
    made = next(made for name, made in files.items() if name.endswith(".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(made())).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0] == ("地区", "2019 年数值 (亿元)", "分解任务 (亿元)")
    assert len(rows) == ZONES + 2
    assert sum(float(str(row[2])) for row in rows[1:-1]) == pytest.approx(10000)
    assert "演示" in str(rows[-1][0])


SCENARIO = {"part": "scenario", "target": "hebei-2020/high-new-tech-share", "year": "2022"}


def field(test: AppTest, place: str, mode: str = "growth", statistic: str = "high_new_tech_value_added") -> str:
    end = f"{mode}|{statistic}|{place}"
    return next(str(each.key) for each in test.text_input if str(each.key).endswith(end))


def held(test: AppTest, name: str) -> str:
    """A parameter of the address, as one text."""
    found = test.query_params[name]
    return found if isinstance(found, str) else found[0]


def lead(test: AppTest) -> str:
    found = re.search(r"按下列假定，2025 年为 ([\d.,]+)%", words(test))
    assert found is not None
    return found[1]


@pytest.fixture
def in_hebei(as_person: Callable[[Person], None]) -> None:
    as_person(OFFICER)


@pytest.mark.usefixtures("in_hebei")
def test_a_scenario_begins_as_lately_and_follows_what_is_typed() -> None:
    test = opened(**SCENARIO)
    before = lead(test)
    assert "假定，不是数据" in words(test) and "各 13" not in words(test)
    assert "哪家作用最大" in words(test)
    test.text_input(key=field(test, "shijiazhuang")).set_value("30%")
    assert float(lead(shown(test))) > float(before)
    assert "照近年速度" in words(test)
    test.button(key="plan_as_before").click()
    assert lead(shown(test)) == before


@pytest.mark.usefixtures("in_hebei")
@pytest.mark.parametrize("wrong", ["abc", "", "-100", "1e9", "NaN", "<b>x</b>"])
def test_what_cannot_be_assumed_is_told_in_one_sentence(wrong: str) -> None:
    test = opened(**SCENARIO)
    test.text_input(key=field(test, "shijiazhuang")).set_value(wrong)
    text = words(shown(test))
    assert "不是数字" in text or "年均增速应大于" in text


@pytest.mark.usefixtures("in_hebei")
def test_the_least_effort_filled_in_reaches_the_target() -> None:
    test = opened(**SCENARIO)
    for each in test.text_input:
        if "|high_new_tech_value_added|" in str(each.key):
            each.set_value("2")
    assert "未达成" in words(shown(test)) and "各区照最省力方案，分组为 55%" in words(test)
    test.button(key="plan_fill").click()
    assert "已达成" in words(shown(test))
    assert held(test, "mode") == "value"
    assert 55 <= float(lead(test)) < 55.001
    test.button_group(key="plan_mode").set_value("growth")
    assert "已达成" in words(shown(test))


@pytest.mark.usefixtures("in_hebei")
def test_a_saved_scenario_is_opened_again_by_its_address() -> None:
    test = opened(**SCENARIO)
    test.text_input(key=field(test, "shijiazhuang")).set_value("25")
    result = lead(shown(test))
    test.text_input(key="plan_name|").set_value("石家庄提速")
    test.button(key="plan_save_scenario").click()
    text = words(shown(test))
    assert "情景“石家庄提速”第 1 版（officer" in text and lead(test) == result
    number = held(test, "scenario")
    again = opened(**SCENARIO, scenario=number)
    assert lead(again) == result
    again.button(key="plan_save_scenario").click()
    assert "第 2 版" in words(shown(again))
    assert "分解任务" not in words(opened("zone", place="shijiazhuang"))


@pytest.mark.usefixtures("in_hebei")
def test_growth_and_value_are_two_ways_to_say_the_same() -> None:
    test = opened(**SCENARIO)
    test.text_input(key=field(test, "shijiazhuang")).set_value("25")
    result = float(lead(shown(test)))
    for mode in ("value", "growth"):
        test.button_group(key="plan_mode").set_value(mode)
        assert float(lead(shown(test))) == pytest.approx(result, abs=0.001)
    assert float(test.text_input(key=field(test, "shijiazhuang")).value or 0) == pytest.approx(25, abs=0.0001)


@pytest.mark.usefixtures("in_hebei")
def test_a_saved_scenario_that_is_changed_says_so() -> None:
    test = opened(**SCENARIO)
    test.text_input(key="plan_name|").set_value("草案")
    test.button(key="plan_save_scenario").click()
    assert "情景“草案”第 1 版" in words(shown(test))
    number = held(test, "scenario")
    assert "第 1 版基础上" not in words(opened(**SCENARIO, scenario=number, mode="value"))
    test.text_input(key=field(test, "shijiazhuang")).set_value("25")
    assert "第 1 版基础上的改动，尚未保存" in words(shown(test))


@pytest.mark.usefixtures("in_hebei")
def test_a_scenario_is_put_away_and_comes_back_under_its_name() -> None:
    test = opened(**SCENARIO)
    assert "plan_put_away" not in [each.key for each in test.button], "nothing is saved yet"
    test.text_input(key="plan_name|").set_value("备选")
    test.button(key="plan_save_scenario").click()
    shown(test)
    test.button(key="plan_put_away").click()
    text = words(shown(test))
    assert "已收起" in text and "备选 v1" not in text and "scenario" not in test.query_params
    test.text_input(key="plan_name|").set_value("备选")
    test.button(key="plan_save_scenario").click()
    assert set(re.findall(r"备选 v\d", words(shown(test)))) == {"备选 v1", "备选 v3"}


@pytest.mark.usefixtures("in_hebei")
def test_of_a_multiple_the_reference_is_assumed_too() -> None:
    test = opened(part="scenario", target="hebei-2020/rd-intensity", year="2022")
    assert "作为对照的研发投入强度：年均增速（%）" in words(test)
    reference = field(test, "130000", statistic="rd_intensity")
    then = re.compile(r"按此假定，2025 年为 ([\d.]+)%")
    before = then.search(words(test))
    test.text_input(key=reference).set_value("-20")
    after = then.search(words(shown(test)))
    assert before is not None and after is not None and float(after[1]) < float(before[1])
    test.text_input(key="plan_name|").set_value("全省放缓")
    test.button(key="plan_save_scenario").click()
    number = held(shown(test), "scenario")
    again = opened(part="scenario", target="hebei-2020/rd-intensity", year="2022", scenario=number)
    assert again.text_input(key=field(again, "130000", statistic="rd_intensity")).value == "-20"


@pytest.mark.usefixtures("in_hebei")
@pytest.mark.parametrize("number", ["999", "abc", "-1", "<b>", "9" * 30])
def test_an_odd_number_of_a_scenario_shows_a_new_one(number: str) -> None:
    assert "尚未保存的情景" in words(opened(**SCENARIO, scenario=number))


@pytest.mark.parametrize(
    ("target", "year", "why"),
    [
        ("guangxi-2018/zones", "2018", "无法测算"),
        ("guangxi-2018/industrial-output", "2024", "期限 2020 年已过"),
        ("guangxi-2018/eco-national", "2018", "无法测算"),
    ],
)
def test_what_cannot_be_computed_is_told_on_the_screen(target: str, year: str, why: str) -> None:
    assert why in words(opened(part="scenario", target=target, year=year))


def test_who_may_not_see_the_zones_values_is_told_so() -> None:
    assert "您无权查看河北省高新区各区数值" in words(opened(**SCENARIO))
