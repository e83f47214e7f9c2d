"""The door: who is answered at all. Without a public address, this machine alone; with one, whoever asks for that."""

from functools import partial
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from models.enums import Language
from storage.wording import say

PROXIED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""What a proxy adds: behind one, everybody looks like this machine."""

ADDRESSES = "http://127.0.0.1 / http://localhost"
CLOSED = 4403
"""The code a refused websocket is closed with."""

PORTS = {"http": 80, "https": 443}


class Door:
    """Refuses pages, downloads and websockets from elsewhere, through a proxy, or under another name.

    `public` is the address that readers on other machines type; empty where this machine alone is answered. The name
    matters: a foreign page can have its own name point here and read what is answered there.
    """

    def __init__(self, app: ASGIApp, public: str = "") -> None:
        self.app = app
        self.public = urlsplit(public) if public else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or from_here(scope) or self._asked_for(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": CLOSED})
        else:
            key, addresses = ("door.other", self.public.geturl()) if self.public else ("door.closed", ADDRESSES)
            sentences = "\n".join(say(key, language, addresses=addresses) for language in Language)
            await PlainTextResponse(f"{sentences}\n", 403)(scope, receive, send)

    def _asked_for(self, scope: Scope) -> bool:
        """Whether the public address is asked for, and by its own page where a page opens a websocket."""
        if self.public is None:
            return False
        headers = Headers(scope=scope)
        origin = headers.get("origin") if scope["type"] == "websocket" else None
        split = partial(_split, scheme=self.public.scheme)
        named = [split(f"//{headers.get('host', '')}"), *([split(origin)] if origin is not None else [])]
        return all(each is not None and _place(each) == _place(self.public) for each in named)


def from_here(scope: Scope) -> bool:
    """Whether a request can only come from this machine itself, under its own name."""
    headers, client = Headers(scope=scope), scope.get("client")
    if client is None or any(name in headers for name in PROXIED):
        return False
    # Browsers name the page that opens a websocket; a program on this machine need not.
    origin = headers.get("origin") if scope["type"] == "websocket" else None
    named = [_split(f"//{headers.get('host', '')}", "http"), *([_split(origin, "http")] if origin else [])]
    places = [_place(each) if each else ("", None) for each in named]
    # The browser sends our cookie to every port of this machine: a page of another server here is a foreign page.
    own_port = len({port for _host, port in places}) == 1
    return own_port and _is_own(client[0]) and all(_is_own(host) for host, _port in places)


def address_of(scope: Scope, proxy: str) -> str:
    """Where a reader comes from: what the trusted proxy says it heard from, else who asks."""
    client = scope.get("client")
    asking = str(client[0]) if client else ""
    forwarded = Headers(scope=scope).getlist("x-forwarded-for")
    if proxy and asking == proxy and forwarded:
        # The last one was written by the proxy; those before it by whoever asked the proxy.
        return forwarded[-1].split(",")[-1].strip()
    return asking


def same_site(scope: Scope) -> bool:
    """Whether a request that changes something was made by a page of this very address.

    A program that is no browser names no page; it holds no cookie of anybody's either.
    """
    headers = Headers(scope=scope)
    if (site := headers.get("sec-fetch-site")) is not None:
        return site == "same-origin"
    origin, own = headers.get("origin"), _split(f"//{headers.get('host', '')}", "http")
    if origin is None:
        return True
    page = _split(origin, "http")
    return page is not None and own is not None and page.netloc.lower() == own.netloc.lower() != ""


def _split(address: str, scheme: str) -> SplitResult | None:
    """The parts of an address; None where it cannot be read."""
    try:
        parts = urlsplit(address, scheme)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _place(address: SplitResult) -> tuple[str, int | None]:
    """Host and port. A foreign scheme has another port, so that http is not taken for https."""
    return (address.hostname or "").lower(), address.port or PORTS.get(address.scheme)


def _is_own(host: str) -> bool:
    """Whether a name or a number can only be this machine."""
    if host == "localhost":
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return False
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return (mapped or number).is_loopback
