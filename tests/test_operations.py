"""Every operation as every role, in the own place, another zone and another province, without the interface."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import ModuleType

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

import accounts
import ledger
import submissions
from accounts import administering, audit, peers
from ledger import acts as desk
from ledger import allocation, documents, proposing, scenarios
from ledger.catalogue import read_catalogue
from ledger.record import read_desk
from models import PolicyDocument, Target
from models.calendar import today
from models.enums import DataSet, ProposalSource
from models.errors import NotAllowed, Refused
from models.people import Person, PersonRole
from storage.engine import make_engine, unit_of_work
from submissions import acts, drafts, duties, rounds
from submissions.record import Entry
from targets.extraction.read import read_document
from tests.cast import (
    ADMIN,
    CLERK_A,
    CLERK_B,
    LEAD_A,
    NOBODY_YET,
    OFFICER,
    OTHER_PROVINCE,
    PROVINCE,
    REVIEWER,
    VIEWER,
    ZONE_A,
    ZONE_B,
    somebody,
)
from tests.ledger.conftest import DESCRIBED, TEXT

YEAR = 2024
TARGET = "hebei-2020/high-new-tech-share"
KEY = ("high_new_tech_value_added", ZONE_A)


@dataclass(frozen=True)
class World:
    """What the operations are called on."""

    engine: Engine
    policy: str
    entry: int
    round: int


Call = Callable[[World, Session, Person], object]
ROLES = tuple(PersonRole)
Z, R = frozenset({"clerk", "lead"}), frozenset({"reviewer"})
OFFICERS, ADMINS = frozenset({"officer"}), frozenset({"admin"})
READERS = frozenset({"reviewer", "officer", "viewer"})


def _draft(world: World, session: Session):  # type: ignore[no-untyped-def]
    return next(each for each in read_desk(session, world.policy).entries if each.id == world.entry).draft


def _put(world: World, session: Session, who: Person) -> object:
    policy = session.get_one(PolicyDocument, world.policy)
    return proposing.put(session, who, policy, read_catalogue(session), [], ProposalSource.MODEL, "m")


def _allocate(world: World, session: Session, who: Person) -> object:
    rule, step = allocation.AllocationRule.EQUAL, Decimal(1)
    wanted = allocation.Wanted(DataSet.REAL, TARGET, rule, step, None, {}, {})
    return allocation.allocate(session, who, wanted)


def _put_away(world: World, session: Session, who: Person) -> object:
    _scenario(world, session, who)
    return scenarios.put_away(session, who, DataSet.REAL, session.get_one(Target, (TARGET, 1)), "x")


def _scenario(world: World, session: Session, who: Person) -> object:
    assumed = {KEY: scenarios.Assumption(growth=Decimal(1))}
    return scenarios.save_scenario(session, who, DataSet.REAL, TARGET, "x", YEAR, assumed)


OPERATIONS: dict[str, tuple[Call, frozenset[str]]] = {
    "administering.accounts": (lambda w, s, p: administering.accounts(s, p), ADMINS),
    "administering.add": (lambda w, s, p: administering.add(s, p, "new.one", "x"), ADMINS),
    "administering.grant": (lambda w, s, p: administering.grant(s, p, "li", PersonRole.LEAD, ZONE_A), ADMINS),
    "administering.revoke": (lambda w, s, p: administering.revoke(s, p, "li", PersonRole.CLERK, ZONE_A), ADMINS),
    "administering.disable": (lambda w, s, p: administering.disable(s, p, "li"), ADMINS),
    "administering.enable": (lambda w, s, p: administering.enable(s, p, "li"), ADMINS),
    "administering.reset_link": (lambda w, s, p: administering.reset_link(s, p, "li"), ADMINS),
    "administering.events": (lambda w, s, p: administering.events(s, p), ADMINS),
    "audit.trail": (lambda w, s, p: audit.trail(s, p, audit.Asked(), 9), Z | R | OFFICERS | ADMINS),
    "peers.set_peers": (lambda w, s, p: peers.set_peers(s, p, PROVINCE, "x", opened=True), R),
    "acts.confirm": (lambda w, s, p: desk.confirm(s, p, w.entry), OFFICERS),
    "acts.correct": (lambda w, s, p: desk.correct(s, p, w.entry, _draft(w, s)), OFFICERS),
    "acts.reject": (lambda w, s, p: desk.reject(s, p, w.entry, "x"), OFFICERS),
    "acts.reopen": (lambda w, s, p: desk.reopen(s, p, w.entry), OFFICERS),
    "acts.change": (lambda w, s, p: desk.change(s, p, w.entry, _draft(w, s), "x"), OFFICERS),
    "acts.split": (lambda w, s, p: desk.split(s, p, w.entry, [_draft(w, s)] * 2), OFFICERS),
    "acts.merge": (lambda w, s, p: desk.merge(s, p, w.entry, w.entry + 1), OFFICERS),
    "acts.select_text": (lambda w, s, p: desk.select_text(s, p, w.policy, 30, 40), OFFICERS),
    "acts.confirm_high": (lambda w, s, p: desk.confirm_high(s, p, w.policy), OFFICERS),
    "allocation.allocate": (_allocate, OFFICERS),
    "allocation.withdraw": (lambda w, s, p: allocation.withdraw(s, p, DataSet.REAL, TARGET, 0, "x"), OFFICERS),
    "documents.add_document": (
        lambda w, s, p: documents.add_document(s, p, read_document(f"{TEXT}再".encode(), "b.txt"), DESCRIBED),
        OFFICERS,
    ),
    "documents.redescribe": (lambda w, s, p: documents.redescribe(s, p, w.policy, DESCRIBED), OFFICERS),
    "documents.withdraw": (lambda w, s, p: documents.withdraw(s, p, w.policy, "x"), OFFICERS),
    "documents.adopt": (lambda w, s, p: documents.adopt(s, p, "hebei-2020"), OFFICERS),
    "proposing.propose": (lambda w, s, p: proposing.propose(s, p, w.policy), OFFICERS),
    "proposing.put": (_put, OFFICERS),
    "scenarios.save_scenario": (_scenario, READERS),
    "scenarios.put_away": (_put_away, READERS),
    "scenarios.scenarios_of": (
        lambda w, s, p: scenarios.scenarios_of(s, p, DataSet.REAL, s.get_one(Target, (TARGET, 1))),
        READERS,
    ),
    "scenarios.read_scenario": (
        lambda w, s, p: scenarios.read_scenario(s, p, DataSet.REAL, s.get_one(Target, (TARGET, 1)), 1),
        READERS,
    ),
    "submissions.read_submitted": (lambda w, s, p: acts.read_submitted(s, p, ZONE_A, YEAR), Z | R),
    "submissions.latest_submission": (lambda w, s, p: acts.latest_submission(s, p, ZONE_A), Z | R),
    "submissions.submit": (lambda w, s, p: acts.submit(s, p, ZONE_A, YEAR, 1), frozenset({"lead"})),
    "submissions.recall": (lambda w, s, p: acts.recall(s, p, ZONE_A, YEAR, 1), frozenset({"lead"})),
    "submissions.open_for_review": (lambda w, s, p: acts.open_for_review(s, p, ZONE_A, YEAR, 1), R),
    "submissions.give_back": (lambda w, s, p: acts.give_back(s, p, ZONE_A, YEAR, 1, "x", {}), R),
    "submissions.approve": (lambda w, s, p: acts.approve(s, p, ZONE_A, YEAR, 1), R),
    "submissions.reopen": (lambda w, s, p: acts.reopen(s, p, ZONE_A, YEAR, 1, "x"), R),
    "submissions.approve_unflagged": (lambda w, s, p: acts.approve_unflagged(s, p, YEAR, {ZONE_A: 1}), R),
    "drafts.read_draft": (lambda w, s, p: drafts.read_draft(s, p, ZONE_A, YEAR), Z),
    "drafts.save_draft": (lambda w, s, p: drafts.save_draft(s, p, ZONE_A, YEAR, 1, {}), Z),
    "rounds.open_round": (
        lambda w, s, p: rounds.open_round(s, p, PROVINCE, YEAR + 1, today(), today(), [ZONE_A]),
        R,
    ),
    "rounds.change_round": (lambda w, s, p: rounds.change_round(s, p, w.round, today(), today(), "x"), R),
    "rounds.close_round": (lambda w, s, p: rounds.close_round(s, p, w.round), R),
    "rounds.reopen_round": (lambda w, s, p: rounds.reopen_round(s, p, w.round, "x"), R),
    "rounds.completeness": (lambda w, s, p: rounds.completeness(s, p, w.round), R),
}
"""What each operation is called with, on zone A and its province, and the roles that may."""

ANYWHERE = {"administering.accounts", "administering.add", "administering.events", "audit.trail"}
"""Whoever has the right in any place may; what comes back is of that place alone."""

OF_ONES_OWN: dict[str, Call] = {
    "rounds.rounds_of": lambda w, s, p: rounds.rounds_of(s, p),
    "duties.to_report": lambda w, s, p: duties.to_report(s, p),
    "duties.handed_in": lambda w, s, p: duties.handed_in(s, p),
    "duties.to_review": lambda w, s, p: duties.to_review(s, p),
    "duties.progress": lambda w, s, p: duties.progress(s, p),
}
"""Lists of what one may know of: nobody is refused, and others find nothing in them."""

ASKS_NOTHING = {
    "rights.may": "the table itself",
    "rights.may_somewhere": "the table itself",
    "rights.require": "the table itself",
    "rights.require_somewhere": "the table itself",
    "sessions.is_demonstration": "says what an account is",
    "sessions.sign_out_everywhere": "of oneself",
    "sessions.sessions_of": "of oneself",
    "sessions.change_password": "of oneself",
    "notices.notices": "of what concerns oneself alone (tests/submissions/test_notices.py)",
    "contacts.set_contact": "of oneself",
    "contacts.contacts_of": "of the zones that one reviews alone (tests/accounts/test_contacts.py)",
    "notices.unread": "counts what one was given",
    "notices.mark_read": "of oneself",
    "record.write": "the last line of an act that has asked",
    "record.propose_one": "the last line of an act that has asked",
    "record.add_step": "the last line of an act that has asked",
}


def operations() -> Iterator[str]:
    """Every public function of the rooms that takes a person."""
    for room in (accounts, ledger, submissions):
        for each in pkgutil.iter_modules(room.__path__):
            module = importlib.import_module(f"{room.__name__}.{each.name}")
            yield from (f"{_short(room, each.name)}.{name}" for name in _taking_a_person(module))


def _short(room: ModuleType, module: str) -> str:
    return "submissions" if (room.__name__, module) == ("submissions", "acts") else module


def _taking_a_person(module: ModuleType) -> list[str]:
    functions = inspect.getmembers(module, inspect.isfunction)
    own = [(name, each) for name, each in functions if each.__module__ == module.__name__ and name[0] != "_"]
    return [name for name, each in own if Person in inspect.get_annotations(each).values()]


def test_no_operation_is_forgotten() -> None:
    assert set(operations()) == set(OPERATIONS) | set(OF_ONES_OWN) | set(ASKS_NOTHING)


@pytest.fixture(scope="module")
def world(founding_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The founding data, with a policy on the desk, a round, a draft of zone A and an account in it."""
    file = tmp_path_factory.mktemp("operations") / "tracker.db"
    shutil.copy(founding_database.removeprefix("sqlite:///"), file)
    engine = make_engine(f"sqlite:///{file}")
    with unit_of_work(engine) as session:
        policy = documents.add_document(session, OFFICER, read_document(TEXT.encode(), "a.txt"), DESCRIBED)
        proposing.propose(session, OFFICER, policy)
        entry = read_desk(session, policy).entries[0].id
        number = rounds.open_round(session, REVIEWER, PROVINCE, YEAR, today(), today(), [ZONE_A, ZONE_B])
        drafts.save_draft(session, CLERK_A, ZONE_A, YEAR, 0, {"zone_gdp": Entry("1", "万元")})
        administering.add(session, ADMIN, "li", "li")
        administering.grant(session, ADMIN, "li", PersonRole.CLERK, ZONE_A)
    yield World(engine, policy, entry, number)
    engine.dispose()


