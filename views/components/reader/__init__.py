"""The text of a policy with its proposals marked: click, keyboard, and a selection that comes back as offsets."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import time_ns
from typing import Any

import streamlit as st

from models.enums import StatusClass
from storage.palette import look

HERE = Path(__file__).parent
HTML = (
    '<div class="rd-bar"></div><div class="rd-help" role="note" hidden></div><div class="rd-legend"></div>'
    '<div class="rd-text" tabindex="0" role="region" lang="zh"></div>'
)
READER = st.components.v2.component(
    "policy_reader",
    html=HTML,
    css=(HERE / "reader.css").read_text("utf-8"),
    js=(HERE / "reader.js").read_text("utf-8"),
    isolate_styles=False,
)
LIST = st.components.v2.component(
    "policy_entries",
    html='<div class="rd-list" role="group"></div>',
    js=(HERE / "list.js").read_text("utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text with how it looks. `near` are places that belong to it, with what they are to it:
    "deadline", "subject" or "mention"."""

    id: int
    start: int
    end: int
    look: str
    title: str
    near: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: a sign, the quote, and in a word how it stands."""

    id: int
    sign: str
    quote: str
    words: str


def reader(
    text: str,
    entries: Sequence[Marked],
    active: int | None,
    *,
    words: dict[str, str],
    legend: Sequence[tuple[str, str]],
    may_edit: bool,
    dark: bool,
    focus: str,
    on_act: Callable[[], None],
) -> None:
    """Shows the text. `st.session_state["reader"]["act"]` holds what was done when `on_act` is called: `do`, `entry`,
    and for a selection `start` and `end` in code points of the text. `legend` names each look; `focus` is the key of a
    widget to go to."""
    colours = {
        "--rd-met": look(StatusClass.MET).colour(dark=dark),
        "--rd-behind": look(StatusClass.BEHIND).colour(dark=dark),
    }
    st.html(f"<style>:root{{{';'.join(f'{name}:{value}' for name, value in colours.items())}}}</style>")
    data: dict[str, Any] = {
        "text": text,
        "entries": [asdict(each) for each in entries],
        "active": active,
        "words": words,
        "legend": [list(each) for each in legend],
        "near": dict(legend),
        "turn": time_ns(),
        "may_edit": may_edit,
        "focus": focus,
        "version": f"{len(text)}-{hash(tuple((e.id, e.start, e.end, e.near) for e in entries))}",
    }
    READER(key="reader", data=data, on_act_change=on_act)


def entry_list(entries: Sequence[Listed], active: int | None, *, label: str, on_act: Callable[[], None]) -> None:
    """Shows the entries one below the other; `st.session_state["desk_list"]["act"]` holds which one was chosen."""
    data = {"entries": [asdict(each) for each in entries], "active": active, "label": label}
    LIST(key="desk_list", data=data, on_act_change=on_act)
