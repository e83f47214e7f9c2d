"""A page for an address that is no screen: it says so and offers the screens there are."""

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.asked import language_of
from storage.nearest import nearest
from storage.wording import say

OTHERS = ("_stcore", "auth", "component", "download", "healthz", "media", "static")
"""First parts of addresses that are answered without being a screen."""

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{font:15px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;
margin:4rem auto;max-width:40rem;padding:0 1rem}}h1{{font-size:1.5rem}}</style>
<h1>{title}</h1><p>{words}</p><p>{offer}</p><ul>{screens}</ul></html>
"""


class KnownPages:
    """Answers 404 for a page that is asked for under an unknown address; the server behind would show a screen."""

    def __init__(self, app: ASGIApp, screens: Sequence[tuple[str, str, str]]) -> None:
        self.app = app
        self.screens = {path: key for key, _file, path in screens}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_unknown(scope):
            await self._missing(scope)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_unknown(self, scope: Scope) -> bool:
        """Only what a browser asks for as a page: scripts probe other addresses, and files have an ending."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            return False
        path = scope["path"].strip("/")
        return path not in self.screens and path.split("/")[0] not in OTHERS and "." not in path

    def _missing(self, scope: Scope) -> HTMLResponse:
        query = {name: found[0] for name, found in parse_qs(scope["query_string"].decode("latin-1")).items()}
        language, path = language_of(query), scope["path"].strip("/")
        near = nearest(path, [each for each in self.screens if each])
        names = {each: escape(say(f"screen.{self.screens[each]}", language)) for each in near or self.screens}
        screens = "".join(f'<li><a href="/{e}?lang={language.value}">{name}</a></li>' for e, name in names.items())
        words = {
            "lang": language.value,
            "title": escape(say("unknown.title", language)),
            "words": escape(say("unknown.page", language, wanted=f"/{path}")),
            "offer": escape(say("unknown.nearest" if near else "unknown.pages", language)),
        }
        return HTMLResponse(PAGE.format(**words, screens=screens), 404)
