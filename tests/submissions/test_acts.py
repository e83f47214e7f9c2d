"""The steps of a submission: who may take which in which state, what is refused, and what approving does."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TypeAlias

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Observation, SubmissionEvent
from models.calendar import today
from models.enums import DataSet, ObservationState, Origin, SubmissionAct, SubmissionState
from models.errors import Conflict, NotAllowed, Refused, UnknownId
from models.people import Person, PersonRole
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from storage.queries import observed
from submissions import acts
from submissions.changes import since
from submissions.drafts import read_draft, save_draft
from submissions.edits import read_rules
from submissions.record import Entry, read_record
from submissions.rounds import close_round, reopen_round
from tests.cast import CAST, CLERK_A, CLERK_B, LEAD_A, OTHER_PROVINCE, REVIEWER, VIEWER, ZONE_A, ZONE_B, somebody
from tests.submissions.conftest import Reported
from tests.submissions.filled import YEAR, fill, handed_in, round_opened

FILES: DataFiles = read_data(ROOT / "data")[0]
OTHER_REVIEWER = somebody("reviewer-q", PersonRole.REVIEWER, OTHER_PROVINCE)
State: TypeAlias = SubmissionState
Act: TypeAlias = SubmissionAct
Step = Callable[[Session, Person, int], int]

STEPS: dict[Act, Step] = {
    Act.SUBMIT: lambda session, person, version: acts.submit(session, person, ZONE_A, YEAR, version),
    Act.RECALL: lambda session, person, version: acts.recall(session, person, ZONE_A, YEAR, version),
    Act.OPEN: lambda session, person, version: acts.open_for_review(session, person, ZONE_A, YEAR, version),
    Act.RETURN: lambda session, person, version: acts.give_back(session, person, ZONE_A, YEAR, version, "请核对", {}),
    Act.APPROVE: lambda session, person, version: acts.approve(session, person, ZONE_A, YEAR, version),
    Act.REOPEN: lambda session, person, version: acts.reopen(session, person, ZONE_A, YEAR, version, "年报更正"),
    Act.SAVE: lambda session, person, version: save_draft(session, person, ZONE_A, YEAR, version, {}),
}
BY = {Act.SUBMIT: LEAD_A, Act.RECALL: LEAD_A, Act.SAVE: CLERK_A}
WAY = {
    State.DRAFT: [],
    State.SUBMITTED: [Act.SUBMIT],
    State.RETURNED: [Act.SUBMIT, Act.RETURN],
    State.APPROVED: [Act.SUBMIT, Act.APPROVE],
}
"""How each state is reached from a filled draft."""

LEADS_TO = {
    (State.DRAFT, Act.SAVE): State.DRAFT,
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.RECALL): State.DRAFT,
    (State.SUBMITTED, Act.OPEN): State.SUBMITTED,
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.RETURNED, Act.SAVE): State.RETURNED,
    (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
    (State.APPROVED, Act.REOPEN): State.RETURNED,
}
"""The whole table of states and steps; whatever is not in it is refused."""


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    load(engine, FILES, demonstration=False)
    with unit_of_work(engine) as opened:
        yield opened


@pytest.fixture
def figures(reported: Reported) -> dict[str, Decimal]:
    return dict(reported[(ZONE_A, YEAR)])


def go(session: Session, version: int, *steps: Act) -> int:
    for act in steps:
        version = STEPS[act](session, BY.get(act, REVIEWER), version)
    return version


def state(session: Session) -> State:
    return read_record(session, ZONE_A, YEAR).state


@pytest.mark.parametrize("before", State)
def test_every_step_in_every_state_does_what_the_table_says(
    session: Session, figures: dict[str, Decimal], before: State
) -> None:
    round_opened(session)
    version = go(session, fill(session, figures), *WAY[before])
    assert state(session) is before
    for act, step in STEPS.items():
        after = LEADS_TO.get((before, act))
        with session.begin_nested() as saved:
            if after is None:
                with pytest.raises(Refused):
                    step(session, BY.get(act, REVIEWER), version)
            else:
                assert step(session, BY.get(act, REVIEWER), version) == version + 1
                assert state(session) is after
            saved.rollback()
        session.expire_all()


@pytest.mark.parametrize("act", STEPS)
def test_each_step_is_open_to_those_of_the_rights_table_only(
    session: Session, figures: dict[str, Decimal], act: Act
) -> None:
    round_opened(session)
    before = next(state for state, done in LEADS_TO if done is act)
    version = go(session, fill(session, figures), *WAY[before])
    allowed = {Act.SAVE: (CLERK_A, LEAD_A), Act.SUBMIT: (LEAD_A,), Act.RECALL: (LEAD_A,)}.get(act, (REVIEWER,))
    for person in (*CAST, OTHER_REVIEWER, Person("nobody", "nobody")):
        if person not in allowed:
            with pytest.raises(NotAllowed):
                STEPS[act](session, person, version)
    assert STEPS[act](session, allowed[0], version) == version + 1


@pytest.mark.parametrize("act", [each for each in STEPS if each is not Act.SAVE])
def test_a_step_on_an_older_copy_is_refused(session: Session, figures: dict[str, Decimal], act: Act) -> None:
    round_opened(session)
    before = next(state for state, done in LEADS_TO if done is act)
    version = go(session, fill(session, figures), *WAY[before])
    events = len(read_record(session, ZONE_A, YEAR).events)
    for stale in (version - 1, version + 1):
        with pytest.raises(Conflict):
            STEPS[act](session, BY.get(act, REVIEWER), stale)
    assert len(read_record(session, ZONE_A, YEAR).events) == events


def test_a_step_of_what_was_never_typed_is_refused(session: Session) -> None:
    round_opened(session)
    for act, step in STEPS.items():
        if act is not Act.SAVE:
            with pytest.raises(UnknownId):
                step(session, BY.get(act, REVIEWER), 1)


def test_what_is_wrong_or_not_explained_is_not_handed_in(session: Session, figures: dict[str, Decimal]) -> None:
    round_opened(session)
    version = fill(session, figures)
    for code, entry in {
        "enterprises": Entry("12.5", "家"),
        "exports": Entry("1.2.3", "千元"),
        "net_profit": Entry("", "千元"),
    }.items():
        kept = read_draft(session, LEAD_A, ZONE_A, YEAR).entries[code]
        version = save_draft(session, CLERK_A, ZONE_A, YEAR, version, {code: entry})
        with pytest.raises(Refused, match="filled in, corrected or explained"), session.begin_nested():
            acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
        version = save_draft(session, CLERK_A, ZONE_A, YEAR, version, {code: kept})
    assert acts.submit(session, LEAD_A, ZONE_A, YEAR, version) == version + 1


def test_a_soft_edit_has_to_be_explained(session: Session, figures: dict[str, Decimal]) -> None:
    round_opened(session)
    version = fill(session, figures)
    much = Entry(str(figures["fixed_asset_investment"] * 1000), "千元")
    version = save_draft(session, CLERK_A, ZONE_A, YEAR, version, {"fixed_asset_investment": much})
    with pytest.raises(Refused, match="filled in, corrected or explained"), session.begin_nested():
        acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
    told = replace(much, explanation="新建产业园")
    version = save_draft(session, CLERK_A, ZONE_A, YEAR, version, {"fixed_asset_investment": told})
    acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
    flags = acts.checked(session, read_rules(session), acts.read_submitted(session, REVIEWER, ZONE_A, YEAR)).flags
    assert "fixed_asset_investment" in {each.statistics[0] for each in flags}


def test_it_is_handed_in_within_an_open_round_only(session: Session, figures: dict[str, Decimal]) -> None:
    version = fill(session, figures)
    with pytest.raises(Refused, match="No reporting round"), session.begin_nested():
        acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
    tomorrow = today() + timedelta(days=1)
    with session.begin_nested() as saved:
        round_opened(session, tomorrow, tomorrow)
        with pytest.raises(Refused, match="opens on"):
            acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
        saved.rollback()
    session.expire_all()
    number = round_opened(session)
    close_round(session, REVIEWER, number)
    with pytest.raises(Refused, match="is closed"), session.begin_nested():
        acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
    reopen_round(session, REVIEWER, number, "两家漏报")
    version = go(session, version, Act.SUBMIT, Act.RETURN)
    close_round(session, REVIEWER, number)
    assert go(session, version, Act.SUBMIT) == version + 1, "what was returned may come back after the round"


def test_a_recall_is_possible_until_a_reviewer_opens_it(session: Session, figures: dict[str, Decimal]) -> None:
    version = handed_in(session, figures)
    version = go(session, version, Act.RECALL, Act.SUBMIT, Act.OPEN)
    with pytest.raises(Refused, match="reviewer has opened"), session.begin_nested():
        acts.recall(session, LEAD_A, ZONE_A, YEAR, version)
    version = go(session, version, Act.RETURN, Act.SUBMIT, Act.RECALL)
    assert state(session) is State.RETURNED, "what was returned once is returned again after a recall"


def test_it_goes_back_only_with_words(session: Session, figures: dict[str, Decimal]) -> None:
    version = handed_in(session, figures)
    for words, reasons in (("", {}), ("  ", {"exports": " "})):
        with pytest.raises(Refused, match="Say why"), session.begin_nested():
            acts.give_back(session, REVIEWER, ZONE_A, YEAR, version, words, reasons)
    with pytest.raises(Refused, match="no statistic"), session.begin_nested():
        acts.give_back(session, REVIEWER, ZONE_A, YEAR, version, "", {"imports": "?"})
    acts.give_back(session, REVIEWER, ZONE_A, YEAR, version, "", {"exports": "与海关数不符"})
    event = read_record(session, ZONE_A, YEAR).events[-1]
    assert (event.actor, event.act, event.to_state) == ("reviewer", Act.RETURN, State.RETURNED)
    assert json.loads(event.reasons) == {"exports": "与海关数不符"}


def test_a_reviewer_sees_what_was_handed_in_and_no_draft(session: Session, figures: dict[str, Decimal]) -> None:
    round_opened(session)
    version = fill(session, figures)
    with pytest.raises(Refused, match="not handed in"):
        acts.read_submitted(session, REVIEWER, ZONE_A, YEAR)
    version = go(session, version, Act.SUBMIT, Act.RETURN)
    was = read_draft(session, CLERK_A, ZONE_A, YEAR).entries["exports"]
    save_draft(session, CLERK_A, ZONE_A, YEAR, version, {"exports": Entry("7", "千元", "更正")})
    seen = acts.read_submitted(session, REVIEWER, ZONE_A, YEAR)
    assert seen.entries["exports"] == was
    assert seen.values["exports"] == figures["exports"]
    for person in (CLERK_B, VIEWER, OTHER_REVIEWER):
        with pytest.raises(NotAllowed):
            acts.read_submitted(session, person, ZONE_A, YEAR)


def test_approved_values_are_final_then_revised_and_old_ones_stay(
    session: Session, figures: dict[str, Decimal]
) -> None:
    version = go(session, handed_in(session, figures), Act.APPROVE)
    rows = session.exec(select(Observation).where(Observation.origin == Origin.SUBMISSION)).all()
    assert {each.statistic_code: each.value for each in rows} == figures
    assert {each.state for each in rows} == {ObservationState.FINAL}
    before = observed(session, DataSet.REAL)[("exports", ZONE_A)][YEAR]
    version = go(session, version, Act.REOPEN)
    assert observed(session, DataSet.REAL)[("exports", ZONE_A)][YEAR] == before, "in force until it is replaced"
    told = Entry(str(figures["exports"] + 1), "千元", "更正")
    version = save_draft(
        session, CLERK_A, ZONE_A, YEAR, version, {"exports": told, "enterprises": Entry("", "家", "无")}
    )
    go(session, version, Act.SUBMIT, Act.APPROVE)
    after = observed(session, DataSet.REAL)
    assert after[("exports", ZONE_A)][YEAR].value == figures["exports"] + 1
    assert after[("exports", ZONE_A)][YEAR].state is ObservationState.REVISED
    assert ("enterprises", ZONE_A) not in after
    of_exports = [
        each.value
        for each in session.exec(select(Observation).order_by(col(Observation.id)))
        if (each.statistic_code, each.place_code, each.year) == ("exports", ZONE_A, YEAR)
    ]
    assert of_exports == [figures["exports"], figures["exports"] + 1]


def test_who_handed_in_does_not_approve(session: Session, figures: dict[str, Decimal]) -> None:
    both = Person("lead-a", "both", (*LEAD_A.grants, *REVIEWER.grants))
    version = handed_in(session, figures)
    with pytest.raises(Refused, match="cannot approve them too"), session.begin_nested():
        acts.approve(session, both, ZONE_A, YEAR, version)
    acts.approve(session, REVIEWER, ZONE_A, YEAR, version)


def test_several_are_approved_when_nothing_is_flagged(session: Session, figures: dict[str, Decimal]) -> None:
    version = handed_in(session, figures)
    flags = acts.checked(session, read_rules(session), read_record(session, ZONE_A, YEAR)).flags
    with pytest.raises(NotAllowed):
        acts.approve_unflagged(session, CLERK_A, YEAR, {ZONE_A: version})
    if flags:
        with pytest.raises(Refused, match="explained edits"), session.begin_nested():
            acts.approve_unflagged(session, REVIEWER, YEAR, {ZONE_A: version})
        changes = {each.statistics[0]: Entry("", "", "") for each in flags}
        draft = read_record(session, ZONE_A, YEAR)
        version = go(session, version, Act.RETURN)
        changes = {code: Entry("", draft.entries[code].unit, "不适用") for code in changes}
        version = go(session, save_draft(session, CLERK_A, ZONE_A, YEAR, version, changes), Act.SUBMIT)
    acts.approve_unflagged(session, REVIEWER, YEAR, {ZONE_A: version})
    assert state(session) is State.APPROVED


def test_what_changed_since_the_last_approval_and_return(session: Session, figures: dict[str, Decimal]) -> None:
    rules = read_rules(session)
    version = handed_in(session, figures)
    assert since(rules, read_record(session, ZONE_A, YEAR), Act.APPROVE) is None
    version = go(session, version, Act.APPROVE, Act.REOPEN)
    version = save_draft(session, CLERK_A, ZONE_A, YEAR, version, {"exports": Entry("7", "千元", "更正")})
    go(session, version, Act.SUBMIT)
    found = since(rules, read_record(session, ZONE_A, YEAR), Act.APPROVE)
    assert found is not None
    assert [(each.code, each.value_before, each.value_after) for each in found] == [("exports", figures["exports"], 7)]
    assert since(rules, read_record(session, ZONE_A, YEAR), Act.RETURN, Act.REOPEN) == found
    submitted = session.exec(select(SubmissionEvent).where(SubmissionEvent.act == Act.SUBMIT)).all()
    assert list(json.loads(submitted[-1].changes)) == ["exports"], "the step itself says what it changed"


def test_zone_b_is_untouched(session: Session, figures: dict[str, Decimal]) -> None:
    go(session, handed_in(session, figures), Act.APPROVE)
    assert read_record(session, ZONE_B, YEAR).version == 0
    for step in STEPS.values():
        with pytest.raises(NotAllowed):
            partial(step, session, CLERK_B)(9)
