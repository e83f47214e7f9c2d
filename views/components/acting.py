"""A step that a button takes: in one transaction, and what came of it, or why not, is said on the next page."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st
from sqlmodel import Session

from models.errors import Refused
from settings import get_settings
from storage.engine import shared_engine, unit_of_work
from storage.translations import told
from tracking.phrases import named
from views.components.page import show
from views.state import Reader, read_reader

ANSWER = "answer"
CODE = re.compile(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])", re.ASCII)


def take(step: Callable[[Session], Any], done: str) -> bool:
    """Does some work; `done` is the key of the sentence that says it is done."""
    look = read_reader()
    try:
        with unit_of_work(shared_engine(get_settings().database_url)) as session:
            step(session)
    except Refused as refused:
        st.session_state[ANSWER] = ("t-wrong", refusal(look, refused))
        return False
    st.session_state[ANSWER] = ("t-done", look.say(done))
    return True


def step_button(
    words: str,
    step: Callable[[Session], Any],
    done: str,
    *,
    key: str,
    after: Callable[[], None] | None = None,
    **look: Any,
) -> None:
    """A button that takes a step. What was typed beside it is read when it is pressed: a browser may send the last
    words together with the press. `after` follows when the step was taken."""

    def pressed() -> None:
        if take(step, done) and after is not None:
            after()

    st.button(words, key=key, on_click=pressed, **look)


def typed(key: str) -> str:
    """What stands in a field now."""
    return str(st.session_state.get(key) or "")


def refusal(look: Reader, error: Exception) -> str:
    """What a refusal says, with the names of places instead of their codes."""
    places = look.snapshot.places
    return CODE.sub(
        lambda code: named(places[code[0]], look.language) if code[0] in places else code[0],
        told(error, look.language),
    )


def answer() -> None:
    """Says once what came of the last step."""
    kind, words = st.session_state.pop(ANSWER, ("", ""))
    if words:
        role = "alert" if kind == "t-wrong" else "status"
        show(f'<p class="{kind}" role="{role}">{escape(words)}</p>')
