"""The desk, worked without a browser, on a database of its own."""

import json
import os
from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

import settings
from ledger.record import Desk, read_desk
from models import Target
from models.enums import Kind, ProposalState
from models.errors import UnknownId
from models.people import Person
from storage.engine import reading, shared_engine
from tests.cast import CLERK_A, OFFICER, REVIEWER
from tests.ledger.conftest import TEXT

HOSTILE = (
    "河北省科学技术厅关于<script>alert(1)</script>的若干措施\n"
    "到2025年，全省高新技术企业达到5000家以上。\u202e\u0000 [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n"
)

SIGNED_IN = OFFICER


@pytest.fixture
def database(own_database: str) -> str:
    return own_database


def opened(**address: object) -> AppTest:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / "desk.py"), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = str(value)
    return test.run()


def added(text: str = TEXT) -> AppTest:
    test = opened()
    test.text_area(key="desk_paste").set_value(text).run()
    test.button(key="desk_read_paste").click().run()
    return test.button(key="desk_add").click().run()


def desk(database: str, policy: str = "hebei-2021") -> Desk:
    with reading(shared_engine(database)) as session:
        return read_desk(session, policy)


def words(test: AppTest) -> str:
    shown = [each.value for kind in ("error", "success", "markdown", "html") for each in getattr(test, kind, [])]
    return "\n".join(str(each) for each in shown)


def field(test: AppTest, name: str) -> object:
    return next(each for each in [*test.text_input, *test.selectbox] if str(each.key).endswith(f"_{name}"))


def test_a_pasted_policy_is_described_added_and_proposed_from(database: str, as_person: object) -> None:
    test = opened()
    test.text_area(key="desk_paste").set_value(TEXT).run()
    test.button(key="desk_read_paste").click().run()
    assert test.text_input(key="desk_new_title").value == "河北省科学技术厅关于推进高新区发展的若干措施"
    assert test.text_input(key="desk_new_number").value == "冀科〔2021〕8号"
    assert test.text_input(key="desk_new_issued_on").value == "2021-03-05"
    assert test.selectbox(key="desk_new_region").value == "130000"
    test.text_input(key="desk_new_issuer").set_value("河北省科技厅").run()
    test.button(key="desk_add").click().run()
    assert "hebei-2021" in test.query_params["policy"]
    assert not test.exception
    made = desk(database)
    assert (made.policy.issuer, len(made.entries)) == ("河北省科技厅", 5)


def test_an_entry_is_corrected_and_confirmed_in_one_step(database: str, as_person: object) -> None:
    test = added()
    first = desk(database).entries[0]
    field(test, "deadline").set_value("2026").run()  # type: ignore[attr-defined]
    test.button(key="desk_confirm").click().run()
    assert not test.error
    after = desk(database).entry(first.id)
    assert (after.state, after.draft.deadline) == (ProposalState.CONFIRMED, 2026)
    with reading(shared_engine(database)) as session:
        made = session.exec(select(Target).where(Target.policy_id == "hebei-2021")).one()
    assert (made.deadline, made.quote) == (2026, first.quote)
    assert test.query_params["entry"] != [str(first.id)], "the next one is shown"


def test_what_is_no_number_is_refused_and_stays_where_it_was_typed(database: str, as_person: object) -> None:
    test = added()
    field(test, "value").set_value("五千左右").run()  # type: ignore[attr-defined]
    test.button(key="desk_confirm").click().run()
    assert "不是数字" in test.error[0].value
    assert field(test, "value").value == "五千左右"  # type: ignore[attr-defined]
    assert desk(database).count(ProposalState.CONFIRMED) == 0


def test_a_rejection_asks_for_its_reason(database: str, as_person: object) -> None:
    test = added()
    test.button(key="desk_reject").click().run()
    test.button(key="desk_go").click().run()
    assert "请填写理由" in test.error[0].value
    test.text_input(key="desk_reason").set_value("不属于本省")
    test.button(key="desk_go").click().run()
    (rejected,) = [each for each in desk(database).entries if each.state is ProposalState.REJECTED]
    assert rejected.events[-1].reason == "不属于本省"


def test_what_is_likely_and_linked_is_confirmed_at_once(database: str, as_person: object) -> None:
    test = added()
    test.button(key="desk_bulk").click().run()
    assert "已确认 3 条" in test.success[0].value
    assert desk(database).count(ProposalState.CONFIRMED) == 3


def test_work_is_left_and_resumed_where_it_was(database: str, as_person: object) -> None:
    added()
    entry = desk(database).entries[2]
    again = opened(policy="hebei-2021", entry=entry.id)
    assert entry.quote in words(again)
    assert field(again, "indicator").value == entry.draft.indicator  # type: ignore[attr-defined]


