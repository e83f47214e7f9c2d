"""Fifty clerks in one server process: how long a save takes, from leaving a cell to the screen that says so.

    python -m tests.sessions [--clerks 50] [--saves 6] [--pause 10] [--arrive 60]

Each clerk is a websocket of its own that is signed in, opens Enter as a browser does, and types into one cell after the
other with pauses in between; a save is over when the run that follows it has ended. At the end the database is asked
whether every acknowledged figure is in it.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from accounts.sessions import COOKIE, Visitor, sign_in_as
from models import Account, AccountGrant, Zone
from models.people import PersonRole
from scripts.own_server import served
from storage.engine import make_engine, reading, unit_of_work
from submissions.record import read_record

YEARS = (2024, 2025)
CELLS = (
    "enterprises",
    "above_scale_enterprises",
    "listed_companies",
    "high_tech_enterprises",
    "tech_smes",
    "maker_spaces",
)


@dataclass
class Clerk:
    """One browser: whose it is, what stands in its cells, and how long its saves took."""

    login: str
    zone: str
    year: int
    token: str
    states: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def query(self) -> str:
        return f"lang=zh&data=real&year=2026&place={self.zone}&for={self.year}"

    def cell(self, code: str) -> str:
        """What the id of the cell's widget ends in: the key that the product gave it."""
        return f"entry_figure|{self.zone}|{self.year}|{code}"


def clerks_of(engine: Engine, number: int) -> list[Clerk]:
    """So many clerks, each of a zone and year of their own, signed in."""
    with unit_of_work(engine) as session:
        zones = sorted(session.exec(select(Zone.code)))
        desks = [(zone, year) for year in YEARS for zone in zones][:number]
        for at, (zone, _) in enumerate(desks):
            session.add(Account(login=f"clerk-{at}", name=f"clerk-{at}", demonstration=True))
            session.flush()
            session.add(AccountGrant(login=f"clerk-{at}", role=PersonRole.CLERK, place=zone))
    here = Visitor("127.0.0.1")
    return [
        Clerk(f"clerk-{at}", zone, year, sign_in_as(engine, f"clerk-{at}", here))
        for at, (zone, year) in enumerate(desks)
    ]


async def work(address: str, clerk: Clerk, saves: int, pause: float, arrive: float, dice: random.Random) -> None:
    """Opens Enter, then types and waits, types and waits."""
    await asyncio.sleep(dice.uniform(0, arrive))
    about = {"Cookie": f"{COOKIE}={clerk.token}", "Origin": address}
    stream = f"{address.replace('http', 'ws')}/_stcore/stream"
    spoken = [Subprotocol("streamlit")]
    async with connect(stream, additional_headers=about, subprotocols=spoken, max_size=None) as link:
        await _run(link, clerk)
        for turn in range(saves):
            await asyncio.sleep(dice.uniform(0.5, 1.5) * pause)
            code = CELLS[turn % len(CELLS)]
            widget = clerk.cells.get(clerk.cell(code))
            if widget is None:
                clerk.faults.append(f"no cell {code}")
                continue
            clerk.states[widget] = str(100 + turn)
            began = time.perf_counter()
            await _run(link, clerk)
            clerk.seconds.append(time.perf_counter() - began)


async def _run(link: ClientConnection, clerk: Clerk) -> None:
    """Asks for a run with what stands in the cells, and waits until it has ended."""
    asked = BackMsg()
    asked.rerun_script.query_string = clerk.query
    asked.rerun_script.page_name = "entry"
    for widget, text in clerk.states.items():
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = widget, text
    await link.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await link.recv(decode=False))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "text_input":
                widget = element.text_input.id
                clerk.cells[f"entry_{widget.rpartition('-entry_')[2]}"] = widget
        elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return


def missing(engine: Engine, clerks: list[Clerk]) -> list[str]:
    """Every figure that was acknowledged and is not in the database."""
    wrong = []
    with reading(engine) as session:
        for clerk in clerks:
            entries = read_record(session, clerk.zone, clerk.year).entries
            for key, widget in clerk.cells.items():
                code, typed = key.rpartition("|")[2], clerk.states.get(widget)
                if typed is not None and (code not in entries or entries[code].typed != typed):
                    wrong.append(f"{clerk.login}: {code} = {typed}")
    return wrong


async def crowd(address: str, clerks: list[Clerk], saves: int, pause: float, arrive: float) -> None:
    """All of them at once, come within `arrive` seconds."""
    dice = random.Random(1)
    await asyncio.gather(*(work(address, each, saves, pause, arrive, random.Random(dice.random())) for each in clerks))


def main() -> int:
    """Runs it against a server of its own and prints the figures; 1 where anything acknowledged is missing."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--clerks", type=int, default=50)
    asked.add_argument("--saves", type=int, default=6)
    asked.add_argument("--pause", type=float, default=10, help="seconds between two cells, on average")
    asked.add_argument("--arrive", type=float, default=60, help="seconds within which all of them open the form")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracker-sessions-") as folder, served(Path(folder)) as address:
        engine = make_engine(f"sqlite:///{Path(folder) / 'tracker.db'}")
        clerks = clerks_of(engine, given.clerks)
        asyncio.run(crowd(address, clerks, given.saves, given.pause, given.arrive))
        wrong = missing(engine, clerks) + [f"{each.login}: {fault}" for each in clerks for fault in each.faults]
        engine.dispose()
    seconds = sorted(each for clerk in clerks for each in clerk.seconds)
    p50, p95 = (seconds[int(len(seconds) * share)] for share in (0.5, 0.95))
    print(
        f"{given.clerks} clerks, a cell every {given.pause:g} s: {len(seconds)} saves, p50 {p50:.2f} s, "
        f"p95 {p95:.2f} s, longest {seconds[-1]:.2f} s; {len(wrong)} missing"
    )
    for each in wrong[:10]:
        print(f"  {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
