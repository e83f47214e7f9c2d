"""Entering figures without a browser, on a database of its own."""

import os
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import settings
from models.enums import SubmissionState
from models.people import Person
from storage.engine import reading, shared_engine, unit_of_work
from submissions.drafts import read_draft, save_draft
from submissions.record import Draft, Entry
from tests.cast import CLERK_A, CLERK_B, LEAD_A, OFFICER, REVIEWER, ZONE_A, ZONE_B

YEAR = 2025

SIGNED_IN = CLERK_A


@pytest.fixture(autouse=True)
def database(own_database: str) -> str:
    return own_database


def opened(place: str = ZONE_A, **address: str) -> AppTest:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / "entry.py"), default_timeout=60)
    for name, value in {"place": place, "for": str(YEAR), **address}.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def key(code: str, part: str = "figure", place: str = ZONE_A) -> str:
    return f"entry_{part}|{place}|{YEAR}|{code}"


def put(test: AppTest, code: str, text: str, part: str = "figure") -> AppTest:
    test.text_input(key=key(code, part)).set_value(text).run()
    assert not test.exception
    return test


def saved(database: str) -> Draft:
    with reading(shared_engine(database)) as session:
        return read_draft(session, LEAD_A, ZONE_A, YEAR)


def words(test: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in test.get("html"))


def save_as(database: str, person: Person, version: int, **cells: str) -> None:
    with unit_of_work(shared_engine(database)) as session:
        save_draft(session, person, ZONE_A, YEAR, version, {code: Entry(text, "家") for code, text in cells.items()})


def test_each_cell_is_saved_as_it_is_typed_and_survives_a_new_session(database: str) -> None:
    test = opened(lang="zh")
    put(test, "exports", "1.2")
    put(test, "enterprises", "1,234")
    assert saved(database).entries["exports"] == Entry("1.2", "亿元")
    again = opened(lang="zh")
    assert again.text_input(key=key("exports")).value == "1.2"
    assert "1.2亿元" in words(again) and "已填 2 / 45 项" in words(again)


def test_all_statistics_have_their_cell(database: str) -> None:
    cells = [each for each in opened().text_input if str(each.key).startswith("entry_figure")]
    assert len(cells) == 45


@pytest.mark.parametrize("text", ["1.2.3", "abc", "9" * 400, "=cmd|' /C calc'!A0", "12%", "<b>x</b>"])
def test_what_cannot_be_understood_stays_on_the_screen_and_is_told(database: str, text: str) -> None:
    test = put(opened(lang="zh"), "exports", text)
    assert test.text_input(key=key("exports")).value == text
    assert "“出口总额”" in words(test) and "<b>x</b>" not in words(test)
    assert 'href="#cell-exports"' in words(test) and "须更正 1 处" in words(test)
    assert opened().text_input(key=key("exports")).value == text
    assert saved(database).values["exports"] is None


def test_a_hard_edit_is_a_link_to_its_cell(database: str) -> None:
    test = opened(lang="zh")
    put(test, "hte_over_1b", "3")
    put(test, "hte_over_10b", "4")
    assert 'href="#cell-hte_over_10b"' in words(test)
    assert "“百亿级高新技术企业数”4 家大于“十亿级高新技术企业数”3 家" in words(test)
    assert 'id="cell-hte_over_10b"' in words(test)


def test_a_missing_figure_with_a_reason_is_kept(database: str) -> None:
    test = put(opened(), "exports", "—")
    put(test, "exports", "停报", "note")
    assert saved(database).entries["exports"] == Entry("—", "亿元", "停报")


def test_the_unit_that_was_chosen_holds_for_what_is_typed_then(database: str) -> None:
    test = put(opened(), "exports", "5")
    test.selectbox(key="entry_unit_money").set_value("万元").run()
    put(test, "net_profit", "7")
    put(test, "exports", "6")
    entries = saved(database).entries
    assert (entries["exports"].unit, entries["net_profit"].unit) == ("亿元", "万元")