def test_a_confirmed_target_is_changed_with_a_reason_alone(database: str, as_person: object) -> None:
    test = added()
    first = desk(database).entries[0]
    test.button(key="desk_confirm").click().run()
    test = opened(policy="hebei-2021", entry=first.id)
    field(test, "value").set_value("6000").run()  # type: ignore[attr-defined]
    test.button(key="desk_save").click().run()
    assert "请填写理由" in test.error[0].value
    field(test, "reason").set_value("原文勘误").run()  # type: ignore[attr-defined]
    test.button(key="desk_save").click().run()
    with reading(shared_engine(database)) as session:
        rows = session.exec(select(Target).where(Target.policy_id == "hebei-2021").order_by(Target.version)).all()  # type: ignore[arg-type]
    assert [(row.version, int(row.value), row.current) for row in rows] == [(1, 5000, False), (2, 6000, True)]


def test_one_with_two_scopes_is_split(database: str, as_person: object) -> None:
    test = added()
    test.button(key="desk_split").click().run()
    test.text_area(key="desk_parts").set_value("国家级高新区\n省级高新区")
    test.button(key="desk_go").click().run()
    places = [each.draft.place_code for each in desk(database).entries if each.source.value == "person"]
    assert places == ["130000-national", "130000-provincial"]


def test_the_reader_of_a_founding_policy_takes_it_to_the_desk(database: str, as_person: object) -> None:
    test = opened(policy="hebei-2020")
    test.button(key="desk_adopt").click().run()
    assert desk(database, "hebei-2020").count(ProposalState.CONFIRMED) == 8


def test_a_deleted_policy_needs_a_reason_and_is_gone(database: str, as_person: object) -> None:
    test = added()
    test.button(key="desk_delete").click().run()
    assert "请填写理由" in test.error[0].value
    test.text_input(key="desk_delete_reason").set_value("重复").run()
    test.button(key="desk_delete").click().run()
    assert "policy" not in test.query_params
    with pytest.raises(UnknownId):
        desk(database)


def test_hostile_text_stays_text(database: str, as_person: object) -> None:
    test = added(HOSTILE.replace("\u0000", ""))
    assert not test.exception
    assert "<script>alert" not in words(test)
    assert "onerror" not in words(test) or "&lt;img" in words(test)


@pytest.mark.parametrize("text, sentence", [("", "文件是空的"), ("。。。", "没有文字")])
def test_what_cannot_be_read_is_said_in_one_sentence(
    database: str, as_person: object, text: str, sentence: str
) -> None:
    test = opened()
    test.text_area(key="desk_paste").set_value(text).run()
    test.button(key="desk_read_paste").click().run()
    assert sentence in test.error[0].value


@pytest.mark.parametrize("who", [CLERK_A, REVIEWER], ids=lambda each: each.login)
def test_who_is_no_officer_sees_no_button_and_may_do_nothing(
    database: str, as_person: Callable[[Person], None], who: Person
) -> None:
    added()
    as_person(who)
    test = opened(policy="hebei-2021")
    assert not test.exception
    assert [each.key for each in test.button if str(each.key).startswith("desk_")] == []
    assert "只有目标管理员" in words(opened())


def test_the_export_has_the_confirmed_targets(database: str, as_person: object) -> None:
    from exchange.confirmed import write_confirmed
    from ledger.catalogue import read_catalogue

    test = added()
    test.button(key="desk_bulk").click().run()
    with reading(shared_engine(database)) as session:
        lines = write_confirmed(read_desk(session, "hebei-2021"), read_catalogue(session)).splitlines()
    first, *targets = [json.loads(line) for line in lines]
    assert first == {
        "policy": "hebei-2021", "title": "河北省科学技术厅关于推进高新区发展的若干措施", "issuer": "河北省科学技术厅",
        "region": "河北省", "issued": 2021, "period_start": None,
    }  # fmt: skip
    assert [each["quote"] for each in targets] == [TEXT[each["start"] : each["end"]] for each in targets]
    assert (targets[0]["value"], targets[0]["comparator"], targets[0]["kind"]) == (5000, ">=", "count")


def listed(test: AppTest) -> list[str]:
    """The quotes in the list of entries."""
    given = next(each.proto.json for each in test.get("bidi_component") if each.proto.id.endswith("desk_list"))
    return [each["quote"] for each in json.loads(given)["entries"]]


def test_the_list_is_filtered_by_state_tier_and_words(database: str, as_person: object) -> None:
    test = added()
    quotes = {each.tier.value: each.quote for each in desk(database).entries}
    assert quotes["possible"] not in listed(test)
    assert quotes["possible"] in listed(opened(policy="hebei-2021", tier="possible"))
    test.button(key="desk_confirm").click().run()
    confirmed = desk(database).entries[0].quote
    assert confirmed not in listed(opened(policy="hebei-2021"))
    assert confirmed in listed(opened(policy="hebei-2021", show="confirmed"))
    found = opened(policy="hebei-2021", show="all", find=confirmed[:6])
    assert confirmed in listed(found)
    assert all(each.quote not in listed(found) for each in desk(database).entries[1:])
    nothing = opened(policy="hebei-2021", find="没有这样的文字")
    assert "此处没有条目" in words(nothing)


