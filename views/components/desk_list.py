"""Which entries of a desk are offered, which one is active, and the list of them. All of it stands in the address."""

from collections.abc import Callable, Iterable

import streamlit as st

from ledger.record import Desk, Entry
from models.enums import ProposalState
from models.extraction import Tier
from views.components.choice import choose
from views.components.page import empty
from views.components.reader import Listed, entry_list
from views.state import Reader, go

STATES = {
    "open": (ProposalState.PROPOSED,),
    "all": tuple(ProposalState),
    "confirmed": (ProposalState.CONFIRMED,),
    "rejected": (ProposalState.REJECTED, ProposalState.MERGED, ProposalState.SPLIT),
}
TIERS = ("asked", *(each.value for each in Tier))
"""Beside the tiers: those that ask for a decision, and what was decided all the same."""

SIGNS = {
    ProposalState.CONFIRMED: "✓",
    ProposalState.REJECTED: "✕",
    ProposalState.MERGED: "↪",
    ProposalState.SPLIT: "⑂",
}
TIER_SIGNS = {Tier.HIGH: "●", Tier.CHECK: "◐", Tier.POSSIBLE: "○"}


def waits(entry: Entry) -> bool:
    """Whether an entry waits for a decision: the other numbers need none."""
    return entry.state is ProposalState.PROPOSED and entry.tier is not Tier.POSSIBLE


def asked(entry: Entry) -> bool:
    """Whether an entry counts as work: it waits, or somebody has decided on it."""
    return entry.tier is not Tier.POSSIBLE or entry.state is not ProposalState.PROPOSED


def filters() -> tuple[str, str, str]:
    """State, tier and text of the address, each as the address has it, else the widest that is work."""
    state, tier = st.query_params.get("show", ""), st.query_params.get("tier", "")
    return state if state in STATES else "open", tier if tier in TIERS else "asked", st.query_params.get("find", "")


def offered(desk: Desk, state: str, tier: str, words: str) -> list[Entry]:
    """The entries that some filters leave, in the order of the text."""
    wanted = words.strip().casefold()
    return [
        each
        for each in desk.entries
        if each.state in STATES[state]
        and (asked(each) if tier == "asked" else each.tier.value == tier)
        and (not wanted or wanted in f"{each.quote} {each.draft.indicator} {each.draft.scope}".casefold())
    ]


def active_of(desk: Desk) -> Entry | None:
    """The entry of the address, also where the filters leave it out; else the first that they leave."""
    wanted = st.query_params.get("entry", "")
    named = next((each for each in desk.entries if str(each.id) == wanted), None)
    return named or next(iter(offered(desk, *filters())), None)


def beside(desk: Desk, active: int | None, by: int) -> str | None:
    """The entry so many steps away in the list as it is filtered; round the end it begins again."""
    left = {each.id for each in offered(desk, *filters())}
    order = [each.id for each in desk.entries if each.id in left or each.id == active]
    if not order:
        return None
    at = order.index(active) if active in order else -by
    return str(order[(at + by) % len(order)])


def after(desk: Desk, entry: int | None) -> str | None:
    """The entry that waits next after one in the text, else the first that waits before it."""
    order = [each.id for each in desk.entries]
    waiting = [each.id for each in desk.entries if waits(each) and each.id != entry]
    at = order.index(entry) if entry in order else -1
    later = [each for each in waiting if order.index(each) > at]
    return str((later or waiting)[0]) if waiting else None


def choices(look: Reader, desk: Desk) -> None:
    """The filters: state and tier, each option with how many it leaves, and words to look for."""
    state, tier, words = filters()
    left, right = st.columns(2)
    with left:
        choose(
            look.say("desk.show"), STATES, state, lambda chosen: {"show": chosen, "entry": None}, key="desk_show",
            words=lambda each: f"{look.say(f'desk.show.{each}')} ({len(offered(desk, each, tier, words))})",
            filter_mode=None,
        )  # fmt: skip
    with right:
        choose(
            look.say("desk.tier"), TIERS, tier, lambda chosen: {"tier": chosen, "entry": None}, key="desk_tier",
            words=lambda each: f"{look.say(_tier_key(each))} ({len(offered(desk, state, each, words))})",
            filter_mode=None,
        )  # fmt: skip
    st.session_state["desk_find"] = words
    st.text_input(
        look.say("desk.find"), key="desk_find", placeholder=look.say("desk.find"), label_visibility="collapsed",
        on_change=_find,
    )  # fmt: skip


def _tier_key(tier: str) -> str:
    return "desk.tier.asked" if tier == "asked" else f"tier.{tier}"


def _find() -> None:
    go(find=str(st.session_state.get("desk_find") or "").strip() or None, entry=None)


def listing(look: Reader, desk: Desk, active: Entry | None, on_act: Callable[[], None]) -> None:
    """The entries that the filters leave, one below the other."""
    found = offered(desk, *filters())
    if not found:
        empty(look, "desk.nothing_left" if desk.entries else "desk.nothing_found")
        return
    entry_list(_lines(look, found), active.id if active else None, label=look.say("desk.list"), on_act=on_act)


def _lines(look: Reader, entries: Iterable[Entry]) -> list[Listed]:
    return [
        Listed(
            each.id,
            SIGNS.get(each.state) or TIER_SIGNS[each.tier],
            each.quote,
            look.say(
                f"tier.{each.tier.value}"
                if each.state is ProposalState.PROPOSED
                else f"proposal_state.{each.state.value}"
            ),
        )
        for each in entries
    ]
