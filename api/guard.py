"""The guard: pages, media, uploads, downloads and the websocket are for those who are signed in."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts.sessions import COOKIE
from api.door import same_site
from models.enums import Language
from models.people import Person
from storage.wording import say

LOGIN, LOGOUT, SETUP, DEMONSTRATION = "/auth/login", "/auth/logout", "/auth/setup", "/auth/demonstration"
OIDC, OIDC_BACK = "/auth/oidc", "/auth/oidc/back"
CLOSED = 4401
"""The code a websocket is closed with when nobody is signed in."""

READS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM = frozenset({"GET", "HEAD", "POST"})
POST = frozenset({"POST"})
GET = frozenset({"GET"})
PUBLIC = {
    LOGIN: FORM,
    LOGOUT: POST,
    SETUP: FORM,
    DEMONSTRATION: POST,
    OIDC: GET,
    OIDC_BACK: GET,
    "/healthz": READS,
}
"""All that is answered without a sign-in, as whole addresses with their methods: nothing below or beside them."""


SEALED = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""What every answer says to a browser: not within pages of others, as what it is, and its address to nobody."""


class Guard:
    """Finds out who asks, by the database, for each request and each websocket; `scope["person"]` says it on.

    Whatever changes something must come from a page of our own, signed in or not.
    """

    def __init__(self, app: ASGIApp, whoami: Callable[[str | None], Person | None]) -> None:
        self.app, self.whoami = app, whoami

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        send = _sealing(send)
        if scope["type"] == "http" and scope["method"] not in READS and not same_site(scope):
            sentences = "\n".join(say("accounts.cross_site", language) for language in Language)
            await PlainTextResponse(f"{sentences}\n", 403)(scope, receive, send)
            return
        if scope["type"] == "http" and scope["method"] in PUBLIC.get(scope["path"], ()):
            await self.app(scope, receive, send)
            return
        person = await run_in_threadpool(self.whoami, HTTPConnection(scope).cookies.get(COOKIE))
        if person is not None:
            await self.app({**scope, "person": person}, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": CLOSED})
        else:
            await _sign_in_first(scope)(scope, receive, send)


def _sealing(send: Send) -> Send:
    """Adds what every answer says, where the answer does not say it more strictly itself."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SEALED.items():
                headers.setdefault(name, value)
        await send(message)

    return sealed


def _sign_in_first(scope: Scope) -> Response:
    """A reader is led to the sign-in and from there back; a program is told."""
    if scope["method"] in READS and "text/html" in Headers(scope=scope).get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"{LOGIN}?next={quote(wanted, safe='')}", 303, headers={"Cache-Control": "no-store"})
    sentences = "\n".join(say("accounts.sign_in_first", language) for language in Language)
    return PlainTextResponse(f"{sentences}\n", 401, headers={"Cache-Control": "no-store"})
