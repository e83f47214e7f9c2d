"""What the entry form holds between two runs: the draft it was drawn from, and what could not be saved yet."""

from dataclasses import replace

import streamlit as st

from models.errors import Conflict, Refused
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told
from submissions.drafts import read_draft, save_draft
from submissions.record import Draft, Entry
from views.person import person
from views.state import read_reader

HELD, PENDING, ANSWER = "entry_held", "entry_pending", "entry_answer"
"""In the session: the draft that is shown, cells that wait behind a conflict, what the last save was refused with."""

FIGURE, NOTE = "figure", "note"


def key(part: str, draft: Draft, code: str) -> str:
    """The key of a widget: another zone or year has widgets of its own."""
    return f"entry_{part}|{draft.zone}|{draft.year}|{code}"


def held(fresh: Draft) -> tuple[Draft, list[str]]:
    """The draft to show and the cells that somebody else has changed since it was shown last.

    What the other changed comes onto the screen; cells that were typed meanwhile and not saved stay as typed.
    """
    before: Draft | None = st.session_state.get(HELD)
    if before is None or (before.zone, before.year) != (fresh.zone, fresh.year):
        st.session_state[PENDING] = {}
        before = fresh
    changed = [code for code in fresh.entries if fresh.entries[code] != before.entries.get(code)]
    pending = st.session_state.setdefault(PENDING, {})
    for code in changed:
        if code not in pending:
            put(fresh, code, fresh.entries[code])
    st.session_state[HELD] = before if pending else fresh
    return fresh, changed


def put(draft: Draft, code: str, entry: Entry) -> None:
    """Shows a cell as it is saved."""
    st.session_state[key(FIGURE, draft, code)] = entry.typed
    st.session_state[key(NOTE, draft, code)] = entry.explanation


def typed(code: str, unit: str) -> None:
    """A cell or its explanation was changed: it is saved at once, whatever stands in it."""
    draft: Draft = st.session_state[HELD]
    old = draft.entries.get(code, Entry(unit=unit))
    save(
        {
            code: Entry(
                st.session_state.get(key(FIGURE, draft, code), old.typed) or "",
                unit,
                st.session_state.get(key(NOTE, draft, code), old.explanation) or "",
            )
        }
    )


def save(changes: dict[str, Entry]) -> bool:
    """Saves cells; behind a conflict they wait, with all that was typed before them."""
    draft: Draft = st.session_state[HELD]
    waiting = {**st.session_state.get(PENDING, {}), **changes}
    engine = shared_engine(get_settings().database_url)
    try:
        with unit_of_work(engine) as session:
            save_draft(session, person(), draft.zone, draft.year, draft.version, waiting)
    except Conflict:
        st.session_state[PENDING] = waiting
        return False
    except Refused as refused:
        st.session_state[PENDING] = waiting
        st.session_state[ANSWER] = told(refused, read_reader().language)
        return False
    st.session_state[PENDING] = {}
    with reading(engine) as session:
        st.session_state[HELD] = read_draft(session, person(), draft.zone, draft.year)
    return True


def keep_mine(version: int) -> None:
    """What was typed here goes over what the other saved, who is on record with it."""
    st.session_state[HELD] = replace(st.session_state[HELD], version=version)
    save({})


def take_theirs(fresh: Draft) -> None:
    """What was typed here and not saved gives way to what the other saved."""
    for code in st.session_state.get(PENDING, {}):
        put(fresh, code, fresh.entries.get(code, Entry()))
    st.session_state[PENDING] = {}
    st.session_state[HELD] = fresh
