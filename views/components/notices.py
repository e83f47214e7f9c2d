"""The notices of whoever is signed in: how many are new, the list, and that they are read."""

import streamlit as st

from accounts.rights import may_somewhere
from exchange.notice_mail import REVIEWED, notice_words
from models.columns import now
from models.enums import DataSet, Language
from models.people import Action, Person
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from submissions.notices import Notice, mark_read, notices, unread
from tracking.phrases import named
from views.components.page import link, show
from views.components.reporting import YEAR
from views.person import person
from views.state import Reader

SHOWN = 20


def bell(reader: Reader, who: Person) -> None:
    """A small list beside the switches, for those who report or review; nothing for others."""
    if not (may_somewhere(who, Action.EDIT_DRAFT) or may_somewhere(who, Action.REVIEW)):
        return
    with reading(shared_engine(get_settings().database_url)) as session:
        found = notices(session, who)
        fresh = unread(session, who, found)
    title = reader.say("notices.title.unread", number=fresh) if fresh else reader.say("notices.title")
    with st.popover(title, key="notices"):
        if not found:
            st.caption(reader.say("notices.none"))
            return
        lines = (_line(reader, each, fresh=at < fresh) for at, each in enumerate(found[:SHOWN]))
        show(f"<ul>{''.join(lines)}</ul>")
        if fresh:
            st.button(reader.say("notices.read"), key="notices_read", on_click=_read)


def _line(reader: Reader, each: Notice, *, fresh: bool) -> str:
    place = reader.snapshot.places.get(each.zone)
    words = notice_words(each, named(place, reader.language) if place else each.zone, Language(reader.language))
    screen = "review" if each.kind in REVIEWED else "entry"
    address = reader.address(screen, data=DataSet.REAL.value, place=each.zone, **{YEAR: each.year})
    return f"<li>{'<b>' if fresh else ''}{link(address, words)}{'</b>' if fresh else ''}</li>"


def _read() -> None:
    with unit_of_work(shared_engine(get_settings().database_url)) as session:
        mark_read(session, person(), now())
