"""The routes without the screens: a client on this machine that asks the founding database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from accounts import administering, demonstration, passwords
from accounts.administering import use_link
from accounts.sessions import COOKIE, Visitor, seen, sign_in, whoami
from api.auth import auth_routes
from api.door import Door
from api.guard import Guard
from api.pages import KnownPages
from api.routes import routes
from models.people import Grant, Person
from settings import get_settings
from storage.engine import shared_engine, unit_of_work
from tests.cast import ADMIN, EVERYBODY
from views.screens import SCREENS

BASE = "http://127.0.0.1:8501"
PASSWORD = "correct horse battery"


@pytest.fixture
def client(settings_of_founding: str) -> TestClient:
    """A client of the routes alone, for somebody who may do everything everywhere."""
    return client_of(EVERYBODY)


def client_of(person: Person | None) -> TestClient:
    """A client of the routes alone, behind a guard that found out who asks."""
    inner = Starlette(routes=routes())

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await inner({**scope, "person": person} if person else scope, receive, send)

    return TestClient(app, base_url=BASE)


@pytest.fixture
def own_database(founding_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A copy of the founding database that a test may change, with the cast in it; hashes cost little."""
    file = tmp_path / "tracker.db"
    shutil.copy(founding_database.removeprefix("sqlite:///"), file)
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()
    get_settings.cache_clear()
    engine = shared_engine(f"sqlite:///{file}")
    with unit_of_work(engine) as session:
        demonstration.provide(session, wanted=True)
    yield engine
    passwords._nobodys.cache_clear()
    get_settings.cache_clear()


def make_account(engine: Engine, login: str, *grants: Grant) -> None:
    """An account with the password of the tests."""
    with unit_of_work(engine) as session:
        administering.add(session, ADMIN, login, login)
        for each in grants:
            administering.grant(session, ADMIN, login, each.role, each.place)
        token = administering.reset_link(session, ADMIN, login)
        use_link(session, token, passwords.hashed(PASSWORD, login))


Browser = Callable[..., TestClient]


@pytest.fixture
def browser(own_database: Engine) -> Browser:
    """browser(): a new browser at the whole product but the screens; browser("li"): one where li is signed in."""

    async def inside(request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    async def stream(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("inside")
        await websocket.close()

    def known(token: str | None) -> Person | None:
        seen(own_database, token)
        return whoami(own_database, token)

    def opened(login: str = "", *, base: str = BASE, client: str = "127.0.0.1") -> TestClient:
        app = Starlette(
            routes=[
                *auth_routes(SCREENS),
                *routes(),
                WebSocketRoute("/_stcore/stream", stream),
                Route("/{rest:path}", inside, methods=["GET", "POST", "PUT", "DELETE"]),
            ],
            middleware=[
                Middleware(Door, public=get_settings().public_url),
                Middleware(Guard, whoami=known),
                Middleware(KnownPages, screens=SCREENS),
            ],
        )
        made = TestClient(app, base_url=base, client=(client, 50000), follow_redirects=False)
        if login:
            made.cookies.set(COOKIE, sign_in(own_database, login, PASSWORD, Visitor(client)))
        return made

    return opened
