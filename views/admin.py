"""Administration: accounts, what they are granted, and what was done to them."""

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st
from sqlmodel import Session

from accounts import administering
from accounts.administering import GOOD_FOR, Listed
from accounts.rights import may, may_somewhere, parents_of_places
from models import AccountEvent
from models.errors import Refused, UnknownId
from models.people import Action, Grant, PersonRole
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told
from views.components.acting import ANSWER, answer
from views.components.choice import choose, hold
from views.components.granted import grants_in_words, place_name
from views.components.page import capital, empty, heading, link, section, table, unknown, when
from views.person import person
from views.state import Reader, go, read_reader

LINK = "admin_link"


def screen(look: Reader) -> None:
    """All accounts that one administers; with one in the address (`account`) what can be done to it."""
    hold(look)
    who = person()
    if not may_somewhere(who, Action.ADMINISTER):
        heading(look.say("screen.admin"))
        empty(look, "accounts.admin.no_right")
        return
    with reading(shared_engine(get_settings().database_url)) as session:
        found = {each.login: each for each in administering.accounts(session, who)}
        events = administering.events(session, who)
        parents = parents_of_places(session)
    wanted = st.query_params.get("account")
    if wanted and wanted not in found:
        unknown(look, UnknownId("account", wanted), "admin", "account")
        return
    heading(look.say("screen.admin"), escape(look.say("accounts.admin.lead")))
    _answer(look)
    left, right = st.columns((3, 2), gap="medium")
    with left:
        section(look.say("accounts.admin.all"))
        _listed(look, list(found.values()))
    with right:
        section(look.say("accounts.admin.one"))
        choose(
            look.say("accounts.admin.choose"),
            ["", *found],
            wanted or "",
            lambda login: {"account": login or None},
            key="admin_account",
            words=lambda login: f"{found[login].name} ({login})" if login else look.say("accounts.admin.new"),
        )
        if wanted:
            mine = [code for code in look.snapshot.places if may(who, Action.ADMINISTER, code, parents)]
            _one(look, found[wanted], mine)
        else:
            _new(look)
    section(look.say("accounts.admin.events"))
    told_of = [each for each in events if not wanted or each.login == wanted]
    _events(look, told_of) if told_of else empty(look, "accounts.admin.events.none")


def _answer(look: Reader) -> None:
    """What came of the last act; a link is shown this one time."""
    answer()
    if path := st.session_state.pop(LINK, None):
        st.info(look.say("accounts.admin.link.made", hours=int(GOOD_FOR.total_seconds() // 3600)))
        st.code(f"{get_settings().own_url}{path}", language=None, wrap_lines=True)


def _listed(look: Reader, found: list[Listed]) -> None:
    heads = ("accounts.login", "accounts.name", "accounts.grants", "accounts.admin.state")
    rows = [
        (
            link(look.address("admin", account=each.login), each.login),
            escape(each.name),
            "<br>".join(escape(words) for words in grants_in_words(look, each.grants)) or "—",
            escape(look.say(f"accounts.admin.state.{each.state}")),
        )
        for each in found
    ]
    table([look.say(key) for key in heads], rows, label=look.say("accounts.admin.all"))


def _new(look: Reader) -> None:
    with st.form("admin_new"):
        st.text_input(look.say("accounts.login"), key="admin_new_login")
        st.text_input(look.say("accounts.name"), key="admin_new_name")
        st.form_submit_button(look.say("accounts.admin.add"), on_click=_add)


def _one(look: Reader, one: Listed, places: list[str]) -> None:
    for each, words in zip(one.grants, grants_in_words(look, one.grants), strict=True):
        st.button(
            look.say("accounts.admin.revoke", grant=words),
            key=f"admin_revoke_{each.role.value}_{each.place}",
            on_click=partial(_revoke, one.login, each),
        )
    with st.form("admin_grant"):
        st.selectbox(
            look.say("accounts.admin.role"),
            list(PersonRole),
            key="admin_role",
            format_func=lambda each: capital(look.say(f"person_role.{each.value}")),
        )
        st.selectbox(
            look.say("accounts.admin.place"),
            places,
            key="admin_place",
            format_func=lambda code: f"{place_name(look, code)} ({code})",
        )
        st.form_submit_button(look.say("accounts.admin.grant"), on_click=partial(_grant, one.login))
    with st.container(horizontal=True):
        if one.disabled:
            st.button(look.say("accounts.admin.enable"), key="admin_enable", on_click=partial(_enable, one.login))
        else:
            st.button(look.say("accounts.admin.disable"), key="admin_disable", on_click=partial(_disable, one.login))
        if not one.disabled and not one.demonstration:
            st.button(look.say("accounts.admin.link"), key="admin_link_button", on_click=partial(_link, one.login))


def _events(look: Reader, events: list[AccountEvent]) -> None:
    names = [f"accounts.admin.events.{name}" for name in ("at", "actor", "act", "words")]
    heads = [look.say(names[0]), look.say(names[1]), look.say("accounts.admin.one"), *map(look.say, names[2:])]
    rows = [
        (
            when(each.at),
            escape(each.actor),
            escape(each.login),
            escape(look.say(f"account_act.{each.act.value}")),
            escape(_in_words(look, each.words)),
        )
        for each in events
    ]
    table(heads, rows, label=look.say("accounts.admin.events"))


def _in_words(look: Reader, words: str) -> str:
    """`clerk baoding` as the reader says it."""
    role, _, place = words.partition(" ")
    return grants_in_words(look, [Grant(PersonRole(role), place)])[0] if place else words


def _add() -> None:
    login, name = (str(st.session_state.get(f"admin_new_{field}") or "").strip() for field in ("login", "name"))

    def made(session: Session) -> str:
        administering.add(session, person(), login, name)
        return administering.reset_link(session, person(), login)

    if _do(made, "accounts.admin.added", login=login):
        go(account=login)


def _grant(login: str) -> None:
    role, place = PersonRole(st.session_state["admin_role"]), str(st.session_state["admin_place"])
    _do(lambda session: administering.grant(session, person(), login, role, place), "accounts.admin.granted")


def _revoke(login: str, own: Grant) -> None:
    _do(lambda session: administering.revoke(session, person(), login, own.role, own.place), "accounts.admin.revoked")


def _disable(login: str) -> None:
    _do(lambda session: administering.disable(session, person(), login), "accounts.admin.disabled")


def _enable(login: str) -> None:
    _do(lambda session: administering.enable(session, person(), login), "accounts.admin.enabled")


def _link(login: str) -> None:
    _do(lambda session: administering.reset_link(session, person(), login), "")


def _do(work: Callable[[Session], str | None], done: str, **values: object) -> bool:
    """One piece of work in one transaction; a token that it returns becomes a link, shown once."""
    look = read_reader()
    try:
        with unit_of_work(shared_engine(get_settings().database_url)) as session:
            token = work(session)
    except Refused as refused:
        st.session_state[ANSWER] = ("t-wrong", told(refused, look.language))
        return False
    if token:
        st.session_state[LINK] = administering.setup_path(token)
    if done:
        st.session_state[ANSWER] = ("t-done", look.say(done, **values))
    return True


screen(read_reader())
