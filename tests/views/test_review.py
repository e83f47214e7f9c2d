"""Handing in and reviewing without a browser, on a database of its own."""

import io
import os
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

import settings
from accounts.contacts import Reached
from models.enums import DataSet, SubmissionAct, SubmissionState
from models.people import Person, PersonRole
from storage.engine import reading, shared_engine, unit_of_work
from storage.queries import observed
from submissions import acts
from submissions.edits import reported_figures
from submissions.record import Draft, read_record
from submissions.rounds import Round, rounds_of
from tests.cast import CLERK_A, CLERK_B, LEAD_A, OFFICER, PROVINCE, REVIEWER, VIEWER, ZONE_A, ZONE_B
from tests.submissions.filled import YEAR, fill, handed_in, round_opened

SIGNED_IN = REVIEWER


@pytest.fixture(autouse=True)
def database(own_database: str) -> str:
    return own_database


def opened(view: str = "review", **address: str) -> AppTest:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / f"{view}.py"), default_timeout=60)
    for name, value in {"for": str(YEAR), "lang": "zh", **address}.items():
        test.query_params[name] = value
    return ran(test)


def ran(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def words(test: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in test.get("html"))


def buttons(test: AppTest) -> set[str]:
    return {str(each.key) for each in test.button}


def do(database: str, step: Callable[..., Any], *given: Any) -> Any:
    with unit_of_work(shared_engine(database)) as session:
        return step(session, *given)


def figures(database: str) -> dict[str, Any]:
    with reading(shared_engine(database)) as session:
        return dict(reported_figures(session, DataSet.DEMONSTRATION)[(ZONE_A, YEAR)])


def record(database: str) -> Draft:
    with reading(shared_engine(database)) as session:
        return read_record(session, ZONE_A, YEAR)


def rounds(database: str) -> list[Round]:
    with reading(shared_engine(database)) as session:
        return rounds_of(session, REVIEWER)


@pytest.mark.parametrize("person", [CLERK_A, LEAD_A, CLERK_B, OFFICER, VIEWER], ids=lambda each: each.login)
def test_only_a_reviewer_sees_anything_here(database: str, as_person: Callable[[Person], None], person: Person) -> None:
    do(database, handed_in, figures(database))
    as_person(person)
    for address in ({}, {"place": PROVINCE}, {"place": ZONE_A}):
        test = opened(**address)
        assert "您没有可审核的地区" in words(test)
        assert ZONE_A not in buttons(test) and not {each for each in buttons(test) if each.startswith("review_")}


def test_a_round_is_opened_for_the_zones_of_the_region(database: str) -> None:
    test = opened(place=PROVINCE)
    offered = list(test.multiselect(key="review_zones").value)
    assert {ZONE_A, ZONE_B} <= set(offered)
    test.multiselect(key="review_zones").set_value([ZONE_A, ZONE_B])
    test.button(key="review_open").click().run()
    assert "填报任务已开启" in words(test)
    (made,) = rounds(database)
    assert (made.region, made.year, made.zones) == (PROVINCE, YEAR, tuple(sorted([ZONE_A, ZONE_B])))


def test_a_refusal_is_said_with_the_names_of_places(database: str) -> None:
    test = opened(place=PROVINCE)
    test.multiselect(key="review_zones").set_value([])
    test.button(key="review_open").click().run()
    assert "任务至少应包括一个高新区" in words(test)
    do(database, round_opened)
    test.multiselect(key="review_zones").set_value([ZONE_A])
    test.button(key="review_open").click().run()
    assert "保定高新区已列入河北省" in words(test)


def test_days_are_changed_the_round_closed_and_opened_again(database: str) -> None:
    do(database, round_opened)
    test = opened(place=PROVINCE)
    test.button(key="review_change").click().run()
    assert "日期没有变化" in words(test)
    test.button(key="review_close").click().run()
    assert "填报任务已关闭" in words(test)
    test.button(key="review_close").click().run()
    assert "请简要说明原因" in words(test)
    test.text_input(key="review_round_words").set_value("两家漏报")
    test.button(key="review_close").click().run()
    assert rounds(database)[0].state.value == "open"


def test_the_list_shows_how_far_each_zone_is_and_who_is_missing(database: str) -> None:
    do(database, handed_in, figures(database))
    test = opened(place=PROVINCE)
    said = words(test)
    assert "保定高新区" in said and "唐山高新区" in said
    from views.components.review_round import missing_table
    from views.state import read_reader

    os.chdir(settings.ROOT)
    from submissions.rounds import completeness

    with reading(shared_engine(database)) as session:
        zones = completeness(session, REVIEWER, rounds(database)[0].id)
    called = [Reached(ZONE_B, PersonRole.LEAD, "王明", "0315-1234567")]
    table = missing_table(read_reader(), zones, called)
    assert [row[-1] for row in table] == ["联系人", "王明（审签人）0315-1234567"]
    assert [row[1] for row in table[1:]] == ["唐山高新区"]
    from exchange.comparison_table import write_xlsx

    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(table, "未报名单"))).active
    assert sheet is not None
    assert [each.value for each in sheet[2]][1:4] == ["唐山高新区", "唐山市", "未开始"]


