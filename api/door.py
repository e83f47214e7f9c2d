"""The door: until there are accounts, only this machine itself is answered, and only under its own name."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

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


class OwnMachineOnly:
    """Refuses pages, downloads and websockets from another machine, through a proxy, or under another machine's name.

    The name matters: a foreign page can have its own name point to 127.0.0.1 and read what is answered there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _from_here(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": CLOSED})
        else:
            sentences = "\n".join(say("door.closed", language, addresses=ADDRESSES) for language in Language)
            await PlainTextResponse(f"{sentences}\n", 403)(scope, receive, send)


def _from_here(scope: Scope) -> bool:
    headers, client = Headers(scope=scope), scope.get("client")
    if client is None or any(name in headers for name in PROXIED):
        return False
    # Browsers name the page that opens a websocket; a program on this machine need not.
    origin = headers.get("origin") if scope["type"] == "websocket" else None
    named = [f"//{headers.get('host', '')}", *([origin] if origin else [])]
    return _is_own(client[0]) and all(_is_own(_host(address)) for address in named)


def _host(address: str) -> str:
    """The host of an address, without port and brackets; empty where it cannot be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


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
