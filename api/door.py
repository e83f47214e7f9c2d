"""The door: until there are accounts, only this machine itself is answered."""

from ipaddress import ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from models.enums import Language
from storage.wording import say


class OwnMachineOnly:
    """Refuses pages, downloads and websockets that come from another machine, or through a proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _from_here(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403})
        else:
            refusal = "\n".join(say("foot.local", language) for language in Language)
            await PlainTextResponse(refusal, 403)(scope, receive, send)


def _from_here(scope: Scope) -> bool:
    client = scope.get("client")
    if client is None:
        return False
    forwarded = any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"])
    try:
        return ip_address(client[0]).is_loopback and not forwarded
    except ValueError:
        return False
