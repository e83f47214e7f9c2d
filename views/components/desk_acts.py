"""What is done at the desk, by button or by key: each act is one transaction, its answer stands on the next page."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from ledger import acts, documents, proposing
from ledger.record import Desk, entry_of, read_desk
from models.enums import ProposalState
from models.errors import DeskRefused, Refused
from models.ledger import Draft
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told, translated
from views.components.desk_draft import put_edges, typed_draft
from views.components.desk_list import active_of, after, beside
from views.person import person
from views.state import go, read_reader

REASON = "desk_reason"
ASKING = "desk_asking"
"""Which act waits for a reason or a choice: (act, entry)."""

FOCUS = {"reject": REASON, "reopen": REASON, "merge": "desk_into", "split": "desk_parts", "edit": "desk_first"}


def acted(widget: str) -> None:
    """What came from the reader or from the list: a click, a key or a selection."""
    act = (st.session_state.get(widget) or {}).get("act") or {}
    wanted, entry = act.get("do"), act.get("entry")
    policy = st.query_params.get("policy")
    if wanted == "go":
        go(entry=str(entry))
    elif wanted in ("next", "previous"):
        _step(1 if wanted == "next" else -1)
    elif wanted == "select" and policy:
        run(lambda session: _selected(session, policy, act), "desk.done.select")
    elif wanted == "quote" and entry is not None:
        _requoted(entry, int(act["start"]), int(act["end"]))
    elif wanted == "confirm" and entry is not None:
        run_act("confirm", entry)
    elif wanted in FOCUS and entry is not None:
        ask(wanted, entry)


def ask(act: str, entry: int) -> None:
    """Opens the question that an act needs answered first, and goes to it."""
    st.session_state["desk_focus"] = FOCUS[act]
    if act != "edit":
        st.session_state[ASKING] = (act, entry)


def asking(entry: int) -> str:
    """The act that waits for an answer on an entry; empty where none does."""
    act, of = st.session_state.get(ASKING) or ("", None)
    return act if of == entry else ""


def run_act(act: str, entry: int | None) -> None:
    """An act that needs no more than what is asked already."""
    policy = st.query_params.get("policy") or ""
    reason = str(st.session_state.get(REASON) or "")
    who = person()
    found: dict[str, Callable[[Session], Any]] = {
        "adopt": lambda session: documents.adopt(session, who, policy),
        "bulk": lambda session: acts.confirm_high(session, who, policy),
        "repropose": lambda session: proposing.propose(session, who, policy),
        "confirm": lambda session: acts.confirm(session, who, entry or 0, typed_draft(entry_of(session, entry or 0))),
        "reject": lambda session: acts.reject(session, who, entry or 0, reason),
        "reopen": lambda session: acts.reopen(session, who, entry or 0, reason),
        "merge": lambda session: acts.merge(session, who, entry or 0, int(st.session_state["desk_into"] or 0)),
    }
    after = _next_open(entry) if act in ("confirm", "reject", "merge") else None
    if run(found[act], f"desk.done.{act}") and entry is not None:
        st.session_state[ASKING] = None
        go(entry=after or str(entry))


def run(work: Callable[[Session], Any], done: str) -> bool:
    """Does some work in one transaction; what came of it, or why not, is said on the next page."""
    language = read_reader().language
    try:
        with unit_of_work(shared_engine(get_settings().database_url)) as session:
            made = work(session)
    except Refused as refused:
        st.session_state["desk_answer"] = ("error", told(refused, language))
        return False
    words = _bulk_done(made) if isinstance(made, tuple) else read_reader().say(done, number=made)
    st.session_state["desk_answer"] = ("done", words)
    return True


def _bulk_done(made: tuple[list[int], list[tuple[int, str]]]) -> str:
    """How many were confirmed, and why the others were not."""
    look, (done, left) = read_reader(), made
    said = [look.say("desk.done.bulk", number=len(done))]
    why = sorted({translated(each, look.language) for _number, each in left})
    if left:
        said.append(
            look.say("desk.done.bulk_left", number=len(left), why=("；" if look.in_chinese else "; ").join(why))
        )
    return " ".join(said)


def answer(look: Any) -> None:
    """What the last act came to. Its place is always there, so that nothing below it moves to another place in line."""
    kind, words = st.session_state.pop("desk_answer", ("", ""))
    with st.container():
        if kind == "error":
            st.error(_plain(words))
        elif kind == "done":
            st.success(_plain(words))


def _plain(words: str) -> str:
    """Words of a document are no markdown."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]<>#+-.!|~$:&" else each for each in words)


def save(entry: int, draft: Draft, reason: str) -> None:
    """Keeps a corrected draft: of an open entry as it is, of a confirmed one as a new version with a reason."""

    def work(session: Session) -> Any:
        if entry_of(session, entry).state is ProposalState.CONFIRMED:
            return acts.change(session, person(), entry, draft, reason)
        return acts.correct(session, person(), entry, draft)

    run(work, "desk.done.correct")


def confirm_draft(entry: int, draft: Draft) -> None:
    """Corrects and confirms in one step, and goes on to the next."""
    after = _next_open(entry)
    if run(lambda session: acts.confirm(session, person(), entry, draft), "desk.done.confirm"):
        go(entry=after or str(entry))


def split_into(entry: int, parts: list[Draft]) -> None:
    """Makes an entry several."""
    if run(lambda session: acts.split(session, person(), entry, parts), "desk.done.split"):
        st.session_state[ASKING] = None
        go(entry=None)


def _selected(session: Session, policy: str, act: dict[str, Any]) -> None:
    number = acts.select_text(session, person(), policy, int(act["start"]), int(act["end"]))
    go(entry=str(number))


def _requoted(number: int, start: int, end: int) -> None:
    """The selected words become the quote of an entry, once it is saved or confirmed."""
    desk = _desk()
    if desk is None:
        return
    start, end = acts.trimmed(desk.policy.text, start, end)
    if start < end:
        put_edges(desk.entry(number), start, end)
    else:
        refused = DeskRefused("quote", "nothing is selected: mark the words that state the target")
        st.session_state["desk_answer"] = ("error", told(refused, read_reader().language))


def _desk() -> Desk | None:
    policy = st.query_params.get("policy")
    if not policy:
        return None
    with reading(shared_engine(get_settings().database_url)) as session:
        return read_desk(session, policy)


def _step(by: int) -> None:
    desk = _desk()
    if desk is not None:
        active = active_of(desk)
        go(entry=beside(desk, active.id if active else None, by))


def _next_open(entry: int | None) -> str | None:
    desk = _desk()
    return after(desk, entry) if desk else None