def test_of_two_editors_the_second_is_told_and_keeps_what_was_typed(database: str) -> None:
    test = put(opened(lang="zh"), "exports", "5")
    save_as(database, LEAD_A, 1, enterprises="99", listed_companies="7")
    put(test, "enterprises", "100")
    assert saved(database).entries["enterprises"].typed == "99"
    assert test.text_input(key=key("enterprises")).value == "100"
    assert test.text_input(key=key("listed_companies")).value == "7"
    assert "lead-a" in words(test) and "还没有保存" in words(test)
    put(test, "maker_spaces", "3")  # Typed while the conflict waits: kept with the rest.
    test.button(key="entry_mine").click().run()
    kept = saved(database).entries
    assert (kept["enterprises"].typed, kept["maker_spaces"].typed, kept["listed_companies"].typed) == ("100", "3", "7")
    assert "还没有保存" not in words(test)


def test_what_the_other_saved_can_be_taken_instead(database: str) -> None:
    test = put(opened(), "exports", "5")
    save_as(database, LEAD_A, 1, enterprises="99")
    put(test, "enterprises", "100")
    test.button(key="entry_theirs").click().run()
    assert test.text_input(key=key("enterprises")).value == "99"
    put(test, "enterprises", "101")
    assert saved(database).entries["enterprises"].typed == "101"


@pytest.mark.parametrize("who", [CLERK_B, REVIEWER, OFFICER], ids=lambda who: who.login)
def test_nobody_else_sees_a_draft_by_its_address(
    database: str, as_person: Callable[[Person], None], who: Person
) -> None:
    save_as(database, CLERK_A, 0, enterprises="4711")
    as_person(who)
    test = opened(ZONE_A)
    assert "4711" not in words(test)
    assert [each for each in test.text_input if ZONE_A in str(each.key)] == []


def test_a_clerk_is_offered_no_other_zone(as_person: Callable[[Person], None]) -> None:
    as_person(CLERK_B)
    test = opened(ZONE_B)
    assert len(test.selectbox(key="entry_zone").options) == 1


def test_an_unknown_zone_says_so(database: str) -> None:
    assert "no-such-zone" in words(opened("no-such-zone"))


def test_the_demonstration_set_takes_no_figures(database: str) -> None:
    test = opened(data="demonstration")
    assert [each for each in test.text_input if str(each.key).startswith("entry_")] == []


def test_submitted_figures_are_read_only(database: str) -> None:
    from models import SubmissionEvent

    save_as(database, CLERK_A, 0, enterprises="5")
    with unit_of_work(shared_engine(database)) as session:
        session.add(SubmissionEvent(submission_id=1, actor="x", to_state=SubmissionState.SUBMITTED))
    assert opened().text_input(key=key("enterprises")).disabled


def test_a_filled_form_is_checked_first_and_written_by_one_confirmation(database: str) -> None:
    from exchange.template import Form
    from exchange.template_xlsx import write_template
    from models import Place
    from submissions.edits import read_rules
    from tests.exchange.test_template import changed
    from tests.exchange.test_template import put as filled_in

    with reading(shared_engine(database)) as session:
        place = session.get(Place, ZONE_A)
        assert place is not None
        empty = write_template(Form(read_rules(session), place, YEAR), {})
    data = changed(empty, filled_in(exports=1.5, enterprises="12.5", maker_spaces="abc"))
    test = opened(lang="zh")
    test.file_uploader[0].upload("form.xlsx", data).run()
    assert not test.exception
    assert "将写入 3 格" in words(test) and "尚未保存" in words(test)
    assert saved(database).version == 0
    test.button(key="entry_take").click().run()
    draft = saved(database)
    assert draft.version == 1
    assert {code: each.typed for code, each in draft.entries.items()} == {
        "exports": "1.5",
        "enterprises": "12.5",
        "maker_spaces": "abc",
    }
    assert test.text_input(key=key("maker_spaces")).value == "abc"


def test_a_file_that_is_no_form_is_refused_in_words(database: str) -> None:
    test = opened(lang="zh")
    test.file_uploader[0].upload("form.xlsx", b"no workbook").run()
    assert "文件不是 Excel 工作簿" in words(test)
    assert saved(database).version == 0
