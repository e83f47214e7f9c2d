"""The audit trail: everything that is done stands in it, for those who may read it, and stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

import models
from accounts import administering
from accounts.audit import ACTS, Asked, Line, trail
from accounts.peers import set_peers
from models import DeskEvent, GapReport, PolicyDocument, Submission, SubmissionEvent
from models.calendar import today
from models.columns import now
from models.enums import AccountAct, Act, DataSet, Language, Method, RoundAct, SubmissionAct, SubmissionState
from models.errors import NotAllowed
from models.people import Person, PersonRole
from storage.engine import reading, unit_of_work
from storage.wording import wording
from submissions.rounds import change_round, open_round
from tests.cast import ADMIN, CAST, CLERK_A, CLERK_B, LEAD_A, OFFICER, PROVINCE, REVIEWER, VIEWER, ZONE_A, ZONE_B

BAD = '=cmd|"/c calc"!A1 <b>x</b>'


@pytest.fixture
def busy(places: Engine) -> Engine:
    """A database in which something of each kind was done in the province."""
    with unit_of_work(places) as session:
        number = open_round(session, REVIEWER, PROVINCE, 2024, today(), today(), [ZONE_A, ZONE_B], "年报")
        change_round(session, REVIEWER, number, today(), today() + timedelta(days=3), "延期")
        set_peers(session, REVIEWER, PROVINCE, "商定", opened=True)
        for zone, actor in ((ZONE_A, "clerk-a"), (ZONE_B, "clerk-b")):
            own = Submission(zone_code=zone, year=2024)
            session.add(own)
            session.flush()
            assert own.id is not None
            event = SubmissionEvent(submission_id=own.id, actor=actor, to_state=SubmissionState.DRAFT)
            event.changes = '{"rd_expenditure": [["", "", ""], ["12", "万元", ""]]}'
            session.add(event)
        session.add(
            PolicyDocument(
                id="p", title="t", title_en="t", issuer="i", region_code=PROVINCE, text="x", original=b"x", sha256="0"
            )
        )
        session.flush()
        session.add(
            DeskEvent(
                policy_id="p",
                actor="officer",
                act=Act.CHANGE,
                before='{"value": "4"}',
                after='{"value": "5"}',
                reason=BAD,
            )
        )
        session.add(
            GapReport(
                subject=ZONE_B,
                as_of=2024,
                data_set=DataSet.REAL,
                method=Method.LINEAR,
                language=Language.ZH,
                content_sha256="0",
                code_version="1",
                issued_by="viewer",
            )
        )
        administering.add(session, ADMIN, "li", "李")
        administering.grant(session, ADMIN, "li", PersonRole.CLERK, ZONE_A)
    return places


def lines(engine: Engine, person: Person, **asked: object) -> list[Line]:
    with reading(engine) as session:
        return trail(session, person, Asked(**asked), 100)  # type: ignore[arg-type]


SEEN = {
    CLERK_A: {"submission_act.save", "account_act.grant"},
    LEAD_A: {"submission_act.save", "account_act.grant"},
    CLERK_B: {"submission_act.save", "audit.report"},
    REVIEWER: {
        "submission_act.save",
        "round_act.open",
        "round_act.change",
        "audit.peers_open",
        "audit.report",
        "act.change",
        "account_act.grant",
    },
}
SEEN[OFFICER] = SEEN[REVIEWER]
SEEN[ADMIN] = SEEN[REVIEWER] | {"account_act.add"}


@pytest.mark.parametrize("who", [each for each in CAST if each is not VIEWER], ids=lambda who: who.login)
def test_everybody_reads_what_was_done_in_their_place(busy: Engine, who: Person) -> None:
    found = lines(busy, who)
    assert {line.what for line in found} == SEEN[who]
    zones = {line.place for line in found if line.what == "submission_act.save"}
    assert zones == {CLERK_A: {ZONE_A}, LEAD_A: {ZONE_A}, CLERK_B: {ZONE_B}}.get(who, {ZONE_A, ZONE_B})


@pytest.mark.parametrize("who", [VIEWER, Person("new", "new")], ids=["viewer", "nobody"])
def test_who_may_read_no_trail_is_refused(busy: Engine, who: Person) -> None:
    with pytest.raises(NotAllowed):
        lines(busy, who)


def test_a_place_that_one_may_not_read_cannot_be_asked_for(busy: Engine) -> None:
    assert lines(busy, CLERK_A, place=ZONE_B) == []
    assert lines(busy, CLERK_A, place="100000") == lines(busy, CLERK_A)
    assert {line.place for line in lines(busy, OFFICER, place=ZONE_B)} == {ZONE_B}


def test_a_line_says_what_was_changed(busy: Engine) -> None:
    (saved,) = lines(busy, CLERK_A, what="submission_act.save")
    assert (saved.actor, saved.subject, saved.before) == ("clerk-a", f"{ZONE_A} 2024", "")
    assert saved.after == "rd_expenditure: 12 万元"
    (changed,) = lines(busy, OFFICER, what="act.change")
    assert (changed.before, changed.after, changed.words) == ("value: 4", "value: 5", BAD)
    (moved,) = lines(busy, OFFICER, what="round_act.change")
    assert (moved.before, moved.after) == (f"{today()} – {today()}", f"{today()} – {today() + timedelta(days=3)}")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"who": "reviewer"}, 3),
        ({"who": "' OR 1=1 --"}, 0),
        ({"what": "round_act.open"}, 1),
        ({"what": "act.open"}, 0),
        ({"what": "nonsense"}, 0),
        ({"since": now() + timedelta(hours=1)}, 0),
        ({"until": now() - timedelta(hours=1)}, 0),
        ({"since": now() - timedelta(hours=1), "until": now() + timedelta(hours=1), "who": "reviewer"}, 3),
    ],
)
def test_the_trail_is_filtered(busy: Engine, asked: dict[str, object], number: int) -> None:
    assert len(lines(busy, OFFICER, **asked)) == number


def test_pages_hold_everything_once_and_the_latest_first(busy: Engine) -> None:
    whole = lines(busy, ADMIN)
    with reading(busy) as session:
        pages = [trail(session, ADMIN, Asked(), 3, first) for first in range(0, len(whole) + 3, 3)]
    assert [line for page in pages for line in page] == whole
    assert [line.at for line in whole] == sorted((line.at for line in whole), reverse=True)
    assert pages[-1] == []


def test_every_act_has_its_words() -> None:
    vocabularies = {"submission_act": SubmissionAct, "round_act": RoundAct, "act": Act, "account_act": AccountAct}
    assert {f"{family}.{each.value}" for family, words in vocabularies.items() for each in words} <= set(ACTS)
    assert {*ACTS, *(f"audit.of.{each.partition('.')[0]}" for each in ACTS)} <= set(wording())


def event_tables() -> list[str]:
    """Every table whose record says that it is never changed."""
    records = [getattr(models, name) for name in models.__all__]
    tables = [each for each in records if issubclass(each, SQLModel) and "ever changed" in (each.__doc__ or "")]
    return sorted(each.__tablename__ for each in tables)


def test_the_tables_of_events_are_known() -> None:
    assert {"deskevent", "submissionevent", "roundevent", "accountevent", "peersevent"} <= set(event_tables())


def test_a_new_table_of_events_is_in_the_trail() -> None:
    read = (Path(__file__).parents[2] / "accounts" / "audit.py").read_text("utf-8")
    events = {name for name in models.__all__ if name.endswith("Event")}
    assert {name for name in events if name not in read} == set()


@pytest.mark.parametrize("table", ["deskevent", "submissionevent", "roundevent", "accountevent", "peersevent"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET actor = 'x'", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_or_delete_an_event(busy: Engine, table: str, statement: str) -> None:
    assert "actor" in {column["name"] for column in inspect(busy).get_columns(table)}
    before = lines(busy, ADMIN)
    with pytest.raises(DatabaseError, match="append-only"), busy.begin() as connection:
        connection.execute(text(statement.format(table=table)))
    assert lines(busy, ADMIN) == before
