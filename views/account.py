"""My account: what one is allowed, the password, and where one is signed in."""

from datetime import timedelta
from html import escape

import streamlit as st

from accounts.contacts import set_contact
from accounts.sessions import (
    IDLE,
    LONGEST,
    Visitor,
    change_password,
    hash_of,
    is_demonstration,
    sessions_of,
    sign_out_everywhere,
)
from models import Contact
from models.errors import AccountRefused, Refused
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told
from views.components.acting import ANSWER, answer, step_button, typed
from views.components.choice import hold
from views.components.granted import browser_name, grants_in_words, shown_name
from views.components.page import empty, heading, section, show, table, when
from views.person import person, token
from views.state import Reader, read_reader

MAIL, PHONE = "account_mail", "account_phone"
FIELDS = ("old_password", "new_password", "again")


def screen(look: Reader) -> None:
    """One's own account; nobody else's can be asked for."""
    hold(look)
    who = person()
    with reading(shared_engine(get_settings().database_url)) as session:
        signed_in = sessions_of(session, who)
        demonstration = is_demonstration(session, who)
        reached = session.get(Contact, who.login) or Contact(login=who.login)
    heading(shown_name(look, who), escape(look.say("accounts.login_is", login=who.login)))
    answer()
    section(look.say("accounts.grants"))
    if who.grants:
        show("<ul>" + "".join(f"<li>{escape(each)}</li>" for each in grants_in_words(look, who.grants)) + "</ul>")
    else:
        empty(look, "accounts.grants.none")
    section(look.say("accounts.change_password"))
    if demonstration:
        empty(look, "accounts.of_demonstration")
    else:
        _password(look)
    _contact(look, reached)
    section(
        look.say("accounts.sessions"), look.say("accounts.sessions.note", idle=_hours(IDLE), longest=_hours(LONGEST))
    )
    heads = [look.say(f"accounts.sessions.{name}") for name in ("since", "seen", "browser")]
    rows = []
    for each in signed_in:
        this = f" ({escape(look.say('accounts.sessions.this'))})" if each.token_hash == hash_of(token()) else ""
        browser = browser_name(each.browser) + this
        rows.append((when(each.created_at), when(each.seen_at), browser))
    table(heads, rows, label=look.say("accounts.sessions"))
    if not demonstration:
        st.button(look.say("accounts.sign_out_others"), key="account_out", on_click=_sign_out_others)


def _contact(look: Reader, reached: Contact) -> None:
    """The mail that notices go to, and the telephone."""
    section(look.say("contact.title"), look.say("contact.note"))
    with st.container(horizontal=True):
        st.text_input(look.say("contact.mail"), reached.mail, key=MAIL, width=320)
        st.text_input(look.say("contact.phone"), reached.phone, key=PHONE, width=220)
    step_button(
        look.say("contact.save"),
        lambda session: set_contact(session, person(), typed(MAIL), typed(PHONE), look.language),
        "contact.saved",
        key="account_contact_save",
    )


def _password(look: Reader) -> None:
    with st.form("account_password", width=420):
        for name in FIELDS:
            st.text_input(look.say(f"accounts.{name}"), type="password", key=f"account_{name}")
        st.form_submit_button(look.say("accounts.save"), on_click=_change)


def _change() -> None:
    """Changes the password; what was typed does not stay in the memory of the server."""
    language, engine = read_reader().language, shared_engine(get_settings().database_url)
    old, new, again = (str(st.session_state.get(f"account_{name}") or "") for name in FIELDS)
    for name in FIELDS:
        st.session_state[f"account_{name}"] = ""
    try:
        if new != again:
            raise AccountRefused("again", "The two passwords are not the same.")
        change_password(engine, person(), old, new, Visitor(str(st.context.ip_address or ""), token=token()))
    except Refused as refused:
        st.session_state[ANSWER] = ("t-wrong", told(refused, language))
    else:
        st.session_state[ANSWER] = ("t-done", read_reader().say("accounts.changed"))


def _sign_out_others() -> None:
    look = read_reader()
    try:
        who = person()
        with unit_of_work(shared_engine(get_settings().database_url)) as session:
            sign_out_everywhere(session, who, but=token())
    except Refused as refused:
        st.session_state[ANSWER] = ("t-wrong", told(refused, look.language))
    else:
        st.session_state[ANSWER] = ("t-done", look.say("accounts.signed_out_others"))


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


screen(read_reader())