def allows(world: World, name: str, who: Person) -> bool:
    """Whether an operation gets past the question of the right; what it does is rolled back."""

    class _RolledBack(Exception):
        pass

    try:
        with unit_of_work(world.engine) as session:
            OPERATIONS[name][0](world, session, who)
            raise _RolledBack
    except NotAllowed:
        return False
    except (_RolledBack, Refused):  # Past the right, and perhaps in the wrong state.
        return True


HERE = {
    "clerk": CLERK_A,
    "lead": LEAD_A,
    "reviewer": REVIEWER,
    "officer": OFFICER,
    "viewer": VIEWER,
    "admin": ADMIN,
    "nobody": NOBODY_YET,
}
ELSEWHERE = {
    "clerk": CLERK_B,
    "lead": somebody("lead-b", PersonRole.LEAD, ZONE_B),
    **{role: somebody(f"{role}-q", PersonRole(role), OTHER_PROVINCE) for role in (*sorted(READERS), "admin")},
    "nobody": NOBODY_YET,
}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("role", HERE)
def test_every_role_may_what_the_table_says_and_nothing_else(world: World, name: str, role: str) -> None:
    assert allows(world, name, HERE[role]) is (role in OPERATIONS[name][1])


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("role", ELSEWHERE)
def test_nobody_may_anything_in_the_place_of_others(world: World, name: str, role: str) -> None:
    assert allows(world, name, ELSEWHERE[role]) is (name in ANYWHERE and role in OPERATIONS[name][1])


@pytest.mark.parametrize("name", OF_ONES_OWN)
def test_a_list_holds_nothing_of_other_provinces(world: World, name: str) -> None:
    far = [*(ELSEWHERE[role] for role in (*READERS, "admin", "nobody")), ADMIN]
    with unit_of_work(world.engine) as session:
        assert [who.login for who in far if OF_ONES_OWN[name](world, session, who)] == []
        own = {"duties.to_report": CLERK_A}.get(name, REVIEWER)
        assert OF_ONES_OWN[name](world, session, own) or name in ("duties.to_review", "duties.handed_in")
