"""The audit trail: what was done, by whom, where and when, as far as one may read it; filtered, paged, as a file."""

import re
from datetime import date, datetime, time
from html import escape

import streamlit as st

from accounts.audit import ACCOUNT, ACTS, Asked, Line, trail
from accounts.rights import may, parents_of_places
from exchange.comparison_table import Cell
from models.calendar import CHINA, clock, end_of
from models.errors import NotAllowed
from models.people import Action, Person, PersonRole
from settings import get_settings
from storage.engine import reading, shared_engine
from tracking.format import MISSING
from tracking.phrases import named
from views.components.choice import choose, hold
from views.components.files import table_files
from views.components.granted import place_name
from views.components.page import empty, heading, link, table, when
from views.person import person
from views.state import Reader, go, read_reader

PAGE, MOST = 50, 20_000
"""So many acts stand on a page, and in a file."""

LONG = 300
"""So many characters of what an act changed stand on the screen; a file holds all of it."""

CODE = re.compile(r"(?<![\w/-])[a-z0-9]+(?:[-_][a-z0-9]+)*(?![\w/-])", re.ASCII)

UNIT = re.compile(r"(?<=\d) (\S+?)(?=;|\s|$)")
"""A unit behind a figure, as it was chosen: by its Chinese symbol."""

WHO, SINCE, UNTIL = "audit_who", "audit_since", "audit_until"
HEADS = ("at", "actor", "what", "place", "subject", "words", "before", "after")


def screen(look: Reader) -> None:
    """The latest acts first. What is looked for stands in the address."""
    hold(look)
    who = person()
    if not look.snapshot.places:
        heading(look.say("screen.audit"))
        empty(look, "empty.no_data")
        return
    asked, page = _asked(look), _page()
    try:
        with reading(shared_engine(get_settings().database_url)) as session:
            found = trail(session, who, asked, PAGE + 1, page * PAGE)
            parents = parents_of_places(session)
    except NotAllowed:
        heading(look.say("screen.audit"))
        empty(look, "audit.no_right")
        return
    heading(look.say("screen.audit"), escape(look.say("audit.lead")))
    _filters(look, asked, [code for code in look.snapshot.places if may(who, Action.READ_AUDIT, code, parents)])
    if not found:
        empty(look, "audit.none")
        return
    table(_heads(look), [_row(look, each) for each in found[:PAGE]], label=look.say("screen.audit"))
    _turning(look, page, more=len(found) > PAGE)
    _files(look, who, asked)


def _asked(look: Reader) -> Asked:
    given = st.query_params
    since, until = _day("since"), _day("until")
    return Asked(
        who=given.get("who", ""),
        what=given.get("what", "") if given.get("what") in ACTS else "",
        place=look.place or "",
        since=datetime.combine(since, time.min, CHINA) if since else None,
        until=end_of(until) if until else None,
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(st.query_params.get(name, ""))
    except ValueError:
        return None


def _page() -> int:
    given = st.query_params.get("page_no", "")
    return int(given) - 1 if given.isascii() and given.isdigit() and 0 < int(given[:6]) == int(given) else 0


def _filters(look: Reader, asked: Asked, places: list[str]) -> None:
    say = look.say
    st.session_state[WHO], st.session_state[SINCE], st.session_state[UNTIL] = asked.who, _day("since"), _day("until")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(say("audit.who"), key=WHO, width=180, on_change=_look_for)
        choose(
            say("audit.head.what"),
            ["", *ACTS],
            asked.what,
            lambda chosen: {"what": chosen or None, "page_no": None},
            key="audit_what",
            words=lambda each: _act(look, each) if each else say("audit.all"),
            width=240,
        )
        choose(
            say("audit.head.place"),
            ["", *places],
            asked.place if asked.place in places else "",
            lambda chosen: {"place": chosen or None, "page_no": None},
            key="audit_place",
            words=lambda code: named(look.snapshot.places[code], look.language) if code else say("audit.all"),
            width=240,
        )
        for key, words in ((SINCE, "audit.since"), (UNTIL, "audit.until")):
            st.date_input(say(words), key=key, format="YYYY-MM-DD", width=150, on_change=_look_for)


def _look_for() -> None:
    since, until = (st.session_state[key] for key in (SINCE, UNTIL))
    who = str(st.session_state[WHO] or "").strip()
    go(
        who=who or None,
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        page_no=None,
    )


def _act(look: Reader, what: str) -> str:
    """Acts of different tables have the same words; what they are done to stands before them."""
    family, _, _act = what.partition(".")
    return f"{look.say(f'audit.of.{family}')}{look.say('audit.colon')}{look.say(what)}"


def _heads(look: Reader) -> list[str]:
    return [look.say(f"audit.head.{name}") for name in HEADS]


def _row(look: Reader, line: Line) -> list[str]:
    cut = [f"{words[:LONG]}…" if len(words) > LONG else words or MISSING for words in _plain(look, line)]
    return [when(line.at), *map(escape, cut[1:])]


def _turning(look: Reader, page: int, *, more: bool) -> None:
    kept = {name: st.query_params.get(name) for name in ("who", "what", "place", "since", "until")}
    ways = [(page, "audit.newer")] if page else []
    ways += [(page + 2, "audit.older")] if more else []
    links = [link(look.address("audit", page_no=number, **kept), look.say(words)) for number, words in ways]
    if links:
        st.html(f'<div class="t">{" · ".join(links)}</div>')


def _files(look: Reader, who: Person, asked: Asked) -> None:
    def rows() -> list[list[Cell]]:
        with reading(shared_engine(get_settings().database_url)) as session:
            found = trail(session, who, asked, MOST)
        return [list[Cell](line) for line in (_heads(look), *(_plain(look, each) for each in found))]

    table_files(rows, look.say("screen.audit"), "audit", "audit")


def _plain(look: Reader, line: Line) -> list[str]:
    """A line in words: codes of places, statistics and roles by their names, what people wrote as they wrote it."""
    words = _named(look, line.words) if line.what.startswith(f"{ACCOUNT}.") else line.words
    said = [_named(look, each) for each in (line.subject, line.before, line.after)]
    where = place_name(look, line.place)
    return [clock(line.at), line.actor, _act(look, line.what), where, said[0], words, *said[1:]]


def _named(look: Reader, words: str) -> str:
    roles = {each.value: look.say(f"person_role.{each.value}") for each in PersonRole}

    def unit(found: re.Match[str]) -> str:
        known = look.snapshot.units.get(found[1])
        return found[0] if known is None else f" {known.en}".rstrip()

    words = words if look.in_chinese else UNIT.sub(unit, words)

    def name(code: str) -> str:
        known = look.snapshot.places.get(code) or look.snapshot.statistics.get(code)
        return named(known, look.language) if known else roles.get(code, code)

    return CODE.sub(lambda found: name(found[0]), words)


screen(read_reader())
