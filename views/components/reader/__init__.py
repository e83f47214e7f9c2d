"""The text of a policy with its proposals marked: click, keyboard, and a selection that comes back as offsets."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from models.enums import StatusClass
from storage.palette import look

HERE = Path(__file__).parent
HTML = '<div class="rd-bar"></div><div class="rd-text" tabindex="0" lang="zh"></div>'
READER = st.components.v2.component(
    "policy_reader",
    html=HTML,
    css=(HERE / "reader.css").read_text("utf-8"),
    js=(HERE / "reader.js").read_text("utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text with how it looks. `near` are places that belong to it: its deadline, its subject."""

    id: int
    start: int
    end: int
    look: str
    title: str
    near: tuple[tuple[int, int], ...] = ()


def reader(
    text: str,
    entries: Sequence[Marked],
    active: int | None,
    *,
    words: dict[str, str],
    may_edit: bool,
    dark: bool,
    focus: str,
    on_act: Callable[[], None],
) -> None:
    """Shows the text. `st.session_state["reader"]["act"]` holds what was done when `on_act` is called: `do`, and
    `entry`, or `start` and `end` in code points of the text. `focus` is the key of a widget to go to."""
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
        "may_edit": may_edit,
        "focus": focus,
        "version": f"{len(text)}-{hash(tuple((e.id, e.start, e.end, e.near) for e in entries))}",
    }
    READER(key="reader", data=data, on_act_change=on_act)
