"""What every screen shares: the menu, the switches for data, year and language, the style, the foot."""

import logging
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from accounts.rights import may_somewhere, roles_that_may
from models.calendar import today
from models.enums import DataSet, Language
from models.errors import SignedOut
from models.people import Person
from settings import get_settings
from storage.engine import shared_engine
from tracking.current import differing, visible_snapshot
from views.components.choice import choose, switch
from views.components.granted import shown_name
from views.components.notices import bell
from views.components.page import behaviour, capital, empty, heading, link, style
from views.person import is_here, person
from views.screens import NEEDS, NOT_IN_THE_MENU, OF_TODAY, RESULTS, SCREENS
from views.state import Reader, go, offers_demonstration, read_reader, years_offered

ICON = Path(__file__).parent / "components" / "icon.svg"


def menu(reader: Reader, who: Person) -> st.Page:
    """The pages in the reader's language; returns the one that the address names. In sight are those one can use."""
    pages = [
        st.Page(
            file,
            title=reader.say(f"screen.{key}"),
            url_path=path or None,
            default=not path,
            visibility="visible" if _offered(key, who) else "hidden",
        )
        for key, file, path in SCREENS
    ]
    return st.navigation(pages, position="top")


def _offered(key: str, who: Person) -> bool:
    return key not in NOT_IN_THE_MENU and _allowed(key, who)


def _allowed(key: str, who: Person) -> bool:
    return key not in NEEDS or may_somewhere(who, NEEDS[key])


def sign_in_again(reader: Reader) -> None:
    """Instead of a screen, when the sign-in has run out or was ended: what to do, and the way back to this address."""
    here = f"{urlsplit(st.context.url or '').path or '/'}?{urlencode({**st.query_params.to_dict(), **reader.kept})}"
    again = link(f"/auth/login?{urlencode({'next': here})}", reader.say("accounts.to_sign_in"))
    heading(reader.say("accounts.signed_out"))
    empty(reader, "accounts.signed_out.words", again)


def whose(reader: Reader, who: Person) -> None:
    """Who is signed in, as a way to one's own account, and the button that signs out: a plain form, no script."""
    name = link(reader.address("account"), shown_name(reader, who), title=reader.say("screen.account"))
    button = f'<button type="submit">{escape(reader.say("accounts.sign_out"))}</button>'
    st.html(
        f'<div class="t t-who">{name}<form method="post" action="/auth/logout">{button}</form></div>', width="content"
    )


def switches(reader: Reader, who: Person) -> None:
    """Data set, year and language in one row, and who is signed in. Each change goes into the address."""
    offered = list(DataSet) if offers_demonstration(reader.snapshot) else [DataSet.REAL]
    with st.container(horizontal=True, vertical_alignment="center", key="switches"):
        switch(
            reader.say("switch.data"),
            offered,
            reader.data_set,
            # The year of the other data set means nothing in this one.
            lambda chosen: {"data": chosen.value, "year": None},
            key="switch_data",
            words=lambda each: capital(reader.say(f"data_set.{each.value}")),
            label_visibility="collapsed",
        )
        choose(
            reader.say("switch.year"),
            years_offered(reader.snapshot),
            reader.year,
            lambda chosen: {"year": str(chosen)},
            key="switch_year",
            words=lambda each: reader.say("switch.as_of", year=each),
            label_visibility="collapsed",
            filter_mode=None,
            width=150,
        )
        known_day(reader)
        st.space("stretch")
        switch(
            reader.say("switch.language"),
            Language,
            reader.language,
            lambda chosen: {"lang": chosen.value},
            key="switch_lang",
            words=lambda each: reader.say(f"language.{each.value}"),
            label_visibility="collapsed",
        )
        bell(reader, who)
        whose(reader, who)


def known_day(reader: Reader) -> None:
    """The day whose knowledge is shown: what was approved or published later is not there."""
    told = reader.say("known.on", day=reader.known) if reader.known else reader.say("known.now")
    with st.popover(told, key="switch_known"):
        st.session_state["known_day"] = reader.known
        st.date_input(
            reader.say("known.choose"), key="known_day", max_value=today(), format="YYYY-MM-DD", on_change=_know
        )
        st.caption(reader.say("known.note"))


def _know() -> None:
    chosen = st.session_state["known_day"]
    go(known=chosen.isoformat() if chosen and chosen < today() else None)


def past(reader: Reader, who: Person) -> None:
    """Says that an earlier state is shown, how far it is from today's, and leads back."""
    now = visible_snapshot(shared_engine(get_settings().database_url), reader.data_set, who)
    words = reader.say("known.banner", day=reader.known, number=differing(now, reader.snapshot))
    with st.container(horizontal=True, vertical_alignment="center", key="known_banner"):
        st.html(f'<div class="t-demo" role="note">{escape(words)}</div>')
        st.button(reader.say("known.back"), key="known_back", on_click=go, kwargs={"known": None})


def show_page(reader: Reader, who: Person, page: st.Page) -> None:
    """Runs the screen, or says whom it is for.

    A fault of ours goes to the log; the reader gets a sentence instead of a traceback.
    """
    key = next(key for key, _file, path in SCREENS if path == page.url_path)
    if not _allowed(key, who):
        heading(page.title)
        roles = reader.say("rights.roles.separator").join(
            reader.say(f"person_role.{role}") for role in roles_that_may(NEEDS[key])
        )
        empty(reader, "rights.refused", screen=page.title, roles=roles)
        return
    if reader.known and page.url_path in OF_TODAY:
        heading(page.title)
        empty(reader, "known.not_here", day=reader.known)
        return
    if key in RESULTS and reader.snapshot.concealed:
        st.html(f'<p class="t-concealed" role="note">{escape(reader.say("rights.concealed"))}</p>')
    try:
        page.run()
    except Exception:
        logging.getLogger(__name__).exception("The screen %r failed", page.url_path)
        heading(reader.say("fault.title"))
        empty(reader, "fault.words")


st.set_page_config(layout="wide", page_icon=str(ICON))
reader = read_reader()
style(reader)
behaviour(reader)
try:
    who = person()
except SignedOut:
    sign_in_again(reader)
    st.stop()
is_here()
page = menu(reader, who)
st.set_page_config(page_title=reader.say("product.title", screen=page.title))
switches(reader, who)
if reader.known:
    past(reader, who)
if reader.data_set is DataSet.DEMONSTRATION:
    st.html(f'<div class="t-demo" role="note">{reader.say("demonstration.banner")}</div>')
show_page(reader, who, page)
if not get_settings().public_url:
    st.html(f'<footer class="t-foot">{reader.say("foot.local")}</footer>')
