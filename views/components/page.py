"""The pieces that every screen is laid out with: style, headings, figures, links, notices."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from models.enums import StatusClass
from models.errors import UnknownId
from storage.palette import ink, look
from views.state import Reader

LONG = 14
"""A figure of more characters is set smaller, so that it does not run out of its card."""

STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")


def style(reader: Reader) -> None:
    """The style of the product, in the colours of the reader's theme."""
    dark = reader.dark
    values = {
        "--t-accent": ink("path", dark=dark),
        "--t-quiet": ink("quiet", dark=dark),
        "--t-line": ink("grid", dark=dark),
        "--t-ground": "#0E1117" if dark else "#FFFFFF",
        "--t-hover": "#1A2130" if dark else "#F4F6F9",
        "--t-mark": "#17335F" if dark else "#DCE8FC",
        "--t-mark-here": "#5A4A0C" if dark else "#FFF1B8",
    }
    root = ";".join(f"{name}:{value}" for name, value in values.items())
    st.html(f"<style>:root{{{root}}}{STYLE}</style>")


def show(content: str, *, label: str = "") -> None:
    """A piece of page. The caller has escaped what is not its own."""
    named = f' role="region" aria-label="{escape(label)}"' if label else ""
    st.html(f'<div class="t"{named}>{content}</div>')


def heading(title: str, lead: str = "") -> None:
    """The title of a screen and the sentence that answers its question."""
    show(f"<h1>{escape(title)}</h1>" + (f'<p class="lead">{lead}</p>' if lead else ""))


def section(title: str, note: str = "") -> None:
    """A heading inside a screen."""
    show(f"<h2>{escape(title)}</h2>" + (f'<p class="quiet">{escape(note)}</p>' if note else ""))


def link(address: str, words: str, *, title: str = "") -> str:
    """A link that stays in the tab; all of its parts are escaped."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}" target="_self"{hint}>{escape(words)}</a>'


def badge(reader: Reader, status_class: StatusClass, words: str) -> str:
    """A status as sign, colour and word; the sign alone reads in grey."""
    seen = look(status_class)
    colour = seen.colour(dark=reader.dark)
    return f'<span class="mark" style="color:{colour}">{seen.sign} {escape(words)}</span>'


def _size(number: str) -> str:
    return "n long" if len(number) > LONG and "<" not in number else "n"


def cards(figures: Iterable[tuple[str, str, str]]) -> None:
    """At most six figures: number (may hold a badge), what it is, a quiet line."""
    found = "".join(
        f'<div class="t-card"><div class="w">{escape(what)}</div><div class="{_size(number)}">{number}</div>'
        f'<div class="s quiet">{escape(note)}</div></div>'
        for number, what, note in figures
    )
    show(f'<div class="t-cards">{found}</div>')


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = (), label: str = "") -> None:
    """A table of finished cells; the columns named in `numbers` stand right."""
    right = set(numbers)
    kind = [' class="num"' if at in right else "" for at in range(len(head))]
    top = "".join(f"<th{kind[at]} scope='col'>{escape(each)}</th>" for at, each in enumerate(head))
    body = "".join(
        "<tr>" + "".join(f"<td{kind[at]}>{cell}</td>" for at, cell in enumerate(row)) + "</tr>" for row in rows
    )
    show(f'<div class="t-scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>', label=label)


def empty(reader: Reader, key: str, **values: object) -> None:
    """Why there is nothing here, and what to do next."""
    show(f'<p class="lead">{escape(reader.say(key, **values))}</p>')


def unknown(reader: Reader, error: UnknownId, page: str, parameter: str) -> None:
    """A page for an address that names nothing: it says so and offers the nearest."""
    heading(reader.say("unknown.title"))
    show(f"<p>{escape(reader.say('unknown.' + error.what, wanted=error.wanted))}</p>")
    if error.nearest:
        offered = "".join(f"<li>{link(reader.address(page, **{parameter: each}), each)}</li>" for each in error.nearest)
        show(f"<p>{escape(reader.say('unknown.nearest'))}</p><ul>{offered}</ul>")
