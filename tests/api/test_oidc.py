"""Signing in at an OpenID Connect provider: a real one in this process, and one that lies."""

import base64
import hmac
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from oidc_provider_mock import User, run_server_in_thread
from sqlalchemy import Engine
from starlette.testclient import TestClient

from accounts import administering, oidc
from accounts.oidc import Flow, Provider, login_of
from accounts.sessions import COOKIE, whoami
from api.guard import LOGIN, OIDC, OIDC_BACK
from api.oidc import FLOW
from models.errors import AccountRefused
from models.people import Grant, PersonRole
from settings import get_settings
from storage.engine import unit_of_work
from tests.api.conftest import BASE, Browser, make_account
from tests.cast import ADMIN, ZONE_A

USERS = (
    User(sub="1", claims={"preferred_username": "li", "email": "li@example.org", "email_verified": True}),
    User(sub="2", claims={"preferred_username": "stranger"}),
    User(sub="3", claims={"preferred_username": "demo-admin"}),
    User(sub="4", claims={}),
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(user_claims=USERS) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def offered(own_database: Engine, issuer: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The product with this provider, and an account of `li`."""
    for name, value in {"ISSUER": issuer, "CLIENT": "tracker", "SECRET": "s"}.items():
        monkeypatch.setenv(f"TRACKER_OIDC_{name}", value)
    get_settings.cache_clear()
    make_account(own_database, "li", Grant(PersonRole.CLERK, ZONE_A))
    return own_database


def at_the_provider(address: str, sub: str) -> str:
    """Signs in at the provider; the address that it leads back to comes back, behind the host."""
    back = httpx2.post(address, data={"sub": sub}).headers["location"]
    assert back.startswith(f"{BASE}{OIDC_BACK}?")
    return back.removeprefix(BASE)


def left(browser: TestClient, to: str = "/") -> str:
    answer = browser.get(OIDC, params={"next": to})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_whom_the_provider_vouches_for_is_signed_in_and_back_on_the_page(offered: Engine, browser: Browser) -> None:
    someone = browser()
    assert f'href="{OIDC}?' in someone.get(LOGIN).text
    answer = someone.get(at_the_provider(left(someone, "/zone?place=baoding"), "1"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/zone?place=baoding")
    person = whoami(offered, someone.cookies[COOKIE])
    assert person is not None and (person.login, person.grants) == ("li", (Grant(PersonRole.CLERK, ZONE_A),))
    assert FLOW not in someone.cookies
    assert "httponly" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(("sub", "told"), [("2", "此处没有您的账号"), ("3", "此处没有您的账号"), ("4", "未成功")])
def test_whoever_has_no_account_gets_none(offered: Engine, browser: Browser, sub: str, told: str) -> None:
    someone = browser()
    answer = someone.get(at_the_provider(left(someone), sub))
    assert answer.status_code == 401 and told in answer.text
    assert COOKIE not in someone.cookies


def test_a_disabled_account_is_not_signed_in(offered: Engine, browser: Browser) -> None:
    with unit_of_work(offered) as session:
        administering.disable(session, ADMIN, "li")
    someone = browser()
    assert someone.get(at_the_provider(left(someone), "1")).status_code == 401
    assert COOKIE not in someone.cookies


def test_an_answer_is_good_once_and_in_the_browser_that_asked(offered: Engine, browser: Browser) -> None:
    asking, other = browser(), browser()
    back = at_the_provider(left(asking), "1")
    assert other.get(back).status_code == 401  # A link that somebody else was sent: no session of theirs is planted.
    left(other)
    assert other.get(back).status_code == 401
    assert asking.get(back).status_code == 303
    asking.cookies.delete(COOKIE)
    assert asking.get(back).status_code == 401


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/%5Cevil.example"])
def test_it_leads_nowhere_else(offered: Engine, browser: Browser, to: str) -> None:
    someone = browser()
    assert someone.get(at_the_provider(left(someone, to), "1")).headers["location"] == "/"
    someone = browser()
    address = left(someone)
    forged = bytes.fromhex(someone.cookies[FLOW]).replace(b'"next": "/"', f'"next": "{to}"'.encode()).hex()
    someone.cookies.set(FLOW, forged, path=OIDC)
    assert someone.get(at_the_provider(address, "1")).headers.get("location", "/") == "/"


@pytest.mark.parametrize("query", ["", "?code=x", "?state=&code=", "?state=x&code=y", "?error=access_denied&state=x"])
@pytest.mark.parametrize("cookie", ["", "zz", "7b7d", "5b5d", "6e756c6c"])
def test_what_is_no_answer_is_refused(offered: Engine, browser: Browser, query: str, cookie: str) -> None:
    someone = browser()
    someone.cookies.set(FLOW, cookie)
    assert someone.get(f"{OIDC_BACK}{query}").status_code == 401
    assert COOKIE not in someone.cookies


def test_without_a_provider_there_is_no_such_address(own_database: Engine, browser: Browser) -> None:
    for path in (OIDC, OIDC_BACK):
        assert browser().get(path).status_code == 404
    assert OIDC not in browser().get(LOGIN).text


def test_a_provider_that_is_away_is_told_and_passwords_still_work(
    offered: Engine, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_OIDC_ISSUER", "http://127.0.0.1:1")
    get_settings.cache_clear()
    answer = browser().get(OIDC)
    assert "暂时无法连接" in answer.text and 'name="password"' in answer.text


ISSUER = "https://id.example"
OURS = Provider(ISSUER, "tracker", "s", "preferred_username", f"{BASE}{OIDC_BACK}")
FLOW_OF_OURS = Flow("state", "nonce", "verifier")
KEY, FOREIGN = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})
GOOD = {"iss": ISSUER, "aud": "tracker", "sub": "1", "nonce": "nonce", "preferred_username": "li"}


@pytest.fixture
def lying(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """lying(token, metadata...): a provider that gives this token."""

    def tells(token: str, userinfo: dict[str, Any] | None = None, **metadata: object) -> None:
        known = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/a",
            "token_endpoint": f"{ISSUER}/t",
            "jwks_uri": f"{ISSUER}/k",
            "userinfo_endpoint": f"{ISSUER}/u",
            **metadata,
        }
        answers = {
            "/.well-known/openid-configuration": known,
            "/t": {"id_token": token, "access_token": "a"},
            "/k": KeySet([KEY]).as_dict(),
            "/u": userinfo or {},
        }

        def answer(request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200, json=answers[request.url.path])

        monkeypatch.setattr(oidc, "_client", lambda: httpx2.Client(transport=httpx2.MockTransport(answer)))

    return tells


def token(key: Any = KEY, algorithm: str = "RS256", **changes: object) -> str:
    now = int(time.time())
    claims = {**GOOD, "iat": now, "exp": now + 300, **changes}
    known = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": algorithm, "kid": "1"}, known, key, algorithms=[algorithm])


ANSWER = {"state": "state", "code": "c"}


def test_a_good_token_names_the_login(lying: Callable[..., None]) -> None:
    lying(token())
    assert login_of(OURS, FLOW_OF_OURS, ANSWER) == "li"


@pytest.mark.parametrize(
    "bad",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"azp": "another"},
        {"preferred_username": None},
        {"preferred_username": ["li"]},
        {"preferred_username": ""},
    ],
)
def test_a_token_that_is_not_for_us_and_now_is_refused(lying: Callable[..., None], bad: dict[str, object]) -> None:
    lying(token(**bad))  # type: ignore[arg-type]
    with pytest.raises(AccountRefused):
        login_of(OURS, FLOW_OF_OURS, ANSWER)


def test_a_token_that_the_provider_did_not_sign_is_refused(lying: Callable[..., None]) -> None:
    head, body, _signature = token().split(".")
    shared_head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"1"}').rstrip(b"=").decode()
    by_public_key = hmac.digest(KEY.as_pem(private=False), f"{shared_head}.{body}".encode(), "sha256")
    shared = f"{shared_head}.{body}.{base64.urlsafe_b64encode(by_public_key).rstrip(b'=').decode()}"
    unsigned = "eyJhbGciOiJub25lIn0"  # {"alg": "none"}
    for forged in (token(FOREIGN), shared, f"{unsigned}.{body}.", f"{head}.{body}.", "", "x", "a.b.c"):
        lying(forged)
        with pytest.raises(AccountRefused):
            login_of(OURS, FLOW_OF_OURS, ANSWER)


def test_another_state_is_refused_before_anybody_is_asked() -> None:
    for state in ("", "another", "stat"):
        with pytest.raises(AccountRefused):
            login_of(OURS, FLOW_OF_OURS, {"state": state, "code": "c"})


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://id.example/t"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": None},
    ],
)
def test_a_provider_that_is_another_or_not_encrypted_is_not_used(
    lying: Callable[..., None], metadata: dict[str, object]
) -> None:
    lying(token(), **metadata)
    with pytest.raises(AccountRefused):
        login_of(OURS, FLOW_OF_OURS, ANSWER)


def test_what_the_provider_says_beside_the_token_must_be_of_the_same_person(lying: Callable[..., None]) -> None:
    lying(token(preferred_username=None), {"sub": "1", "preferred_username": "li"})
    assert login_of(OURS, FLOW_OF_OURS, ANSWER) == "li"
    lying(token(preferred_username=None), {"sub": "2", "preferred_username": "li"})
    with pytest.raises(AccountRefused):
        login_of(OURS, FLOW_OF_OURS, ANSWER)


@pytest.mark.parametrize(("verified", "taken"), [(True, True), (False, False), (None, False), ("true", False)])
def test_an_address_counts_only_where_it_was_verified(
    lying: Callable[..., None], verified: object, taken: bool
) -> None:
    by_email = Provider(ISSUER, "tracker", "s", "email", OURS.back)
    lying(token(email="li@example.org", email_verified=verified))
    if taken:
        assert login_of(by_email, FLOW_OF_OURS, ANSWER) == "li@example.org"
    else:
        with pytest.raises(AccountRefused):
            login_of(by_email, FLOW_OF_OURS, ANSWER)