def test_the_ends_of_a_quote_move_a_character_at_a_time_and_are_kept_with_the_entry(
    database: str, as_person: object
) -> None:
    test = added()
    before = desk(database).entries[0]
    test.button(key="desk_start_out").click().run()
    test.button(key="desk_end_out").click().run()
    cut = TEXT[before.draft.start - 1 : before.draft.end + 1]
    assert cut in words(test)
    assert desk(database).entries[0].quote == before.quote, "nothing is recorded before it is saved"
    test.button(key="desk_save").click().run()
    after = desk(database).entries[0]
    assert after.quote == cut
    assert (after.draft.anchor_start, after.draft.anchor_end) == (before.draft.anchor_start, before.draft.anchor_end)


def test_the_number_is_not_cut_off_the_quote(database: str, as_person: object) -> None:
    test = added()
    entry = desk(database).entries[0]
    for _ in range(entry.draft.end - entry.draft.anchor_end):
        assert not test.button(key="desk_end_in").disabled
        test.button(key="desk_end_in").click().run()
    assert test.button(key="desk_end_in").disabled


def test_the_history_says_in_words_what_changed(database: str, as_person: object) -> None:
    test = added()
    entry = desk(database).entries[0]
    field(test, "deadline").set_value("").run()  # type: ignore[attr-defined]
    field(test, "kind").set_value(Kind.LEVEL).run()  # type: ignore[attr-defined]
    test.button(key="desk_save").click().run()
    shown = words(opened(policy="hebei-2021", entry=entry.id))
    assert "期限（年）：2025 → —" in shown
    assert "类型：数量 → 水平" in shown


def test_what_a_bulk_confirmation_leaves_out_is_told_with_its_reason(database: str, as_person: object) -> None:
    test = added()
    entry = desk(database).entries[0]
    field(test, "baseline_year").set_value("2030").run()  # type: ignore[attr-defined]
    test.button(key="desk_save").click().run()
    test.button(key="desk_bulk").click().run()
    assert "已确认 2 条" in test.success[0].value.replace("\\", "")
    assert "基期 2030 年不早于期限 2025 年" in test.success[0].value.replace("\\", "")
    assert desk(database).entry(entry.id).state is ProposalState.PROPOSED


def test_an_act_of_the_reader_is_about_what_was_on_the_screen(
    database: str, as_person: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key hit twice sends the same entry twice: the second one finds it decided, and the next stays untouched."""
    from views.components import desk_acts

    added()
    first, second, *_ = desk(database).entries
    state: dict[str, object] = {"reader": {"act": {"do": "confirm", "entry": first.id}}}
    monkeypatch.setattr(desk_acts.st, "session_state", state)
    monkeypatch.setattr(desk_acts.st, "query_params", {"policy": "hebei-2021", "entry": str(second.id)})
    monkeypatch.setattr(desk_acts, "go", lambda **changes: None)
    desk_acts.acted("reader")
    assert desk(database).entry(first.id).state is ProposalState.CONFIRMED
    desk_acts.acted("reader")
    assert state["desk_answer"][0] == "error"  # type: ignore[index]
    assert desk(database).entry(second.id).state is ProposalState.PROPOSED


def test_a_pasted_text_stands_there_again_after_a_wrong_turn(database: str, as_person: object) -> None:
    test = opened()
    test.text_area(key="desk_paste").set_value(TEXT).run()
    test.button(key="desk_read_paste").click().run()
    assert "粘贴的正文.txt" in words(test)
    test.button(key="desk_other").click().run()
    assert test.text_area(key="desk_paste").value == TEXT


def test_a_refused_addition_loses_nothing_that_was_typed(database: str, as_person: object) -> None:
    test = opened()
    test.text_area(key="desk_paste").set_value(TEXT).run()
    test.button(key="desk_read_paste").click().run()
    test.text_input(key="desk_new_title_en").set_value("Measures for zones").run()
    test.text_input(key="desk_new_issued_on").set_value("去年").run()
    test.button(key="desk_add").click().run()
    assert "不是日期" in test.error[0].value
    assert test.text_input(key="desk_new_title_en").value == "Measures for zones"
    test.text_input(key="desk_new_issued_on").set_value("").run()
    test.button(key="desk_add").click().run()
    assert desk(database).policy.title_en == "Measures for zones"


def test_a_hurt_file_says_so_in_the_language_of_the_screen(database: str, as_person: object) -> None:
    hurt = TEXT.encode("gb18030").replace("高新".encode("gb18030"), b"\xff", 1)
    test = opened()
    test.file_uploader(key="desk_upload").upload("policy.txt", hurt).run()
    test.button(key="desk_read_upload").click().run()
    assert not test.error
    assert "个字符无法识别" in words(test)
