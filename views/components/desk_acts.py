"""What is done at the desk, by button or by key: each act is one transaction, its answer stands on the next page."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from ledger import acts, documents, proposing
from ledger.record import Desk, entry_of, read_desk
from models.enums import ProposalState
from models.errors import Refused
from models.extraction import Tier
from models.ledger import Draft
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told
from views.components.desk_draft import typed_draft
from views.person import person
from views.state import go, read_reader

REASON = "desk_reason"
ASKING = "desk_asking"
"""Which act waits for a reason or a choice: (act, entry)."""

FOCUS = {"reject": REASON, "reopen": REASON, "merge": "desk_into", "split": "desk_parts", "edit": "desk_first"}


def acted() -> None:
    """What came from the reader: a click, a key or a selection."""
    act = (st.session_state.get("reader") or {}).get("act") or {}
    wanted = act.get("do")
    policy, entry = st.query_params.get("policy"), _active()
    if wanted == "go":
        go(entry=str(act.get("entry")))
    elif wanted in ("next", "previous"):
        _step(1 if wanted == "next" else -1)
    elif wanted == "select" and policy:
        run(lambda session: _selected(session, policy, act), "desk.done.select")
    elif wanted == "quote" and entry is not None:
        run(lambda session: _requoted(session, entry, act), "desk.done.correct")
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
    number = len(made[0]) if isinstance(made, tuple) else made
    st.session_state["desk_answer"] = ("done", read_reader().say(done, number=number))
    return True


def answer(look: Any) -> None:
    """What the last act came to."""
    kind, words = st.session_state.pop("desk_answer", ("", ""))
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


def _requoted(session: Session, entry: int, act: dict[str, Any]) -> None:
    """The selected words become the quote; its number stays where it is, if it lies in them."""
    draft = entry_of(session, entry).draft
    start, end = int(act["start"]), int(act["end"])
    anchor = (draft.anchor_start, draft.anchor_end)
    if not (start <= anchor[0] and anchor[1] <= end):
        anchor = (start, end)
    changed = {"start": start, "end": end, "anchor_start": anchor[0], "anchor_end": anchor[1]}
    acts.correct(session, person(), entry, draft.model_copy(update=changed))


def _desk() -> Desk | None:
    policy = st.query_params.get("policy")
    if not policy:
        return None
    with reading(shared_engine(get_settings().database_url)) as session:
        return read_desk(session, policy)


def _active() -> int | None:
    """The entry that is shown: that of the address, else the first open one."""
    wanted = st.query_params.get("entry", "")
    if wanted.isdigit():
        return int(wanted)
    desk = _desk()
    return next((each.id for each in desk.entries if _waits(each)), None) if desk else None


def _waits(each: Any) -> bool:
    return each.state is ProposalState.PROPOSED and each.tier is not Tier.POSSIBLE


def _next_open(entry: int | None) -> str | None:
    """The open entry after one in the text, else the first one before it."""
    desk = _desk()
    if desk is None:
        return None
    order = [each.id for each in desk.entries]
    waits = [each.id for each in desk.entries if _waits(each) and each.id != entry]
    at = order.index(entry) if entry in order else -1
    later = [each for each in waits if order.index(each) > at]
    return str((later or waits)[0]) if waits else None


def _step(by: int) -> None:
    desk = _desk()
    if desk is None or not desk.entries:
        return
    order = [each.id for each in desk.entries if each.tier is not Tier.POSSIBLE] or [each.id for each in desk.entries]
    active = _active()
    at = order.index(active) if active in order else -by
    go(entry=str(order[(at + by) % len(order)]))