def test_looking_at_a_submission_opens_it_once(database: str) -> None:
    do(database, handed_in, figures(database))
    opened(place=ZONE_A)
    opened(place=ZONE_A)
    assert [each.act for each in record(database).events].count(SubmissionAct.OPEN) == 1


def test_it_shows_the_effect_and_approving_has_just_that_effect(database: str) -> None:
    do(database, handed_in, figures(database))
    test = opened(place=ZONE_A)
    assert "通过后对目标的影响" in words(test) and "项数值变化" in words(test)
    test.button(key="review_approve").click().run()
    assert "已审核通过" in words(test)
    assert record(database).state is SubmissionState.APPROVED
    with reading(shared_engine(database)) as session:
        assert observed(session, DataSet.REAL)[("exports", ZONE_A)][YEAR].submission_id is not None


def test_it_goes_back_with_words_on_a_cell_and_the_zone_reads_them(
    database: str, as_person: Callable[[Person], None]
) -> None:
    do(database, handed_in, figures(database))
    test = opened(place=ZONE_A)
    test.button(key="review_return").click().run()
    assert "请写明退回理由" in words(test)
    test.multiselect(key="review_cells").set_value(["exports"]).run()
    test.text_input(key="review_cell|exports").set_value("与海关数<b>不符</b>")
    test.button(key="review_return").click().run()
    assert record(database).state is SubmissionState.RETURNED
    as_person(CLERK_A)
    said = words(opened("entry", place=ZONE_A))
    assert "退回" in said and "与海关数&lt;b&gt;不符&lt;/b&gt;" in said
    assert 'href="#cell-exports"' in said


def test_words_that_come_with_the_press_are_not_lost(database: str) -> None:
    """A browser sends what was typed last together with the press of the button."""
    do(database, handed_in, figures(database))
    test = opened(place=ZONE_A)
    test.text_area(key="review_words").set_value("请核对出口")
    test.button(key="review_return").click().run()
    assert record(database).events[-1].words == "请核对出口"


def test_several_clear_ones_are_approved_together(database: str) -> None:
    do(database, handed_in, figures(database))
    test = opened(place=PROVINCE)
    flagged = "review_approve_several" not in buttons(test)
    if flagged:
        pytest.fail("the figures of the example are meant to be clear of soft edits in the published data")
    test.button(key="review_approve_several").click().run()
    assert record(database).state is SubmissionState.APPROVED


def test_approved_figures_are_reopened_with_a_reason(database: str) -> None:
    version = do(database, handed_in, figures(database))
    do(database, acts.approve, REVIEWER, ZONE_A, YEAR, version)
    test = opened(place=ZONE_A)
    assert buttons(test) >= {"review_reopen"} and "review_approve" not in buttons(test)
    test.text_area(key="review_words").set_value("年报更正")
    test.button(key="review_reopen").click().run()
    assert record(database).state is SubmissionState.RETURNED


def test_the_lead_hands_in_and_recalls_and_the_clerk_cannot(database: str, as_person: Callable[[Person], None]) -> None:
    do(database, fill, figures(database))
    as_person(LEAD_A)
    assert "填报任务没有开放" in words(opened("entry", place=ZONE_A))
    do(database, round_opened)
    as_person(CLERK_A)
    test = opened("entry", place=ZONE_A)
    assert "请本区审签人登录后提交" in words(test) and "entry_submit" not in buttons(test)
    as_person(LEAD_A)
    test = opened("entry", place=ZONE_A)
    assert "共 45 项" in words(test)
    test.text_input(key="entry_submit_words").set_value("口径未变")
    test.button(key="entry_submit").click().run()
    assert "已提交，等待审核" in words(test)
    assert record(database).events[-1].words == "口径未变"
    test.button(key="entry_recall").click().run()
    assert record(database).state is SubmissionState.DRAFT
    test.button(key="entry_submit").click().run()
    as_person(REVIEWER)
    opened(place=ZONE_A)
    as_person(LEAD_A)
    test = opened("entry", place=ZONE_A)
    assert "不能再撤回" in words(test) and "entry_recall" not in buttons(test)


def test_a_form_with_open_cells_offers_no_button(database: str, as_person: Callable[[Person], None]) -> None:
    do(database, round_opened)
    as_person(LEAD_A)
    test = opened("entry", place=ZONE_A)
    assert "45 处须填写" in words(test) and "entry_submit" not in buttons(test)


def test_the_year_comes_from_the_running_round(database: str, as_person: Callable[[Person], None]) -> None:
    do(database, round_opened)
    as_person(CLERK_A)
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / "entry.py"), default_timeout=60)
    test.query_params["lang"] = "zh"
    assert f"{YEAR}年填报" in words(ran(test))


def test_addresses_that_name_nothing_say_so(database: str) -> None:
    assert "no-such" in words(opened(place="no-such"))
    assert "尚未提交" in words(opened(place=ZONE_A))
    assert "无权" in words(opened(place="baotou-rare-earth"))
    assert "演示数据" in words(opened(data="demonstration"))
