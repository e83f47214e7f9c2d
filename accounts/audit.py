"""The audit trail: all that was done, out of every table of events, as one list of plain values."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import Session, col, select

from accounts.rights import lineage, may, parents_of_places, require_somewhere
from models import (
    AccountEvent,
    Allocation,
    AllocationShare,
    DeskEvent,
    GapReport,
    PeersEvent,
    Place,
    PolicyDocument,
    ReportingRound,
    RoundEvent,
    Scenario,
    Submission,
    SubmissionEvent,
    Target,
)
from models.enums import AccountAct, Act, PlaceKind, RoundAct, SubmissionAct
from models.people import Action, Person, PersonRole

DESK, SUBMISSION, ROUND, ACCOUNT = "act", "submission_act", "round_act", "account_act"
PEERS = {True: "audit.peers_open", False: "audit.peers_close"}
ALLOCATE, SCENARIO, REPORT = "audit.allocate", "audit.scenario", "audit.report"

ACTS = (
    *(f"{SUBMISSION}.{each.value}" for each in SubmissionAct),
    *(f"{ROUND}.{each.value}" for each in RoundAct),
    *PEERS.values(),
    *(f"{DESK}.{each.value}" for each in Act),
    ALLOCATE,
    SCENARIO,
    REPORT,
    *(f"{ACCOUNT}.{each.value}" for each in AccountAct),
)
"""Everything that can be done, as the key of its words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act: when, by whom, what, where, on what, with which words, and what it changed as far as that is kept."""

    at: datetime
    actor: str
    what: str
    place: str
    subject: str
    words: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; what is empty asks for all. A place is meant with all in it, `until` is the last moment."""

    who: str = ""
    what: str = ""
    place: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One question to the tables: what is asked for, in which places, and how many of the latest lines."""

    asked: Asked
    places: frozenset[str]
    country: str
    most: int

    def narrowed(self, query: Any, table: Any, actor: str = "actor", at: str = "at") -> Any:
        """A query narrowed by who and when; the latest first."""
        asked, by, when = self.asked, getattr(table, actor), getattr(table, at)
        if asked.who:
            query = query.where(by == asked.who)
        if asked.since:
            query = query.where(when >= asked.since)
        if asked.until:
            query = query.where(when <= asked.until)
        return query.order_by(when.desc(), table.id.desc()).limit(self.most)

    def of(self, query: Any, table: Any, family: str) -> Any:
        """The same for a table whose acts are words of a vocabulary."""
        if self.asked.what:
            kind, _, act = self.asked.what.partition(".")
            query = query.where(table.act == act if kind == family else false())
        return self.narrowed(query, table)

    def asks(self, what: str) -> bool:
        """Whether an act is looked for."""
        return self.asked.what in ("", what)


def trail(session: Session, person: Person, asked: Asked, most: int, first: int = 0) -> list[Line]:
    """What a person may read of what is asked for, the latest first: `most` lines from the `first` on.

    Raises NotAllowed for whoever may read no trail at all; what was done in other places is simply not in it.
    """
    require_somewhere(person, Action.READ_AUDIT)
    parents = parents_of_places(session)
    country = session.exec(select(Place.code).where(Place.kind == PlaceKind.COUNTRY)).first() or ""
    inside = (code for code in parents if not asked.place or asked.place in lineage(code, parents))
    places = frozenset(code for code in inside if may(person, Action.READ_AUDIT, code, parents))
    wanted = _Wanted(asked, places, country, first + most)
    found = [line for source in SOURCES for line in source(session, wanted)]
    found.sort(key=lambda line: line.at, reverse=True)
    return found[first : first + most]


def _submissions(session: Session, wanted: _Wanted) -> Iterator[Line]:
    query = select(SubmissionEvent, Submission).join(Submission, col(Submission.id) == SubmissionEvent.submission_id)
    query = query.where(col(Submission.zone_code).in_(wanted.places))
    for event, own in session.exec(wanted.of(query, SubmissionEvent, SUBMISSION)):
        changes: dict[str, tuple[list[str], list[str]]] = json.loads(event.changes)
        before, after = ({code: _cell(*pair[at]) for code, pair in changes.items()} for at in (0, 1))
        reasons = [f"{code}: {words}" for code, words in json.loads(event.reasons).items()]
        words = "; ".join([event.words, *reasons] if event.words else reasons)
        what, subject = f"{SUBMISSION}.{event.act.value}", f"{own.zone_code} {own.year}"
        yield Line(event.at, event.actor, what, own.zone_code, subject, words, _pairs(before), _pairs(after))


def _cell(typed: str, unit: str, explanation: str) -> str:
    """What stood in a cell; a unit by itself says nothing."""
    return " ".join(each for each in (typed, unit if typed else "", explanation) if each)


def _rounds(session: Session, wanted: _Wanted) -> Iterator[Line]:
    query = select(RoundEvent, ReportingRound).join(ReportingRound, col(ReportingRound.id) == RoundEvent.round_id)
    query = query.where(col(ReportingRound.region_code).in_(wanted.places))
    for event, own in session.exec(wanted.of(query, RoundEvent, ROUND)).all():
        earlier = select(RoundEvent).where(RoundEvent.round_id == own.id, col(RoundEvent.id) < event.id)
        last = session.exec(earlier.order_by(col(RoundEvent.id).desc())).first()
        days = [f"{each.opens_on} – {each.due_on}" if each else "" for each in (last, event)]
        what, subject = f"{ROUND}.{event.act.value}", f"{own.region_code} {own.year}"
        yield Line(event.at, event.actor, what, own.region_code, subject, event.words, *days)


def _peers(session: Session, wanted: _Wanted) -> Iterator[Line]:
    query = select(PeersEvent).where(col(PeersEvent.region_code).in_(wanted.places))
    query = query.where(col(PeersEvent.opened).in_([opened for opened, what in PEERS.items() if wanted.asks(what)]))
    for event in session.exec(wanted.narrowed(query, PeersEvent)):
        yield Line(event.at, event.actor, PEERS[event.opened], event.region_code, event.region_code, event.words)


def _desk(session: Session, wanted: _Wanted) -> Iterator[Line]:
    regions = dict(session.exec(select(PolicyDocument.id, PolicyDocument.region_code)).all())
    query = select(DeskEvent).where(col(DeskEvent.policy_id).in_(_within(regions, wanted)))
    for event in session.exec(wanted.of(query, DeskEvent, DESK)):
        before, after = _apart(_fields(event.before), _fields(event.after))
        what, place = f"{DESK}.{event.act.value}", regions[event.policy_id]
        subject = event.target_id or event.policy_id
        yield Line(event.at, event.actor, what, place, subject, event.reason, _pairs(before), _pairs(after))


def _allocations(session: Session, wanted: _Wanted) -> Iterator[Line]:
    if not wanted.asks(ALLOCATE):
        return
    scopes = _scopes(session)
    query = select(Allocation).where(col(Allocation.target_id).in_(_within(scopes, wanted)))
    for own in session.exec(wanted.narrowed(query, Allocation)).all():
        earlier = select(Allocation).where(
            Allocation.target_id == own.target_id, Allocation.data_set == own.data_set, Allocation.version < own.version
        )
        last = session.exec(earlier.order_by(col(Allocation.version).desc())).first()
        before, after = (_pairs(_shares(session, each)) for each in (last, own))
        yield Line(own.at, own.actor, ALLOCATE, scopes[own.target_id], own.target_id, own.reason, before, after)


def _scenarios(session: Session, wanted: _Wanted) -> Iterator[Line]:
    if not wanted.asks(SCENARIO):
        return
    scopes = _scopes(session)
    query = select(Scenario).where(col(Scenario.target_id).in_(_within(scopes, wanted)))
    for own in session.exec(wanted.narrowed(query, Scenario, "owner")):
        words = f"{own.name} ({own.version})"
        yield Line(own.at, own.owner, SCENARIO, scopes[own.target_id], own.target_id, words)


def _reports(session: Session, wanted: _Wanted) -> Iterator[Line]:
    if not wanted.asks(REPORT):
        return
    regions = dict(session.exec(select(PolicyDocument.id, PolicyDocument.region_code)).all())
    subjects = {*_within(regions, wanted), *wanted.places}
    query = select(GapReport).where(or_(col(GapReport.subject).in_(subjects), col(GapReport.subject).contains(",")))
    for own in session.exec(wanted.narrowed(query, GapReport, "issued_by", "created_at")):
        # One about several stands in the place of the first, for those who may read of all.
        parts = own.subject.split(",")
        if not subjects >= set(parts):
            continue
        place = regions.get(parts[0], parts[0])
        yield Line(own.created_at, own.issued_by, REPORT, place, own.subject, own.number)


def _accounts(session: Session, wanted: _Wanted) -> Iterator[Line]:
    """Grants stand in their place; what is done to an account as a whole, in the country."""
    granted = [f"{role.value} {place}" for role in PersonRole for place in wanted.places]
    inside: ColumnElement[bool] = col(AccountEvent.words).in_(granted)
    if wanted.country in wanted.places:
        inside = or_(inside, col(AccountEvent.act).not_in((AccountAct.GRANT, AccountAct.REVOKE)))
    for event in session.exec(wanted.of(select(AccountEvent).where(inside), AccountEvent, ACCOUNT)):
        place = event.words.partition(" ")[2] or wanted.country
        yield Line(event.at, event.actor, f"{ACCOUNT}.{event.act.value}", place, event.login, event.words)


SOURCES: tuple[Callable[[Session, _Wanted], Iterator[Line]], ...] = (
    _submissions,
    _rounds,
    _peers,
    _desk,
    _allocations,
    _scenarios,
    _reports,
    _accounts,
)
"""Every table in which an act is written down. A new one is added here; a test finds those that are not."""


def _scopes(session: Session) -> dict[str, str]:
    """The place that each target names, as its latest version has it."""
    query = select(Target.id, Target.place_code).order_by(col(Target.version))
    return dict(session.exec(query).all())


def _within(places: Mapping[str, str], wanted: _Wanted) -> Collection[str]:
    return [own for own, place in places.items() if place in wanted.places]


def _shares(session: Session, own: Allocation | None) -> dict[str, Any]:
    query = select(AllocationShare).where(AllocationShare.allocation_id == (own.id if own else None))
    return {each.zone_code: f"{each.value:f} {own.unit}" for each in session.exec(query)} if own else {}


def _fields(draft: str) -> dict[str, Any]:
    """A draft of a target as plain values; what is not one is kept as it is."""
    try:
        found = json.loads(draft) if draft else {}
    except ValueError:
        return {"": draft}
    return found if isinstance(found, dict) else {"": draft}


def _apart(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of two states what differs; where there is only one, all of it."""
    differing = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in differing}, {key: after.get(key) for key in differing}


def _pairs(found: Mapping[str, Any]) -> str:
    """`rd_expenditure: 12 万元; …`, without what is empty."""
    said = {name: value for name, value in found.items() if value not in (None, "")}
    return "; ".join(f"{name}: {value}" if name else str(value) for name, value in said.items())
