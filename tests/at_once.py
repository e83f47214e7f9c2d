"""Two hundred clerks who save at once, through the operations: nothing is lost, nobody is refused but for a stale copy.

    python -m tests.at_once [--clerks 200] [--saves 5] [--processes 1] [--database sqlite|postgresql]

Of every ten zones and years one is shared by two clerks, whose copies are stale again and again. Each clerk types texts
that nobody else types; what was acknowledged is held against what is on record.
"""

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice, product

from sqlalchemy import Engine
from sqlmodel import select

from models import Submission, Zone
from models.errors import Conflict
from models.people import Grant, Person, PersonRole
from settings import ROOT
from storage.datafiles import read_data
from storage.engine import make_engine, reading, unit_of_work
from storage.load import load
from submissions.drafts import read_draft, save_draft
from submissions.record import Entry, entries_at, read_record
from tests.databases import Databases, PostgresDatabases, SqliteDatabases

KINDS: dict[str, Callable[[], Databases]] = {"sqlite": SqliteDatabases, "postgresql": PostgresDatabases}
SHARED = 10
"""One in so many zones and years has two clerks."""

CELLS = (
    "enterprises",
    "above_scale_enterprises",
    "listed_companies",
    "high_tech_enterprises",
    "tech_smes",
    "enterprises_over_100m",
)

Place = tuple[str, int]


@dataclass
class Told:
    """What one clerk was told: the saves that were acknowledged, with the version each made, and how long each took."""

    saved: list[tuple[Place, int, str, str]] = field(default_factory=list)
    stale: int = 0
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def desks(zones: Sequence[str], clerks: int) -> list[Place]:
    """The zone and year of each clerk; some have two."""
    alone = product(range(2016, 2026), zones)
    found: list[Place] = []
    for number, (year, zone) in enumerate(cycle(alone)):
        found += [(zone, year)] * (2 if number % SHARED == 0 else 1)
        if len(found) >= clerks:
            return found[:clerks]
    return found


def clerk(engine: Engine, number: int, desk: Place, saves: int) -> Told:
    """Types and saves; behind a stale copy looks again and saves again, until each text is acknowledged."""
    zone, year = desk
    person = Person(f"clerk-{number}", "", (Grant(PersonRole.CLERK, zone),))
    told, version, dice = Told(), 0, random.Random(number)
    for turn in range(saves):
        code, text = dice.choice(CELLS), f"{number}{turn:03}"
        while True:
            began = time.perf_counter()
            try:
                with unit_of_work(engine) as session:
                    version = save_draft(session, person, zone, year, version, {code: Entry(text, "家")})
            except Conflict:
                told.stale += 1
                with reading(engine) as session:
                    version = read_draft(session, person, zone, year).version
                continue
            except Exception as fault:  # Whatever it is, it is not polite: it is counted and named.
                told.faults.append(f"{type(fault).__name__}: {fault}"[:300])
                break
            told.seconds.append(time.perf_counter() - began)
            told.saved.append((desk, version, code, text))
            break
    return told


def crowd(url: str, clerks: Sequence[tuple[int, Place]], saves: int) -> list[Told]:
    """Clerks of one process, each in a thread of its own."""
    engine = make_engine(url)
    with ThreadPoolExecutor(len(clerks)) as pool:
        told = list(pool.map(lambda each: clerk(engine, each[0], each[1], saves), clerks))
    engine.dispose()
    return told


def lost(engine: Engine, told: Sequence[Told]) -> list[str]:
    """Everything that was acknowledged and is not on record as it was acknowledged, and the other way round."""
    acknowledged = sorted(each for clerk in told for each in clerk.saved)
    by_desk: dict[Place, list[tuple[int, str, str]]] = {}
    for desk, version, code, text in acknowledged:
        by_desk.setdefault(desk, []).append((version, code, text))
    wrong = []
    with reading(engine) as session:
        on_record = {(each.zone_code, each.year) for each in session.exec(select(Submission))}
        wrong += [f"{desk} is on record and nobody was told so" for desk in on_record - by_desk.keys()]
        for (zone, year), saves in by_desk.items():
            record = read_record(session, zone, year)
            versions = [version for version, _, _ in saves]
            if versions != list(range(1, len(saves) + 1)) or record.version != len(saves):
                wrong.append(f"{zone} {year}: acknowledged {versions}, on record version {record.version}")
            if len(record.events) != len(saves):
                wrong.append(f"{zone} {year}: {len(record.events)} events of {len(saves)} saves")
            cells = {code: text for _, code, text in saves}
            if {code: each.typed for code, each in record.entries.items()} != cells:
                wrong.append(f"{zone} {year}: the cells are not those that were acknowledged last")
            if entries_at(record.events) != record.entries:
                wrong.append(f"{zone} {year}: the events do not add up to the cells")
    return wrong


def run(url: str, clerks: int, saves: int, processes: int = 1) -> tuple[list[Told], list[str]]:
    """Fills a migrated database, lets the clerks save, and says what they were told and what was lost."""
    engine = make_engine(url)
    load(engine, read_data(ROOT / "data")[0], demonstration=False)
    with reading(engine) as session:
        zones = sorted(session.exec(select(Zone.code)))
    people = list(enumerate(desks(zones, clerks)))
    if processes == 1:
        told = crowd(url, people, saves)
    else:
        # Two clerks of one desk end up in different processes.
        parts = [list(islice(people, at, None, processes)) for at in range(processes)]
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            told = [each for part in pool.starmap(crowd, [(url, part, saves) for part in parts]) for each in part]
    wrong = lost(engine, told)
    engine.dispose()
    return told, wrong


def main() -> int:
    """Runs it and prints the figures; 1 where anything was lost or refused impolitely."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--clerks", type=int, default=200)
    asked.add_argument("--saves", type=int, default=5)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--database", choices=KINDS, default="sqlite")
    given = asked.parse_args()
    databases = KINDS[given.database]()
    try:
        began = time.perf_counter()
        told, wrong = run(databases.migrated(), given.clerks, given.saves, given.processes)
        took = time.perf_counter() - began
    finally:
        databases.close()
    seconds = sorted(each for clerk in told for each in clerk.seconds)
    faults = Counter(each for clerk in told for each in clerk.faults)
    at = (
        [seconds[min(len(seconds) - 1, int(len(seconds) * share))] for share in (0.5, 0.95, 1)]
        if seconds
        else [0.0] * 3
    )
    print(
        f"{given.database}, {given.clerks} clerks in {given.processes} process(es): {len(seconds)} saves acknowledged, "
        f"{sum(clerk.stale for clerk in told)} stale copies refused, {sum(faults.values())} faults, {len(wrong)} lost; "
        f"a save p50 {at[0]:.2f} s, p95 {at[1]:.2f} s, longest {at[2]:.2f} s; {took:.0f} s in all"
    )
    for fault, number in faults.most_common(5):
        print(f"  {number} x {fault}")
    for each in wrong[:20]:
        print(f"  {each}")
    return 1 if faults or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
