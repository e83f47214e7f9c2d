"""The pieces that every screen is laid out with: style, headings, figures, links, tables, notices."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st

from models.calendar import clock
from models.enums import Language, StatusClass
from models.errors import UnknownId
from storage.palette import ink, look, surface
from tracking.board import BoardRow
from tracking.format import width
from tracking.phrases import named, policy_title
from tracking.phrases import title as target_title
from views.state import Reader

LONG = 14
"""A figure wider than so many Latin letters is set smaller, so that it does not run out of its card."""

STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")
BEHAVIOUR = (Path(__file__).parent / "behaviour.js").read_text("utf-8")

HTML_LANGUAGE = {Language.ZH: "zh-CN", Language.EN: "en"}


def style(reader: Reader) -> None:
    """The style of the product, in the colours of the reader's theme."""
    dark = reader.dark
    values = {
        "--t-accent": ink("path", dark=dark),
        "--t-ink": ink("text", dark=dark),
        "--t-quiet": ink("quiet", dark=dark),
        "--t-line": ink("grid", dark=dark),
        "--t-wrong": look(StatusClass.OFF).colour(dark=dark),
        "--t-asked": look(StatusClass.BEHIND).colour(dark=dark),
        "--t-ground": surface("ground", dark=dark),
        "--t-mark": surface("mark", dark=dark),
        "--t-mark-here": surface("mark_here", dark=dark),
    }
    root = ";".join(f"{name}:{value}" for name, value in values.items())
    st.html(f"<style>:root{{{root}}}{STYLE}</style>")


def behaviour(reader: Reader) -> None:
    """What a page does in the browser, and in which language it is: for those who have it read aloud."""
    language = f'document.documentElement.lang = "{HTML_LANGUAGE[reader.language]}";'
    st.html(f"<script>{BEHAVIOUR}{language}</script>", unsafe_allow_javascript=True)


def show(content: str, *, label: str = "") -> None:
    """A piece of page. The caller has escaped what is not its own."""
    named = f' role="region" aria-label="{escape(label)}"' if label else ""
    st.html(f'<div class="t"{named}>{content}</div>')


def capital(words: str) -> str:
    """A label that stands alone begins with a capital letter; Chinese has none."""
    return words[:1].upper() + words[1:]


def tight(words: str) -> str:
    """What a target asks, escaped, with numbers kept on one line with their sign and unit."""
    return escape(re.sub(r"(?<=\d) |(?<=[^\x00-\x7F]) (?=\d)", "\N{NO-BREAK SPACE}", words))


def chinese(reader: Reader, words: str) -> str:
    """Words of a source that are Chinese in either interface: a title, an issuer, a figure as printed. Escaped."""
    return escape(words) if reader.in_chinese else f'<span lang="zh">{escape(words)}</span>'


def heading(title: str, lead: str = "") -> None:
    """The title of a screen and the sentence that answers its question."""
    show(f"<h1>{escape(title)}</h1>" + (f'<p class="lead">{lead}</p>' if lead else ""))


def section(title: str, note: str = "", *, anchor: str = "") -> None:
    """A heading inside a screen, and what there is to know before reading on."""
    at = f' id="{anchor}"' if anchor else ""
    show(f"<h2{at}>{escape(title)}</h2>" + (f'<p class="quiet">{escape(note)}</p>' if note else ""))


