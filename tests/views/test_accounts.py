"""My account, the administration, and what a page says to somebody whose sign-in has ended."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

import settings
from accounts import administering, passwords
from accounts.administering import use_link
from accounts.sessions import Visitor, person_of, sign_in, whoami
from models import AccountEvent
from models.people import Grant, Person, PersonRole
from storage.engine import reading, shared_engine, unit_of_work
from tests.cast import ADMIN, CAST, CLERK_A, OFFICER, PROVINCE, REVIEWER, ZONE_A
from tests.views.conftest import Open
from tests.views.reading import read
from views.screens import NEEDS, RESULTS, SCREENS

As = Callable[[Person | None], None]
PASSWORD, BETTER = "correct horse battery", "a better one, longer"


@pytest.fixture(autouse=True)
def database(own_database: str) -> str:
    with unit_of_work(shared_engine(own_database)) as session:
        administering.add(session, ADMIN, "li", "<b>李</b>")
        administering.grant(session, ADMIN, "li", PersonRole.CLERK, ZONE_A)
        token = administering.reset_link(session, ADMIN, "li")
        use_link(session, token, passwords.hashed(PASSWORD, "li"))
    return own_database


def opened(screen: str, **address: str) -> AppTest:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / f"{screen}.py"), default_timeout=60)
    for name, value in {"lang": "zh", **address}.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def granted(database: str, login: str = "li") -> set[tuple[str, str]] | None:
    with reading(shared_engine(database)) as session:
        found = person_of(session, login)
        return {(each.role.value, each.place) for each in found.grants} if found else None


@pytest.fixture
def li(database: str, as_person: As, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token with which `li` is signed in, on this screen."""
    engine = shared_engine(database)
    token = sign_in(engine, "li", PASSWORD, Visitor("10.0.0.5", "Firefox <i>"))
    monkeypatch.setattr("views.person.current", lambda: whoami(engine, token))
    monkeypatch.setattr("views.person.token", lambda: token)
    return token


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_is_signed_out_sees_no_figure_but_the_way_back(open_screen: Open, as_person: As, lang: str) -> None:
    as_person(None)
    page = read(open_screen("main", lang=lang, data="demonstration", year=2024))
    assert page.faults == []
    assert page.headings == [(1, {"zh": "登录已失效", "en": "You are signed out"}[lang])]
    assert len(page.links) == 1
    assert page.links[0].startswith("/auth/login?next=%2F%3F") and "demonstration" in page.links[0]
    assert "%" not in page.text and "<table" not in page.body


@pytest.mark.parametrize("who", CAST, ids=lambda who: who.login)
def test_the_menu_offers_what_one_can_use(
    open_screen: Open, as_person: As, who: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import streamlit as st

    seen: dict[str, str] = {}
    page = st.Page

    def noted(file: str, **about: object) -> object:
        seen[Path(file).stem] = str(about["visibility"])
        return page(file, **about)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "Page", noted)
    as_person(who)
    assert read(open_screen("main")).faults == []
    shown = {key for key, file, _ in SCREENS if seen[Path(file).stem] == "visible"} & set(NEEDS)
    role = who.grants[0].role
    results = set() if role is PersonRole.ADMIN else set(RESULTS)
    results |= set() if role is PersonRole.VIEWER else {"audit"}
    assert shown == results | {
        PersonRole.CLERK: {"entry"},
        PersonRole.LEAD: {"entry"},
        PersonRole.REVIEWER: {"review"},
        PersonRole.OFFICER: {"desk"},
        PersonRole.ADMIN: {"admin"},
    }.get(role, set())
    assert seen["account"] == "hidden"


def test_the_name_of_an_account_is_text(open_screen: Open, as_person: As) -> None:
    as_person(Person("li", "<img src=x onerror=alert(1)>", ()))
    page = read(open_screen("main"))
    assert "<img" not in page.body
    assert '<form method="post" action="/auth/logout">' in page.body


def test_ones_own_account_tells_what_is_granted_and_where_one_is_signed_in(li: str) -> None:
    page = read(opened("account"))
    assert "填报员：保定高新区" in page.text
    assert "Firefox <i>" in page.text and "(本次登录)" in page.text and "<i>" not in page.body


def change(old: str, new: str, again: str) -> AppTest:
    test = opened("account")
    for name, value in (("old_password", old), ("new_password", new), ("again", again)):
        test.text_input(key=f"account_{name}").set_value(value)
    next(each for each in test.button if each.label == "保存").click().run()
    assert not test.exception
    return test


