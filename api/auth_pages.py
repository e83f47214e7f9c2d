"""The pages before the sign-in. Made by the server, without a script, in the looks of the product."""

from collections.abc import Iterable
from functools import cache
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from api.guard import DEMONSTRATION, LOGIN, OIDC, SETUP
from models.enums import Language, StatusClass
from storage.palette import ink, look, surface
from storage.wording import say

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTML_LANGUAGE = {Language.ZH: "zh-CN", Language.EN: "en"}

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title><style>{style}</style></head>
<body><main><header><p class="product">{product}</p><nav>{languages}</nav></header>
<h1>{heading}</h1>{lead}{problem}{body}</main></body></html>
"""
STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC",
"Noto Sans CJK SC",sans-serif}
html:lang(en) body{font-family:"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif}
main{max-width:26rem;margin:0 auto;padding:12vh 1rem 2rem}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;border-bottom:1px solid var(--line);
padding-bottom:.5rem}
.product{font-weight:600;margin:0}
nav{font-size:.875rem;white-space:nowrap}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:1.5rem;font-weight:600;margin:1.5rem 0 .25rem;line-height:1.35}
h2{font-size:1.1rem;font-weight:600;margin:2rem 0 .25rem}
p{margin:.25rem 0}
.quiet{color:var(--quiet);font-size:.875rem}
.problem{color:var(--wrong);border:1px solid;border-radius:6px;padding:.5rem .75rem;margin:.75rem 0}
label{display:block;margin:.75rem 0 .25rem;font-size:.875rem}
input{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--edge);border-radius:6px;
padding:.5rem .75rem}
button{font:inherit;cursor:pointer;border-radius:6px;padding:.5rem 1rem}
button.main{width:100%;margin-top:1.25rem;border:1px solid var(--accent);background:var(--accent);
color:var(--on-accent);font-weight:600}
input:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.other{display:block;margin-top:1.25rem;padding:.5rem 1rem;border:1px solid var(--accent);border-radius:6px;
text-align:center}
.cast{display:grid;gap:.5rem;margin-top:.5rem}
.cast button{width:100%;display:flex;justify-content:space-between;gap:1rem;background:none;color:inherit;
border:1px solid var(--line);text-align:left}
.cast button:hover{border-color:var(--accent)}
.cast .quiet{align-self:center}
"""
ON_ACCENT = {"light": "#FFFFFF", "dark": "#0E1117"}
"""Words on the accent, which is dark on a light page and light on a dark one."""

Fields = dict[str, str]


@cache
def _style() -> str:
    """The colours of the palette as the reader's device wants them, light or dark."""
    parts = []
    for theme in ("light", "dark"):
        dark = theme == "dark"
        values = {
            "ground": surface("ground", dark=dark),
            "ink": ink("text", dark=dark),
            "quiet": ink("quiet", dark=dark),
            "line": ink("grid", dark=dark),
            "edge": ink("projection", dark=dark),
            "accent": ink("path", dark=dark),
            "on-accent": ON_ACCENT[theme],
            "wrong": look(StatusClass.OFF).colour(dark=dark),
        }
        root = ":root{color-scheme:light dark;" + "".join(f"--{name}:{value};" for name, value in values.items()) + "}"
        parts.append(f"@media (prefers-color-scheme:dark){{{root}}}" if dark else root)
    return "".join(parts) + STYLE


