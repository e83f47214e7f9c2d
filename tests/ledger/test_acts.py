"""What people do with proposals: every act in every state, and what stays of it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from ledger import acts
from ledger.catalogue import read_catalogue
from ledger.proposing import propose, put
from ledger.record import Desk, Entry, read_desk
from models import DeskEvent, PolicyDocument, Proposal, Target
from models.enums import Act, Comparator, Kind, ProposalSource, ProposalState
from models.errors import DeskRefused, NotAllowed, UnknownId
from models.extraction import Candidate, Span, Tier
from models.people import Person, PersonRole
from storage.datafiles import DataFiles
from storage.engine import unit_of_work
from storage.load import load
from tests.cast import CAST, OFFICER, OTHER_PROVINCE, somebody

P, C, R, M, S = (
    ProposalState.PROPOSED,
    ProposalState.CONFIRMED,
    ProposalState.REJECTED,
    ProposalState.MERGED,
    ProposalState.SPLIT,
)


def entry(session: Session, policy: str, words: str) -> Entry:
    """The entry whose quote holds some words."""
    found = [each for each in read_desk(session, policy).entries if words in each.quote]
    assert len(found) == 1, [each.quote for each in found]
    return found[0]


def target(session: Session, target_id: str) -> list[Target]:
    return list(session.exec(select(Target).where(Target.id == target_id).order_by(Target.version)))  # type: ignore[arg-type]


def halves(each: Entry) -> list:
    return [each.draft.model_copy(update={"scope": scope}) for scope in ("甲", "乙")]


def bring_to(session: Session, policy: str, state: ProposalState) -> Entry:
    """An entry in a state, reached by acts."""
    each = entry(session, policy, "5000")
    other = entry(session, policy, "研发投入强度")
    if state is C:
        acts.confirm(session, OFFICER, each.id)
    elif state is R:
        acts.reject(session, OFFICER, each.id, "no target")
    elif state is M:
        acts.merge(session, OFFICER, each.id, other.id)
    elif state is S:
        acts.split(session, OFFICER, each.id, halves(each))
    return entry_by_id(session, policy, each.id)


def entry_by_id(session: Session, policy: str, number: int) -> Entry:
    return read_desk(session, policy).entry(number)


DONE: dict[str, Callable[[Session, Entry, int], object]] = {
    "confirm": lambda s, e, _o: acts.confirm(s, OFFICER, e.id),
    "correct": lambda s, e, _o: acts.correct(s, OFFICER, e.id, e.draft.model_copy(update={"deadline": 2026})),
    "reject": lambda s, e, _o: acts.reject(s, OFFICER, e.id, "an instrument"),
    "reopen": lambda s, e, _o: acts.reopen(s, OFFICER, e.id, "looked again"),
    "change": lambda s, e, _o: acts.change(
        s, OFFICER, e.id, e.draft.model_copy(update={"value": Decimal(6000)}), "amended"
    ),
    "split": lambda s, e, _o: acts.split(s, OFFICER, e.id, halves(e)),
    "merge": lambda s, e, o: acts.merge(s, OFFICER, e.id, o),
}
ALLOWED = {
    "confirm": {P: C},
    "correct": {P: P},
    "reject": {P: R},
    "reopen": {C: P, R: P, M: P},
    "change": {C: C},
    "split": {P: S},
    "merge": {P: M},
}


@pytest.mark.parametrize("act", DONE)
@pytest.mark.parametrize("state", ProposalState)
def test_every_act_in_every_state(session: Session, policy: str, act: str, state: ProposalState) -> None:
    each = bring_to(session, policy, state)
    other = entry(session, policy, "研发投入强度")
    events = len(read_desk(session, policy).events)
    if state in ALLOWED[act]:
        DONE[act](session, each, other.id)
        assert entry_by_id(session, policy, each.id).state is ALLOWED[act][state]
        assert len(read_desk(session, policy).events) > events
    else:
        with pytest.raises(DeskRefused, match=f"this entry is {state.value} by now"):
            DONE[act](session, each, other.id)
        assert entry_by_id(session, policy, each.id).state is state
        assert len(read_desk(session, policy).events) == events


def test_a_confirmed_proposal_is_a_target_with_its_quote(session: Session, policy: str) -> None:
    each = entry(session, policy, "5000")
    made = acts.confirm(session, OFFICER, each.id)
    (row,) = target(session, made)
    text = session.get_one(PolicyDocument, policy).text
    assert text[row.start : row.end] == row.quote == "全省高新技术企业达到5000家以上"
    assert (row.id, row.indicator_code, row.place_code, row.current) == (
        f"{policy}/high-tech-enterprises", "high_tech_enterprises", "130000-all", True,
    )  # fmt: skip
    assert (row.kind, row.comparator, row.value, row.unit, row.deadline) == (
        Kind.COUNT, Comparator.AT_LEAST, Decimal(5000), "家", 2025,
    )  # fmt: skip


def test_a_reduction_is_signed_in_the_ledger(session: Session, policy: str) -> None:
    draft = entry(session, policy, "14%").draft
    assert (draft.value, draft.comparator, draft.kind) == (Decimal(-14), Comparator.AT_MOST, Kind.GROWTH_RATE)


def test_without_a_link_it_is_kept_and_not_judged(session: Session, policy: str) -> None:
    each = entry(session, policy, "14%")
    assert each.draft.indicator_code is None
    assert acts.confirm(session, OFFICER, each.id) == ""
    assert entry_by_id(session, policy, each.id).state is C
    assert session.exec(select(Target).where(Target.policy_id == policy)).all() == []
    linked = each.draft.model_copy(update={"indicator_code": "operating_revenue", "place_code": "130000-all"})
    made = acts.change(session, OFFICER, each.id, linked, "linked to revenue")
    assert [row.current for row in target(session, made)] == [True]


def test_a_change_makes_a_version_and_keeps_the_old_one(session: Session, policy: str) -> None:
    each = entry(session, policy, "5000")
    made = acts.confirm(session, OFFICER, each.id)
    changed = each.draft.model_copy(update={"value": Decimal(6000)})
    assert acts.change(session, OFFICER, each.id, changed, "原文勘误") == made
    old, new = target(session, made)
    assert (old.version, old.current, old.value) == (1, False, Decimal(5000))
    assert (new.version, new.current, new.value, new.reason) == (2, True, Decimal(6000), "原文勘误")


def test_a_confirmation_taken_back_and_given_again_is_the_same_target(session: Session, policy: str) -> None:
    each = entry(session, policy, "5000")
    made = acts.confirm(session, OFFICER, each.id)
    acts.reopen(session, OFFICER, each.id, "too early")
    assert not any(row.current for row in target(session, made))
    assert acts.confirm(session, OFFICER, each.id) == made
    assert [row.current for row in target(session, made)] == [False, True]


@pytest.mark.parametrize(
    "done",
    [
        lambda s, e: acts.reject(s, OFFICER, e.id, " "),
        lambda s, e: acts.confirm(s, OFFICER, e.id) and acts.reopen(s, OFFICER, e.id),  # type: ignore[func-returns-value]
        lambda s, e: (acts.confirm(s, OFFICER, e.id), acts.change(s, OFFICER, e.id, e.draft, "")),
    ],
    ids=["reject", "take back", "change"],
)
def test_a_reason_is_asked_for(session: Session, policy: str, done: Callable[[Session, Entry], object]) -> None:
    with pytest.raises(DeskRefused, match="a reason is needed") as refused:
        done(session, entry(session, policy, "5000"))
    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("start", -1, "outside the text"),
        ("end", 10**9, "outside the text"),
        ("end", 1, "outside the text"),
        ("anchor_start", 0, "does not lie in the quote"),
        ("indicator", " ", "say what is measured"),
        ("unit", "", "say the unit"),
        ("unit", "亿元", "is measured in 家"),
        ("indicator_code", "no_such", "there is no indicator no_such"),
        ("place_code", "nowhere", "there is no place nowhere"),
        ("kind", Kind.SHARE, "is given in %"),
        ("kind", Kind.RANK, "counts downwards"),
        ("comparator", Comparator.RANGE, "needs its upper end"),
        ("comparator", Comparator.ABOUT, "needs a direction"),
        ("value", Decimal(-5), "is not negative"),
        ("deadline", 2019, "before the year of issue"),
        ("baseline_year", 2025, "does not lie before the deadline"),
        ("reference_code", "rd_intensity", "only a multiple of a reference"),
        ("per_zone", True, None),
    ],
)
def test_a_draft_that_contradicts_itself_is_not_confirmed(
    session: Session, policy: str, field: str, value: object, sentence: str | None
) -> None:
    each = entry(session, policy, "5000")
    draft = each.draft.model_copy(update={field: value})
    if sentence is None:
        acts.confirm(session, OFFICER, each.id, draft)
        return
    with pytest.raises(DeskRefused, match=sentence):
        acts.confirm(session, OFFICER, each.id, draft)
    assert entry_by_id(session, policy, each.id).state is P


def test_the_same_target_is_not_confirmed_twice(session: Session, policy: str) -> None:
    each = entry(session, policy, "5000")
    acts.confirm(session, OFFICER, each.id)
    again = acts.select_text(session, OFFICER, policy, each.draft.start, each.draft.end)
    with pytest.raises(DeskRefused, match=f"entry {each.id} is confirmed and says the same"):
        acts.confirm(session, OFFICER, again)


def test_a_selection_is_cut_from_the_text_and_read_by_the_rules(session: Session, policy: str) -> None:
    whole = session.get_one(PolicyDocument, policy).text
    start = whole.index("，全省高新技术企业")
    number = acts.select_text(session, OFFICER, policy, start, whole.index("，国家级"))
    made = entry_by_id(session, policy, number)
    assert made.quote == "全省高新技术企业达到5000家以上"
    assert (made.draft.value, made.draft.unit, made.source) == (Decimal(5000), "家", ProposalSource.PERSON)
    with pytest.raises(DeskRefused, match="nothing is selected"):
        acts.select_text(session, OFFICER, policy, start, start + 1)


def test_parts_of_a_split_are_entries_of_their_own(session: Session, policy: str) -> None:
    each = entry(session, policy, "5000")
    made = acts.split(session, OFFICER, each.id, halves(each))
    assert [entry_by_id(session, policy, number).draft.scope for number in made] == ["甲", "乙"]
    with pytest.raises(DeskRefused, match="two parts are the same"):
        acts.split(session, OFFICER, made[0], [each.draft, each.draft])
    with pytest.raises(DeskRefused, match="2 to 12, not 1"):
        acts.split(session, OFFICER, made[0], [each.draft])


def test_a_proposal_is_not_merged_into_itself_or_into_a_rejected_one(session: Session, policy: str) -> None:
    each, other = entry(session, policy, "5000"), entry(session, policy, "研发投入强度")
    acts.reject(session, OFFICER, other.id, "no target")
    for into in (each.id, other.id):
        with pytest.raises(DeskRefused, match="choose another entry"):
            acts.merge(session, OFFICER, each.id, into)
    with pytest.raises(UnknownId):
        acts.merge(session, OFFICER, each.id, 10**6)


def test_only_what_is_complete_is_confirmed_in_bulk(session: Session, policy: str) -> None:
    done, left = acts.confirm_high(session, OFFICER, policy)
    desk = read_desk(session, policy)
    confirmed = {each.quote for each in desk.entries if each.state is C}
    assert len(done) == len(confirmed) == 3
    assert left == []
    assert {each.tier for each in desk.entries if each.state is C} == {Tier.HIGH}
    assert not any("20万元" in quote or "14%" in quote for quote in confirmed)


def test_another_run_proposes_nothing_again_and_revives_no_rejection(session: Session, policy: str) -> None:
    for each in read_desk(session, policy).entries:
        if each.tier is Tier.HIGH:
            acts.reject(session, OFFICER, each.id, "not ours")
    before = read_desk(session, policy)
    assert propose(session, OFFICER, policy) == 0
    assert read_desk(session, policy) == before


def test_a_newer_engine_adds_only_what_is_new(session: Session, policy: str) -> None:
    document, catalogue = session.get_one(PolicyDocument, policy), read_catalogue(session)
    each = entry(session, policy, "5000")
    acts.reject(session, OFFICER, each.id, "not ours")
    at = document.text.index("2021年3月")
    found = [
        Candidate(
            quote=document.text[start:end], start=start, end=end, anchor=Span(start, end), indicator="x", scope="y",
            kind=Kind.COUNT, comparator=Comparator.AT_LEAST, value=Decimal(1), unit="家", tier=Tier.HIGH,
        )
        for start, end in ((each.draft.anchor_start, each.draft.anchor_end), (at, at + 4))
    ]  # fmt: skip
    assert put(session, OFFICER, document, catalogue, found, ProposalSource.RULES, "99") == 1
    (new,) = [each for each in read_desk(session, policy).entries if each.engine == "99"]
    assert new.draft.start == at
    assert entry_by_id(session, policy, each.id).state is R


@pytest.mark.parametrize("person", [each for each in CAST if each is not OFFICER], ids=lambda each: each.login)
def test_nobody_but_the_officer_of_the_region_acts(session: Session, policy: str, person: Person) -> None:
    each = entry(session, policy, "5000")
    elsewhere = somebody("officer-elsewhere", PersonRole.OFFICER, OTHER_PROVINCE)
    for who in (person, elsewhere):
        for act in (
            lambda: acts.confirm(session, who, each.id),  # noqa: B023
            lambda: acts.reject(session, who, each.id, "x"),  # noqa: B023
            lambda: acts.correct(session, who, each.id, each.draft),  # noqa: B023
            lambda: acts.select_text(session, who, policy, 0, 10),  # noqa: B023
            lambda: acts.confirm_high(session, who, policy),  # noqa: B023
            lambda: propose(session, who, policy),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                act()
    assert entry_by_id(session, policy, each.id).state is P


def test_every_act_says_who_when_and_what(session: Session, policy: str) -> None:
    each = entry(session, policy, "5000")
    corrected = each.draft.model_copy(update={"deadline": 2026})
    acts.correct(session, OFFICER, each.id, corrected)
    made = acts.confirm(session, OFFICER, each.id)
    events = entry_by_id(session, policy, each.id).events
    assert [event.act for event in events] == [Act.PROPOSE, Act.CORRECT, Act.CONFIRM]
    assert {event.actor for event in events} == {"officer"}
    assert '"deadline":2025' in events[1].before and '"deadline":2026' in events[1].after
    assert events[2].target_id == made
    assert events[0].engine and events[0].at.tzinfo is not None


def test_events_and_proposals_cannot_be_changed_by_sql(loaded: Engine) -> None:
    from ledger.documents import add_document
    from targets.extraction.read import read_document
    from tests.ledger.conftest import DESCRIBED, TEXT

    with unit_of_work(loaded) as session:
        policy = add_document(session, OFFICER, read_document(TEXT.encode(), "measures.txt"), DESCRIBED)
        propose(session, OFFICER, policy)
    for statement in (
        "UPDATE deskevent SET actor = 'somebody else'",
        "DELETE FROM deskevent",
        "UPDATE proposal SET draft = '{}'",
        "DELETE FROM proposal",
    ):
        with pytest.raises(DatabaseError, match="append-only"), loaded.begin() as connection:
            connection.execute(text(statement))
    with unit_of_work(loaded) as session:
        assert {event.actor for event in session.exec(select(DeskEvent))} == {"officer"}
        assert session.exec(select(Proposal)).first() is not None


def test_a_load_leaves_a_policy_of_the_desk_alone(loaded: Engine, founding_files: DataFiles) -> None:
    from ledger.documents import add_document
    from targets.extraction.read import read_document
    from tests.ledger.conftest import DESCRIBED, TEXT

    with unit_of_work(loaded) as session:
        policy = add_document(session, OFFICER, read_document(TEXT.encode(), "measures.txt"), DESCRIBED)
        propose(session, OFFICER, policy)
        acts.confirm_high(session, OFFICER, policy)
    load(loaded, founding_files, demonstration=False)
    with unit_of_work(loaded) as session:
        desk: Desk = read_desk(session, policy)
        assert desk.count(C) == 3
        assert len(session.exec(select(Target).where(Target.policy_id == policy, Target.current)).all()) == 3


def test_what_a_model_points_at_comes_beside_the_other_numbers_and_is_marked(session: Session, policy: str) -> None:
    document, catalogue = session.get_one(PolicyDocument, policy), read_catalogue(session)
    other, likely = entry(session, policy, "20万元"), entry(session, policy, "5000")
    assert other.tier is Tier.POSSIBLE
    found = [
        Candidate(
            quote=each.quote, start=each.draft.start, end=each.draft.end,
            anchor=Span(each.draft.anchor_start, each.draft.anchor_end), indicator="x", scope="y", kind=Kind.LEVEL,
            comparator=Comparator.AT_LEAST, value=each.draft.value, unit=each.draft.unit, tier=Tier.CHECK,
        )
        for each in (other, likely)
    ]  # fmt: skip
    assert put(session, OFFICER, document, catalogue, found, ProposalSource.MODEL, "some model") == 1
    (new,) = [each for each in read_desk(session, policy).entries if each.source is ProposalSource.MODEL]
    assert (new.quote, new.engine, new.state) == (other.quote, "some model", P)
    assert put(session, OFFICER, document, catalogue, found, ProposalSource.MODEL, "some model") == 0
