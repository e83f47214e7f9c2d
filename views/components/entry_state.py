"""What the entry form holds between two runs, and how what is typed gets into the database.

A browser may send the next cell while the answer to the last one is still being made, and Streamlit then breaks the run
off wherever it stands, in a callback too. So nothing hangs on one run coming to its end: each run compares what stands
in the cells with the draft that the screen was drawn from and saves what differs, as often as it takes.
"""

from dataclasses import dataclass, field, replace

import streamlit as st

from models.errors import Conflict, Refused
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told
from submissions.drafts import OPEN, read_draft, save_draft
from submissions.edits import Rules, read_rules
from submissions.figures import OFFERED
from submissions.record import Draft, Entry
from views.person import person
from views.state import read_reader

HELD, CONFLICT, ANSWER = "entry_held", "entry_conflict", "entry_answer"
"""In the session: the draft that the screen was drawn from, the cells that another has changed while something was
typed here, what the last save was refused with."""

FIGURE, NOTE = "figure", "note"
TRIES = 3
"""So often a save is tried that another one overtook without touching a cell: a run of this same session, say."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The draft as it is saved, what is typed here and not saved, and what another has changed meanwhile."""

    draft: Draft
    mine: dict[str, Entry] = field(default_factory=dict)
    theirs: tuple[str, ...] = ()


def key(part: str, draft: Draft, code: str) -> str:
    """The key of a widget: another zone or year has widgets of its own."""
    return f"entry_{part}|{draft.zone}|{draft.year}|{code}"


def unit_for(rules: Rules, code: str, entry: Entry) -> str:
    """The unit of a cell: what is filled keeps its own, what is typed from now on has the one chosen at the top."""
    stored = rules.statistics[code].unit
    if entry.typed:
        return entry.unit
    dimension = rules.units[stored].dimension
    offered = OFFERED.get(dimension)
    return str(st.session_state.get(f"entry_unit_{dimension}", offered[-1])) if offered else stored


def hold(fresh: Draft) -> None:
    """Begins the form of a zone and year. What is left unsaved in the one that was open before is saved first."""
    base: Draft | None = st.session_state.get(HELD)
    if base is not None and (base.zone, base.year) == (fresh.zone, fresh.year):
        return
    if base is not None:
        settle()
    st.session_state[CONFLICT] = ()
    st.session_state[HELD] = fresh


def typed() -> None:
    """A cell or its explanation was changed: it is saved at once, before anything is drawn."""
    settle()


def settle(read: tuple[Rules, Draft] | None = None) -> Standing:
    """Saves what was typed since the screen was drawn. Where another has changed cells meanwhile nothing is saved, and
    both are told; what the other changed and nobody typed here comes onto the screen.

    `read` are the rules and the draft where they were read a moment ago.
    """
    base: Draft = st.session_state[HELD]
    engine, who = shared_engine(get_settings().database_url), person()
    for turn in range(TRIES):
        if read is None or turn:
            with reading(engine) as session:
                read = read_rules(session), read_draft(session, who, base.zone, base.year)
        rules, fresh = read
        mine, theirs = _differences(rules, base, fresh)
        waits: tuple[str, ...] = st.session_state.get(CONFLICT) or ()
        if not mine:
            break
        if theirs or waits:
            st.session_state[CONFLICT] = waits = (*waits, *(code for code in theirs if code not in waits))
            _show(fresh, [code for code in theirs if code not in mine])
            return Standing(fresh, mine, waits)
        try:
            with unit_of_work(engine) as session:
                save_draft(session, who, fresh.zone, fresh.year, fresh.version, mine)
        except Conflict:
            continue
        except Refused as refused:
            st.session_state[ANSWER] = told(refused, read_reader().language)
            return Standing(fresh, mine)
    _show(fresh, theirs)
    st.session_state[CONFLICT] = ()
    st.session_state[HELD] = fresh
    return Standing(fresh, {}, tuple(theirs))


def _differences(rules: Rules, base: Draft, fresh: Draft) -> tuple[dict[str, Entry], list[str]]:
    """What was typed here and is not saved, and what another has changed since the screen was drawn."""
    cells = {code: _typed(rules, base, code) for code in rules.statistics} if base.state in OPEN else {}
    mine = {
        code: each
        for code, each in cells.items()
        if not _same(each, base.entries.get(code)) and not _same(each, fresh.entries.get(code))
    }
    theirs = [
        code
        for code, each in fresh.entries.items()
        if each != base.entries.get(code) and not _same(cells.get(code, Entry()), each)
    ]
    return mine, theirs


def _same(one: Entry, other: Entry | None) -> bool:
    """Whether two cells say the same: the unit counts where there is a figure."""
    other = other or Entry()
    return replace(one, unit="") == replace(other, unit="") and (not one.typed or one.unit == other.unit)


def _typed(rules: Rules, base: Draft, code: str) -> Entry:
    """A cell as it stands on the screen."""
    old = base.entries.get(code, Entry())
    return Entry(
        str(st.session_state.get(key(FIGURE, base, code), old.typed) or ""),
        unit_for(rules, code, old),
        str(st.session_state.get(key(NOTE, base, code), old.explanation) or ""),
    )


def _show(fresh: Draft, codes: list[str]) -> None:
    """Puts saved cells onto the screen. A widget that is not drawn yet takes them from the draft by itself."""
    for code in codes:
        put(fresh, code, fresh.entries.get(code, Entry()))


def put(draft: Draft, code: str, entry: Entry) -> None:
    """Shows a cell as it is saved."""
    st.session_state[key(FIGURE, draft, code)] = entry.typed
    st.session_state[key(NOTE, draft, code)] = entry.explanation


def save_file(draft: Draft, changes: dict[str, Entry]) -> None:
    """Saves what an uploaded form holds, and shows it."""
    try:
        with unit_of_work(shared_engine(get_settings().database_url)) as session:
            save_draft(session, person(), draft.zone, draft.year, draft.version, changes)
    except Refused as refused:
        st.session_state[ANSWER] = told(refused, read_reader().language)
        return
    for code, entry in changes.items():
        put(draft, code, entry)


def keep_mine(fresh: Draft) -> None:
    """What was typed here goes over what the other saved and the screen has shown; the other is on record with it."""
    st.session_state[CONFLICT] = ()
    st.session_state[HELD] = fresh


def take_theirs(fresh: Draft, mine: dict[str, Entry]) -> None:
    """What was typed here and not saved gives way to what the other saved."""
    _show(fresh, list(mine))
    st.session_state[CONFLICT] = ()
    st.session_state[HELD] = fresh