def link(address: str, words: str, *, title: str = "") -> str:
    """A link that stays in the tab; all of its parts are escaped."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}" target="_self"{hint}>{escape(words)}</a>'


def figure(address: str, number: str, *, title: str = "") -> str:
    """A number that leads to its evidence: it looks like a number, and like a link under the pointer or the focus."""
    return link(address, number, title=title).replace("<a ", '<a class="figure" ', 1)


def when(moment: datetime) -> str:
    """Day and time in China as a cell: where it is narrow they stand below each other, and neither is cut."""
    return f"<time>{clock(moment).replace(' ', '</time> <time>')}</time>"


def badge(reader: Reader, status_class: StatusClass, words: str) -> str:
    """A status as sign, colour and word; the sign alone reads in grey."""
    seen = look(status_class)
    colour = seen.colour(dark=reader.dark)
    return f'<span class="mark" style="color:{colour}">{seen.sign} {escape(capital(words))}</span>'


def status_badge(reader: Reader, row: BoardRow) -> str:
    """The status of a verdict as a badge."""
    return badge(reader, row.status_class, reader.say(f"status.{row.status.value}"))


def tally(reader: Reader, found: Mapping[StatusClass, int]) -> str:
    """A mark and a number for each status that occurs; the word is under the pointer and for those who listen."""
    return " ".join(
        f'<span role="img" title="{escape(words)}" aria-label="{escape(f"{words} {number}")}">'
        f"{badge(reader, each, str(number))}</span>"
        for each, number in found.items()
        if number and (words := reader.say(f"status_class.{each.value}"))
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A figure (finished HTML), what it is, a quiet line, and where it leads to."""

    number: str
    what: str
    note: str = ""
    address: str = ""
    chosen: bool = False

    @property
    def size(self) -> str:
        """Long figures are set smaller; a badge keeps its size."""
        return "n long" if width(self.number) > LONG and "<" not in self.number else "n"


def cards(found: Iterable[Card]) -> None:
    """At most six figures in a row."""
    show(f'<div class="t-cards">{"".join(_card(each) for each in found)}</div>')


def _card(card: Card) -> str:
    inside = (
        f'<span class="w">{escape(card.what)}</span><span class="{card.size}">{card.number}</span>'
        f'<span class="s quiet">{escape(card.note)}</span>'
    )
    if not card.address:
        return f'<div class="t-card">{inside}</div>'
    now = ' aria-current="true"' if card.chosen else ""
    return f'<a class="t-card" href="{escape(card.address)}" target="_self"{now}>{inside}</a>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = (), label: str = "") -> None:
    """A table of finished cells; the columns named in `numbers` stand right."""
    show(table_html(head, rows, numbers=numbers), label=label)


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = ()) -> str:
    """The table by itself, where more stands around it. A wide one scrolls in itself, also by keyboard."""
    right = set(numbers)
    kind = [' class="num"' if at in right else "" for at in range(len(head))]
    top = "".join(f'<th{kind[at]} scope="col">{escape(each)}</th>' for at, each in enumerate(head))
    body = "".join(
        "<tr>" + "".join(f"<td{kind[at]}>{cell}</td>" for at, cell in enumerate(row)) + "</tr>" for row in rows
    )
    return f'<div class="t-scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def empty(reader: Reader, key: str, *ways: str, **values: object) -> None:
    """Why there is nothing here, and what to do next; `ways` are finished links."""
    if key == "empty.no_data" and reader.known:
        key, values = "known.nothing", {"day": reader.known}
    show(f'<p class="t-empty">{escape(reader.say(key, **values))} {" · ".join(ways)}</p>')


def unknown(reader: Reader, error: UnknownId, page: str, parameter: str) -> None:
    """A page for an address that names nothing: it says so and offers the nearest, and a way back."""
    heading(reader.say("unknown.title"), escape(reader.say("unknown." + error.what, wanted=error.wanted)))
    if error.nearest:
        offered = "".join(
            f"<li>{link(reader.address(page, **{parameter: each}), _name(reader, each))} "
            f'<span class="quiet">{escape(each)}</span></li>'
            for each in error.nearest
        )
        show(f"<p>{escape(reader.say('unknown.nearest'))}</p><ul>{offered}</ul>")
    all_of_them = reader.say("unknown.all", screen=reader.say(f"screen.{page or 'overview'}"))
    show(f"<p>{link(reader.address(page), all_of_them)}</p>")


def _name(reader: Reader, known: str) -> str:
    """The name of a policy, place or target by its id."""
    if known in reader.snapshot.policies:
        return policy_title(reader.snapshot.policies[known], reader.language)
    if known in reader.snapshot.places:
        return named(reader.snapshot.places[known], reader.language)
    return target_title(reader.snapshot.target(known), reader.language)
