"""Signing in over HTTP, and everything that somebody might try instead."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from httpx2 import Response
from sqlalchemy import Engine, text
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from accounts import administering
from accounts.administering import first_link, reset_link
from accounts.sessions import COOKIE, IDLE, whoami
from api.auth import CSRF, LONGEST_FORM, safe_next
from api.guard import CLOSED, DEMONSTRATION, LOGIN, LOGOUT, OIDC, OIDC_BACK, PUBLIC, SETUP
from models.people import Grant, PersonRole
from settings import get_settings
from storage.engine import unit_of_work
from tests.api.conftest import BASE, PASSWORD, Browser, make_account
from tests.cast import ADMIN, PROVINCE, ZONE_A
from views.screens import SCREENS

PAGE = {"accept": "text/html"}
PAGES = frozenset(path for _, _, path in SCREENS)
GUARDED = (
    "/",
    "/zone?place=baoding",
    "/admin",
    "/account",
    "/download/values.csv",
    "/download/report.xlsx?subject=hebei-2020&year=2024",
    "/download/policy/hebei-2020",
    "/media/abc.png",
    "/static/js/main.js",
    "/component/x/index.html",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/upload_file/x/y",
    "/auth",
    "/auth/",
    "/auth/login/",
    "/auth/login/../../download/values.csv",
    "/auth/login%2f..%2f..%2fdownload/values.csv",
    "//auth/login",
    "/healthz/",
    "/healthz/../download/values.csv",
    "/AUTH/LOGIN",
)


@pytest.fixture
def li(own_database: Engine) -> Engine:
    make_account(own_database, "li", Grant(PersonRole.CLERK, ZONE_A))
    return own_database


def form_of(browser: TestClient, path: str = LOGIN, **query: str) -> dict[str, str]:
    """The hidden fields of a page's form, with the cookie that goes with them."""
    page = browser.get(path, params=query)
    assert page.status_code == 200, page.text
    return dict(re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', page.text))


def log_in(browser: TestClient, login: str = "li", password: str = PASSWORD, **more: str) -> Response:
    return browser.post(LOGIN, data={**form_of(browser), "login": login, "password": password, **more})


def hears(browser: TestClient, **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"{browser.base_url}/_stcore/stream".replace("http", "ws", 1)
    with browser.websocket_connect(address, headers=named) as stream:
        return str(stream.receive_text())


@pytest.mark.parametrize("path", GUARDED)
def test_nothing_is_answered_to_whoever_is_not_signed_in(browser: Browser, path: str) -> None:
    for cookies in ({}, {COOKIE: "forged"}, {COOKIE: ""}):
        someone = browser()
        someone.cookies.update(cookies)
        asked = someone.get(f"{BASE}{path}")
        assert (asked.status_code, "inside" in asked.text) == (401, False)
        shown = someone.get(f"{BASE}{path}", headers=PAGE)
        assert shown.status_code == 303
        assert shown.headers["location"].startswith(f"{LOGIN}?next=")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed_by_whoever_is_not_signed_in(browser: Browser, method: str) -> None:
    assert browser().request(method, "/_stcore/upload_file/x/y").status_code == 401


def test_the_open_addresses_are_these_and_no_more(browser: Browser) -> None:
    assert set(PUBLIC) == {LOGIN, LOGOUT, SETUP, DEMONSTRATION, OIDC, OIDC_BACK, "/healthz"}
    assert browser().get("/healthz").json() == {"database": "ok"}


@pytest.mark.parametrize("cookie", ["", "forged", "a" * 5000])
def test_the_websocket_is_closed_before_it_opens(browser: Browser, cookie: str) -> None:
    someone = browser()
    if cookie:
        someone.cookies.set(COOKIE, cookie)
    with pytest.raises(WebSocketDisconnect) as refused:
        hears(someone)
    assert refused.value.code == CLOSED


def test_whoever_is_signed_in_is_answered_everywhere(li: Engine, browser: Browser) -> None:
    someone = browser("li")
    assert someone.get("/zone?place=baoding").text == "inside"
    assert hears(someone, origin=BASE) == "inside"
    assert someone.get("/download/policy/hebei-2020").status_code == 200


def test_the_sign_in_leads_back_to_the_page_that_was_asked_for(li: Engine, browser: Browser) -> None:
    someone, wanted = browser(), "/zone?place=baoding&year=2024&lang=en"
    led = someone.get(wanted, headers=PAGE).headers["location"]
    page = someone.get(led)
    assert "<h1>Sign in</h1>" in page.text  # In the language of the page that one came for.
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', page.text))
    assert unescape(form["next"]) == wanted
    fields = {name: unescape(value) for name, value in form.items()}
    done = someone.post(LOGIN, data={**fields, "login": "li", "password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, wanted)
    assert someone.get(wanted).text == "inside"
    assert someone.get(LOGIN, params={"next": wanted}).headers["location"] == wanted


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(li: Engine, browser: Browser) -> None:
    cookie = log_in(browser()).headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/", "max-age=43200"))
    assert "secure" not in cookie and "domain" not in cookie


def test_behind_tls_the_cookie_is_for_encrypted_connections_alone(
    li: Engine, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_PUBLIC_URL", "https://tracker.example.org")
    get_settings.cache_clear()
    someone = browser(base="https://tracker.example.org", client="10.0.0.5")
    for answer in (someone.get(LOGIN), log_in(someone), someone.post(LOGOUT)):
        assert "secure" in answer.headers["set-cookie"].lower()


def test_a_token_that_was_planted_before_the_sign_in_is_worth_nothing(li: Engine, browser: Browser) -> None:
    someone = browser()
    form = form_of(someone)
    someone.cookies.set(COOKIE, "planted")
    someone.post(LOGIN, data={**form, "login": "li", "password": PASSWORD})
    attacker = browser()
    attacker.cookies.set(COOKIE, "planted")
    assert attacker.get("/").status_code == 401
    assert whoami(li, "planted") is None


def test_signing_in_again_ends_what_the_browser_had(li: Engine, browser: Browser) -> None:
    someone = browser("li")
    first = someone.cookies[COOKIE]
    someone.cookies.delete(COOKIE)
    form = form_of(someone)
    someone.cookies.set(COOKIE, first)
    done = someone.post(LOGIN, data={**form, "login": "li", "password": PASSWORD})
    assert done.status_code == 303
    assert whoami(li, first) is None


def test_a_stolen_cookie_ends_with_the_sign_out(li: Engine, browser: Browser) -> None:
    owner, thief = browser("li"), browser()
    thief.cookies.set(COOKIE, owner.cookies[COOKIE])
    assert thief.get("/").text == "inside"
    out = owner.post(LOGOUT)
    assert (out.status_code, out.headers["location"]) == (303, LOGIN)
    assert thief.get("/").status_code == 401
    with pytest.raises(WebSocketDisconnect):
        hears(thief)


def test_a_sign_in_that_ran_out_is_none(li: Engine, browser: Browser) -> None:
    someone = browser("li")
    with li.begin() as connection:
        moment = "2026-01-01 00:00:00.000000"
        connection.execute(text("UPDATE signinsession SET seen_at = :m"), {"m": moment})
    assert someone.get("/").status_code == 401
    assert timedelta(days=1) > IDLE


def test_looking_at_the_address_of_the_sign_out_signs_nobody_out(li: Engine, browser: Browser) -> None:
    someone = browser("li")
    assert someone.get(LOGOUT).status_code == 404
    assert browser().get(LOGOUT).status_code == 401
    assert someone.get("/").text == "inside"


CROSS_SITE = (
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1:8501.evil.example"},
    {"origin": "http://[::"},
)


@pytest.mark.parametrize("headers", CROSS_SITE, ids=str)
@pytest.mark.parametrize("path", [LOGIN, LOGOUT, SETUP, DEMONSTRATION, "/_stcore/upload_file/x/y"])
def test_a_post_of_another_site_is_refused(li: Engine, browser: Browser, path: str, headers: dict[str, str]) -> None:
    someone = browser()
    form = form_of(someone)
    someone.cookies.set(COOKIE, browser("li").cookies[COOKIE])
    sent = someone.post(path, data={**form, "login": "li", "password": PASSWORD}, headers=headers)
    assert sent.status_code == 403
    assert someone.get("/").text == "inside"  # Nor was anybody signed out.


@pytest.mark.parametrize("path", [LOGIN, SETUP, DEMONSTRATION])
@pytest.mark.parametrize("csrf", ["", "forged", None])
def test_a_form_that_does_not_name_its_cookie_is_refused(
    li: Engine, browser: Browser, path: str, csrf: str | None
) -> None:
    someone = browser()
    form = form_of(someone)
    form.pop("csrf")
    fields = {**form, "login": "li", "password": PASSWORD, "person": "demo-officer"}
    sent = someone.post(path, data=fields if csrf is None else {**fields, "csrf": csrf})
    assert sent.status_code == 403
    assert COOKIE not in sent.cookies


def test_an_empty_token_with_an_empty_cookie_is_refused(li: Engine, browser: Browser) -> None:
    someone = browser()
    someone.cookies.set(CSRF, "")
    assert someone.post(LOGIN, data={"csrf": "", "login": "li", "password": PASSWORD}).status_code == 403


def test_two_open_tabs_both_work(li: Engine, browser: Browser) -> None:
    someone = browser()
    first, _second = form_of(someone), form_of(someone)
    assert someone.post(LOGIN, data={**first, "login": "li", "password": PASSWORD}).status_code == 303


ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2F/evil.example",
    "/%2f%2fevil.example",
    "%2F%2Fevil.example",
    "/%5Cevil.example",
    "/%255Cevil.example",
    "/\tevil",
    "/\n/evil.example",
    "/\x00",
    " /zone",
    "evil.example",
    "/zone/../../evil",
    "/auth/logout",
    "/_stcore/health",
    "/no-such-page",
    "/@evil.example",
    "",
)


@pytest.mark.parametrize("to", ELSEWHERE)
def test_the_sign_in_leads_nowhere_else(li: Engine, browser: Browser, to: str) -> None:
    assert safe_next(to, PAGES) == "/"
    someone = browser()
    done = log_in(someone, next=to)
    assert done.headers["location"] == "/"
    assert someone.get(LOGIN, params={"next": to}).headers["location"] == "/"


@pytest.mark.parametrize("to", ["/", "/?lang=en", "/zone?place=baoding", "/download/policy/hebei-2020", "/entry"])
def test_the_sign_in_leads_to_our_own_pages(to: str) -> None:
    assert safe_next(to, PAGES) == to


def test_what_was_typed_is_shown_as_text(li: Engine, browser: Browser) -> None:
    evil = '"><script>alert(1)</script>'
    page = log_in(browser(), login=evil, password="x", next=f"/zone?{evil}").text
    assert "<script" not in page and "&lt;script&gt;" in page


def test_a_wrong_password_says_nothing_more_and_keeps_the_login(li: Engine, browser: Browser) -> None:
    wrong, nobody = (log_in(browser(), login=login, password="x") for login in ("li", "nobody"))
    for answer in (wrong, nobody):
        assert answer.status_code == 401
        assert "账号或密码不正确。" in answer.text
        assert COOKIE not in answer.cookies
    assert 'value="li"' in wrong.text


def test_after_some_failures_one_waits_and_is_told_how_long(li: Engine, browser: Browser) -> None:
    someone = browser()
    answers = [log_in(someone, password="x") for _ in range(7)]
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    assert re.search(r"请在 \d+ 秒后再试", last.text)


def test_attempts_are_counted_by_where_the_proxy_heard_them(
    li: Engine, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_PUBLIC_URL", "https://tracker.example.org")
    monkeypatch.setenv("TRACKER_PROXY", "10.0.0.1")
    get_settings.cache_clear()

    def tried(by: str, forwarded: str) -> int:
        someone = browser(base="https://tracker.example.org", client=by)
        form = form_of(someone)
        heard = {"x-forwarded-for": forwarded}
        return someone.post(LOGIN, data={**form, "login": "li", "password": "x"}, headers=heard).status_code

    for number in range(6):  # What a visitor writes before the proxy's own entry changes nothing.
        last = tried("10.0.0.1", f"1.1.1.{number}, 203.0.113.9")
    assert tried("10.0.0.1", "1.1.1.77, 203.0.113.9") == 429 or last == 429
    assert tried("10.0.0.1", "203.0.113.10") == 401
    for number in range(7):  # Nor does it where nobody trusts who writes it.
        last = tried("10.0.0.66", f"198.51.100.{number}")
    assert last == 429


def test_a_long_form_is_not_read_to_its_end(browser: Browser) -> None:
    someone = browser()
    form = form_of(someone)
    assert someone.post(LOGIN, data={**form, "login": "x" * LONGEST_FORM}).status_code == 413
    many = "&".join(f"a{number}=1" for number in range(100))
    assert someone.post(LOGIN, content=many).status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"csrf=%ff&login=%ff", b"=&=&", b"login"])
def test_bytes_that_are_no_form_are_refused(browser: Browser, body: bytes) -> None:
    someone = browser()
    form_of(someone)
    assert someone.post(LOGIN, content=body).status_code == 403


def test_the_pages_may_not_be_framed_kept_or_run_scripts(browser: Browser) -> None:
    page = browser().get(LOGIN)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


@pytest.mark.parametrize(("lang", "title"), [("zh", "登录"), ("en", "Sign in")])
def test_the_sign_in_speaks_both_languages_and_leads_to_the_other(browser: Browser, lang: str, title: str) -> None:
    page = browser().get(LOGIN, params={"lang": lang, "next": "/zone?place=baoding"})
    assert f"<h1>{title}</h1>" in page.text
    other = "en" if lang == "zh" else "zh"
    href = unescape(re.findall(r'<a href="(/auth/login\?[^"]*)" hreflang', page.text)[0])
    assert parse_qs(urlsplit(href).query) == {"next": ["/zone?place=baoding"], "lang": [other]}


def test_each_of_the_cast_signs_in_by_one_click(own_database: Engine, browser: Browser) -> None:
    people = re.findall(r'name="person" value="([\w-]+)"', browser().get(LOGIN).text)
    assert len(people) == 7
    for person in people:
        someone = browser()
        done = someone.post(DEMONSTRATION, data={**form_of(someone), "person": person, "next": "/zone"})
        assert (done.status_code, done.headers["location"]) == (303, "/zone")
        found = whoami(own_database, done.cookies[COOKIE])
        assert found is not None and found.login == person


@pytest.mark.parametrize("why", ["another machine", "a public address", "no demonstration", "a proxy"])
def test_the_cast_is_for_this_machine_and_the_demonstration_alone(
    own_database: Engine, browser: Browser, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    someone = browser()
    form = form_of(someone)
    headers, base, client = {}, BASE, "127.0.0.1"
    if why == "no demonstration":
        monkeypatch.setenv("TRACKER_DEMONSTRATION", "false")
    elif why == "a public address":
        monkeypatch.setenv("TRACKER_PUBLIC_URL", BASE)
    elif why == "a proxy":
        headers = {"x-forwarded-for": "127.0.0.1"}
    else:
        monkeypatch.setenv("TRACKER_PUBLIC_URL", "http://10.0.0.9:8501")
        base, client = "http://10.0.0.9:8501", "10.0.0.5"
    get_settings.cache_clear()
    stranger = browser(base=base, client=client)
    stranger.cookies.set(CSRF, form["csrf"])
    sent = stranger.post(DEMONSTRATION, data={**form, "person": "demo-admin"}, headers=headers)
    assert sent.status_code == 403
    assert COOKIE not in sent.cookies
    assert "demo-" not in stranger.get(LOGIN, headers=headers).text


@pytest.mark.parametrize("person", ["li", "nobody", "", "admin"])
def test_nobody_but_the_cast_is_signed_in_without_a_password(li: Engine, browser: Browser, person: str) -> None:
    someone = browser()
    sent = someone.post(DEMONSTRATION, data={**form_of(someone), "person": person})
    assert sent.status_code == 401
    assert COOKIE not in sent.cookies


def test_the_first_administrator_is_made_by_a_link_once(own_database: Engine, browser: Browser) -> None:
    with unit_of_work(own_database) as session:
        token = first_link(session)
    someone = browser()
    fields = {"login": "boss", "name": "The Boss", "password": PASSWORD, "again": PASSWORD}
    form = form_of(someone, SETUP, token=str(token))
    wrong = someone.post(SETUP, data={**form, **fields, "again": "another"})
    assert wrong.status_code == 400 and "两次输入的密码不一致" in wrong.text and 'value="boss"' in wrong.text
    assert PASSWORD not in wrong.text
    done = someone.post(SETUP, data={**form, **fields})
    assert done.status_code == 303 and done.headers["location"].startswith(f"{LOGIN}?set=1")
    assert "密码已保存" in someone.get(done.headers["location"]).text
    again = someone.post(SETUP, data={**form, **fields, "login": "evil"})
    assert again.status_code == 404
    assert browser("boss").get("/").text == "inside"


def test_a_reset_ends_what_was_signed_in_and_its_link_works_once(li: Engine, browser: Browser) -> None:
    old = browser("li")
    with unit_of_work(li) as session:
        token = reset_link(session, ADMIN, "li")
    someone, fields = browser(), {"password": "quite another one", "again": "quite another one", "login": "evil"}
    form = form_of(someone, SETUP, token=token)
    assert someone.post(SETUP, data={**form, **fields}).status_code == 303
    assert old.get("/").status_code == 401
    assert someone.get(SETUP, params={"token": token}).status_code == 404
    assert log_in(browser(), password="quite another one").status_code == 303


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1", "\x00", "a" * 4000])
def test_a_link_that_was_made_up_is_void(browser: Browser, token: str) -> None:
    someone = browser()
    assert someone.get(f"{SETUP}?token={quote(token)}").status_code == 404
    sent = someone.post(SETUP, data={**form_of(someone), "token": token, "password": PASSWORD, "again": PASSWORD})
    assert sent.status_code == 404


def test_a_disabled_account_is_out_at_its_next_request(li: Engine, browser: Browser) -> None:
    someone = browser("li")
    with unit_of_work(li) as session:
        administering.disable(session, ADMIN, "li")
    assert someone.get("/").status_code == 401
    assert PROVINCE != ZONE_A


@pytest.mark.parametrize("path", ["/", LOGIN, "/healthz", "/download/values.csv", "/download/nothing", "/media/x"])
@pytest.mark.parametrize("login", ["", "li"])
def test_no_answer_is_shown_in_a_page_of_others_or_tells_its_address(
    li: Engine, browser: Browser, path: str, login: str
) -> None:
    headers = browser(login).get(path).headers
    assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN")
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
