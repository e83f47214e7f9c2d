"""Widgets that mirror the address: they show what it says, and a choice changes it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from views.state import Reader, go

T = TypeVar("T")
Changes = Mapping[str, str | None]

REPLACE = """<script>
if (location.search !== "?{query}") history.replaceState(history.state, "", location.pathname + "?{query}");
</script>"""
"""Completes an address without a step in the browser's history. `query` is percent-encoded: it cannot end the text."""


def choose(
    label: str,
    options: Iterable[T],
    current: T,
    take: Callable[[T], Changes],
    *,
    key: str,
    words: Callable[[T], str],
    **look: Any,
) -> None:
    """A list to choose from; `take` turns what was chosen into changes of the address."""
    st.session_state[key] = current
    st.selectbox(label, list(options), key=key, format_func=words, on_change=_take, args=(key, take), **look)


def switch(
    label: str,
    options: Iterable[T],
    current: T,
    take: Callable[[T], Changes],
    *,
    key: str,
    words: Callable[[T], str],
    **look: Any,
) -> None:
    """A few options side by side, one of them always chosen."""
    st.session_state[key] = current
    st.segmented_control(
        label, list(options), key=key, format_func=words, required=True, on_change=_take, args=(key, take), **look
    )


def _take(key: str, take: Callable[[Any], Changes]) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        go(**take(chosen))


def hold(reader: Reader, **shown: str | None) -> None:
    """Writes what is shown into the address where it was left out, so that it can be sent to a colleague."""
    given = st.query_params.to_dict()
    full = {**given, **reader.kept, **{name: value for name, value in shown.items() if value is not None}}
    if full != given:
        st.html(REPLACE.format(query=urlencode(full)), unsafe_allow_javascript=True)