def test_a_password_is_changed_and_does_not_stay_in_the_session(li: str, database: str) -> None:
    other = sign_in(shared_engine(database), "li", PASSWORD, Visitor("10.0.0.6"))
    test = change(PASSWORD, BETTER, BETTER)
    assert "密码已修改，其他登录已全部退出。" in read(test).text
    assert [test.session_state[f"account_{name}"] for name in ("old_password", "new_password", "again")] == [""] * 3
    assert whoami(shared_engine(database), other) is None
    assert whoami(shared_engine(database), li) is not None
    assert sign_in(shared_engine(database), "li", BETTER, Visitor("10.0.0.6"))


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("wrong", BETTER, BETTER, "当前密码不正确"),
        (PASSWORD, BETTER, "another", "两次输入的密码不一致"),
        (PASSWORD, "short", "short", "10 至 200 个字符"),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_in_the_readers_language(
    li: str, old: str, new: str, again: str, told: str
) -> None:
    assert told in read(change(old, new, again)).text


def test_one_signs_out_everywhere_else(li: str, database: str) -> None:
    other = sign_in(shared_engine(database), "li", PASSWORD, Visitor("10.0.0.6"))
    opened("account").button(key="account_out").click().run()
    assert whoami(shared_engine(database), other) is None
    assert whoami(shared_engine(database), li) is not None


@pytest.mark.parametrize("who", [CLERK_A, OFFICER, REVIEWER], ids=lambda who: who.login)
def test_only_an_administrator_sees_the_accounts(as_person: As, who: Person) -> None:
    as_person(who)
    page = read(opened("admin", account="li"))
    assert "您没有管理账号的权限" in page.text
    assert "li" not in page.text.split()


def test_an_account_is_made_granted_and_its_link_shown_once(as_person: As, database: str) -> None:
    as_person(ADMIN)
    test = opened("admin")
    test.text_input(key="admin_new_login").set_value("wang")
    test.text_input(key="admin_new_name").set_value("王 审核")
    next(each for each in test.button if each.label == "建立账号").click().run()
    assert not test.exception and "t-wrong" not in read(test).body
    assert test.query_params["account"] == ["wang"] or test.query_params["account"] == "wang"
    path = test.code[0].value
    assert path.startswith("http://127.0.0.1:8501/auth/setup?token=")
    test.selectbox(key="admin_role").set_value(PersonRole.REVIEWER)
    test.selectbox(key="admin_place").set_value(PROVINCE)
    next(each for each in test.button if each.label == "授权").click().run()
    assert "t-wrong" not in read(test).body and not test.code
    assert granted(database, "wang") == {("reviewer", PROVINCE)}
    with reading(shared_engine(database)) as session:
        actors = {each.actor for each in session.exec(select(AccountEvent)) if each.login == "wang"}
    assert actors == {"admin"}


def test_a_grant_is_revoked_and_an_account_disabled_from_the_screen(as_person: As, database: str) -> None:
    as_person(ADMIN)
    test = opened("admin", account="li")
    test.button(key=f"admin_revoke_clerk_{ZONE_A}").click().run()
    assert granted(database) == set()
    test.button(key="admin_disable").click().run()
    assert granted(database) is None
    test.button(key="admin_enable").click().run()
    assert granted(database) == set()
    assert "停用" in read(test).text


def test_who_lost_the_right_meanwhile_is_refused_at_the_click(as_person: As, database: str) -> None:
    as_person(ADMIN)
    test = opened("admin", account="li")
    as_person(Person("admin", "admin", (Grant(PersonRole.VIEWER, PROVINCE),)))
    test.button(key="admin_disable").click().run()
    assert granted(database) == {("clerk", ZONE_A)}


def test_an_account_that_there_is_not_is_told(as_person: As) -> None:
    as_person(ADMIN)
    assert "没有账号“lii”" in read(opened("admin", account="lii")).text


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0 Safari/537.36 "
         "Edg/125.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0 Safari/537.36",
         "Chrome · Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17 Safari/605",
         "Safari · macOS"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/124 MicroMessenger/8", "WeChat · Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "—"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_people_call_it(agent: str, called: str) -> None:
    from views.components.granted import browser_name

    assert f">{called}</span>" in browser_name(agent)