def login_page(
    language: Language,
    hidden: Fields,
    cast: Iterable[tuple[str, str, str]] = (),
    *,
    login: str = "",
    problem: str = "",
    notice: str = "",
    elsewhere: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """The sign-in; `elsewhere` offers the one of the reader's organisation.

    `hidden` are the token against forged posts and where to go next; `cast` login, role and place.
    """
    body = _form(
        LOGIN,
        hidden | {"lang": language.value},
        _field("login", say("accounts.login", language), login, complete="username", focus=not login)
        + _field(
            "password",
            say("accounts.password", language),
            kind="password",
            complete="current-password",
            focus=bool(login),
        ),
        say("accounts.sign_in", language),
    )
    body += f'<p class="quiet">{escape(say("accounts.forgotten", language))}</p>'
    if elsewhere:
        way = f"{OIDC}?{urlencode({'next': hidden['next'], 'lang': language.value})}"
        body += f'<a class="other" href="{escape(way)}">{escape(say("accounts.oidc", language))}</a>'
    people = "".join(
        f'<button name="person" value="{escape(each)}"><span>{escape(role)}</span>'
        f'<span class="quiet">{escape(place)}</span></button>'
        for each, role, place in cast
    )
    if people:
        inputs = _hidden(hidden | {"lang": language.value})
        body += (
            f"<h2>{escape(say('accounts.cast', language))}</h2>"
            f'<p class="quiet">{escape(say("accounts.cast.note", language))}</p>'
            f'<form method="post" action="{DEMONSTRATION}">{inputs}<div class="cast">{people}</div></form>'
        )
    title = say("accounts.sign_in", language)
    return _page(LOGIN, language, title, body, hidden, lead=notice, problem=problem, status=status)


def setup_page(
    language: Language,
    hidden: Fields,
    of: str | None,
    *,
    login: str = "",
    name: str = "",
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Behind a one-time link: a password for the account `of`, or, where that is None, the first administrator."""
    fields = ""
    if of is None:
        fields += _field("login", say("accounts.login", language), login, complete="username", focus=True)
        fields += _field("name", say("accounts.name", language), name, complete="name")
    for field, key in (("password", "accounts.new_password"), ("again", "accounts.again")):
        fields += _field(field, say(key, language), kind="password", complete="new-password")
    body = _form(SETUP, hidden | {"lang": language.value}, fields, say("accounts.save", language))
    title = say("accounts.first", language) if of is None else say("accounts.set_password", language)
    lead = say("accounts.first.lead", language) if of is None else say("accounts.set_password.lead", language, login=of)
    return _page(SETUP, language, title, body, hidden, lead=lead, problem=problem, status=status)


def link_void_page(language: Language, problem: str) -> HTMLResponse:
    """A one-time link that is no longer good."""
    body = f'<p><a href="{LOGIN}">{escape(say("accounts.to_sign_in", language))}</a></p>'
    title = say("accounts.set_password", language)
    return _page(SETUP, language, title, body, {}, problem=problem, status=404)


def _page(
    path: str,
    language: Language,
    title: str,
    body: str,
    hidden: Fields,
    *,
    lead: str = "",
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    kept = {name: hidden[name] for name in ("next", "token") if hidden.get(name)}
    languages = " · ".join(
        f'<span aria-current="true">{escape(say(f"language.{each.value}", language))}</span>'
        if each is language
        else f'<a href="{path}?{escape(urlencode(kept | {"lang": each.value}))}" hreflang="{HTML_LANGUAGE[each]}">'
        f"{escape(say(f'language.{each.value}', language))}</a>"
        for each in Language
    )
    content = PAGE.format(
        lang=HTML_LANGUAGE[language],
        title=escape(say("product.title", language, screen=title)),
        product=escape(say("product.name", language)),
        style=_style(),
        languages=languages,
        heading=escape(title),
        lead=f'<p class="quiet">{escape(lead)}</p>' if lead else "",
        problem=f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else "",
        body=body,
    )
    return HTMLResponse(content, status, headers=HEADERS)


def _form(action: str, hidden: Fields, fields: str, button: str) -> str:
    inside = f'{_hidden(hidden)}{fields}<button class="main">{escape(button)}</button>'
    return f'<form method="post" action="{action}">{inside}</form>'


def _hidden(fields: Fields) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())


def _field(name: str, label: str, value: str = "", *, kind: str = "text", complete: str, focus: bool = False) -> str:
    more = " autofocus" if focus else ""
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" type="{kind}" '
        f'value="{escape(value)}" autocomplete="{complete}" autocapitalize="none" spellcheck="false" required{more}>'
    )
