"""A server that is killed again and again while zones save and hand in: what was acknowledged is there, whole.

    python -m tests.killed [--kills 50] [--steps 500] [--database sqlite|postgresql] [--seed 1]

The server is a process of its own; several threads in it take one step after another through the operations and say so
on a pipe after each commit. It is killed with SIGKILL at a random moment and started anew, until there were so many
kills and so many acknowledged steps. Then everything on record is held against what was acknowledged.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Engine
from sqlmodel import Session

from models import SubmissionEvent
from models.enums import DataSet, Origin, SubmissionAct, SubmissionState
from models.people import Grant, Person, PersonRole
from settings import ROOT
from storage.datafiles import read_data
from storage.engine import make_engine, reading, unit_of_work
from storage.load import load
from storage.queries import ObservedValue, observed
from submissions import acts
from submissions.drafts import save_draft
from submissions.edits import Rules, read_rules, reported_figures
from submissions.record import Entry, entries_at, read_record, understood
from submissions.rounds import open_round
from tests.at_once import KINDS
from tests.submissions.filled import DUE, OPENED, YEAR, typed

ZONES = ("baoding", "tangshan", "shijiazhuang", "chengde", "zhuozhou", "yanjiao")
REVIEWER = Person("reviewer", "", (Grant(PersonRole.REVIEWER, "100000"),))
CHANGED = "technology_contracts"
SAVES_BETWEEN = 3
THREADS = 3

Ack = tuple[str, int, str]
"""A zone, the version that a step made, which step it was."""


def zone_person(zone: str) -> Person:
    """Clerk and lead of a zone in one."""
    return Person(zone, "", (Grant(PersonRole.CLERK, zone), Grant(PersonRole.LEAD, zone)))


def prepare(engine: Engine) -> None:
    """A round is open, and each zone has a whole form that is ready to be handed in."""
    load(engine, read_data(ROOT / "data")[0], demonstration=True)
    with unit_of_work(engine) as session:
        figures = reported_figures(session, DataSet.DEMONSTRATION)
        open_round(session, REVIEWER, "130000", YEAR, OPENED, DUE, ZONES)
        statistics = read_rules(session).statistics
        for zone in ZONES:
            # Every cell has its words: what is unusual changes while others are approved.
            cells = {code: Entry("", each.unit, "已核实") for code, each in statistics.items()}
            cells |= {
                code: replace(each, explanation="已核实")
                for code, each in typed(session, figures[(zone, YEAR)]).items()
            }
            save_draft(session, zone_person(zone), zone, YEAR, 0, cells)


def step(session: Session, zone: str, dice: random.Random) -> tuple[int, SubmissionAct]:
    """The next step of a zone: hand in what is ready, approve or return what waits, reopen what is approved."""
    person, record = zone_person(zone), read_record(session, zone, YEAR)
    key = (zone, YEAR, record.version)
    if record.state is SubmissionState.SUBMITTED:
        if dice.random() < 0.3:
            return acts.give_back(session, REVIEWER, *key, "核对", {}), SubmissionAct.RETURN
        return acts.approve(session, REVIEWER, *key), SubmissionAct.APPROVE
    if record.state is SubmissionState.APPROVED:
        return acts.reopen(session, REVIEWER, *key, "更正"), SubmissionAct.REOPEN
    if dice.random() < 1 / (1 + SAVES_BETWEEN):
        return acts.submit(session, person, *key), SubmissionAct.SUBMIT
    cell = Entry(str(1_000_000 + record.version), "千元", f"第{record.version}次")
    return save_draft(session, person, *key, {CHANGED: cell}), SubmissionAct.SAVE


def serve(url: str, seed: int) -> None:
    """What is killed: takes steps for ever, each told on standard output once it is committed."""
    engine, told = make_engine(url), threading.Lock()

    def work(zones: Sequence[str]) -> None:
        dice = random.Random(f"{seed} {zones}")
        while True:
            for zone in zones:
                with unit_of_work(engine) as session:
                    version, act = step(session, zone, dice)
                with told:
                    os.write(1, f"{zone} {version} {act.value}\n".encode())

    threads = [threading.Thread(target=work, args=(ZONES[at::THREADS],)) for at in range(THREADS)]
    for each in threads:
        each.start()


@contextmanager
def served(url: str, seed: int) -> Iterator[subprocess.Popen[bytes]]:
    """The server as a process that is killed at the end, whatever happens."""
    words = [sys.executable, "-m", "tests.killed", "--serve", url, "--seed", str(seed)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def one_life(url: str, seed: int, dice: random.Random, least: int) -> list[Ack]:
    """Starts the server, waits for its first steps, kills it at a random moment; what it acknowledged until then."""
    acknowledged: list[Ack] = []
    with served(url, seed) as process:
        assert process.stdout is not None
        for line in process.stdout:
            acknowledged.append(_ack(line))
            if len(acknowledged) == least:
                break
        time.sleep(dice.uniform(0, 0.08))
        process.send_signal(signal.SIGKILL)
        acknowledged += [_ack(line) for line in process.stdout if line.endswith(b"\n")]
    return acknowledged


def _ack(line: bytes) -> Ack:
    zone, version, act = line.decode().split()
    return zone, int(version), act


def broken(engine: Engine, acknowledged: Sequence[Ack]) -> list[str]:
    """Whatever is not as it was acknowledged, or only there in part."""
    wrong: list[str] = []
    with reading(engine) as session:
        if engine.dialect.name == "sqlite":
            said = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one()
            wrong += [] if said == "ok" else [f"the file is damaged: {said}"]
        rules, values = read_rules(session), observed(session, DataSet.REAL)
        for zone in ZONES:
            record = read_record(session, zone, YEAR)
            said_of = {version: act for each, version, act in acknowledged if each == zone}
            kept = {number: event.act.value for number, event in enumerate(record.events, 1)}
            wrong += [
                f"{zone}: step {version} ({act}) was acknowledged, on record is {kept.get(version)}"
                for version, act in said_of.items()
                if kept.get(version) != act
            ]
            if record.version != len(record.events):
                wrong.append(f"{zone}: version {record.version} and {len(record.events)} steps")
            if entries_at(record.events) != record.entries:
                wrong.append(f"{zone}: the steps do not add up to the cells")
            meant = {code: understood(rules, code, each).value for code, each in record.entries.items()}
            if meant != record.values:
                wrong.append(f"{zone}: the values are not those of the cells")
            if approved_values(rules, record.events) != in_force(zone, values):
                wrong.append(f"{zone}: what is in force is not what was approved last")
    return wrong


def approved_values(rules: Rules, events: Sequence[SubmissionEvent]) -> dict[str, Decimal]:
    """The values that the last approval put in force; none where nothing was approved yet."""
    last = max((at for at, each in enumerate(events) if each.act is SubmissionAct.APPROVE), default=-1)
    meant = {code: understood(rules, code, each).value for code, each in entries_at(events[: last + 1]).items()}
    return {code: value for code, value in meant.items() if value is not None} if last >= 0 else {}


def in_force(zone: str, values: Mapping[tuple[str, str], Mapping[int, ObservedValue]]) -> dict[str, Decimal]:
    """The reported values that the zone is judged by."""
    found = {series: by_year.get(YEAR) for (series, place), by_year in values.items() if place == zone}
    return {series: each.value for series, each in found.items() if each and each.origin is Origin.SUBMISSION}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    kills: int
    acknowledged: list[Ack]
    wrong: list[str]


def run(url: str, kills: int, steps: int, seed: int) -> Outcome:
    """Prepares a migrated database, kills the server so often, and looks at what is left."""
    engine, dice = make_engine(url), random.Random(seed)
    prepare(engine)
    acknowledged: list[Ack] = []
    done = 0
    while done < kills or len(acknowledged) < steps:
        acknowledged += one_life(url, seed + done, dice, dice.randint(1, max(1, 2 * steps // kills)))
        done += 1
    wrong = broken(engine, acknowledged)
    engine.dispose()
    return Outcome(done, acknowledged, wrong)


def main() -> int:
    """Runs it and prints the figures; 1 where anything was lost or is there in part."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--steps", type=int, default=500)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", choices=KINDS, default="sqlite")
    asked.add_argument("--serve", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.serve:
        serve(given.serve, given.seed)
        return 0
    databases = KINDS[given.database]()
    try:
        outcome = run(databases.migrated(), given.kills, given.steps, given.seed)
    finally:
        databases.close()
    told = ", ".join(f"{number} {act}" for act, number in Counter(each[2] for each in outcome.acknowledged).items())
    print(
        f"{given.database}: killed {outcome.kills} times, {len(outcome.acknowledged)} steps acknowledged ({told}), "
        f"{len(outcome.wrong)} wrong"
    )
    for each in outcome.wrong[:20]:
        print(f"  {each}")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
