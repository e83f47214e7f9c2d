"""Signing in and out, and the one-time links, over HTTP. What a browser sends is believed nowhere."""

import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from accounts import passwords
from accounts.administering import link_of, use_link
from accounts.demonstration import cast
from accounts.sessions import COOKIE, LONGEST, Visitor, sign_in, sign_in_as, sign_in_vouched, sign_out, whoami
from api.asked import language_of
from api.auth_pages import link_void_page, login_page, setup_page
from api.door import address_of, from_here
from api.guard import DEMONSTRATION, LOGIN, LOGOUT, OIDC, OIDC_BACK, SETUP
from api.oidc import FLOW, come_back, leave, provider_of
from models import Place
from models.enums import Language
from models.errors import AccountRefused
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from storage.translations import told
from storage.wording import say

CSRF = "tracker_form"
"""The cookie that a form must name again: another site can neither read nor set it."""

LONGEST_FORM = 16_384
"""Bytes of a form; a longer one is not read to its end."""

OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""An address of our own. Browsers read a backslash as a slash, and // as the beginning of another host."""

Answer = Callable[[Request], Awaitable[Response]]


def auth_routes(screens: Sequence[tuple[str, str, str]]) -> list[Route]:
    """The routes that are open to those who are not signed in. `screens` are the pages one may be led back to."""
    pages = frozenset(path for _key, _file, path in screens)

    def led(answer: Callable[[Request, frozenset[str]], Awaitable[Response]]) -> Answer:
        async def answered(request: Request) -> Response:
            return await answer(request, pages)

        return answered

    return [
        Route(LOGIN, led(show_login)),
        Route(LOGIN, led(post_login), methods=["POST"]),
        Route(DEMONSTRATION, led(post_demonstration), methods=["POST"]),
        Route(LOGOUT, post_logout, methods=["POST"]),
        Route(SETUP, show_setup),
        Route(SETUP, post_setup, methods=["POST"]),
        Route(OIDC, led(show_oidc)),
        Route(OIDC_BACK, led(show_oidc_back)),
        Route("/auth/{rest:path}", nothing_there),
    ]


def safe_next(given: str, pages: frozenset[str]) -> str:
    """Where to go after the sign-in: a screen or a download of this product; anything else is the first screen."""
    for seen in (given, unquote(given), unquote(unquote(given))):
        if not OWN.fullmatch(seen) or "/.." in seen:
            return "/"
    path = urlsplit(given).path
    return given if path.strip("/") in pages or path.startswith("/download/") else "/"


async def show_login(request: Request, pages: frozenset[str]) -> Response:
    """The form; whoever is signed in already is led on."""
    to = safe_next(request.query_params.get("next", ""), pages)
    if await run_in_threadpool(whoami, _engine(), request.cookies.get(COOKIE)):
        return RedirectResponse(to, 303)
    notice = "accounts.notice.set" if "set" in request.query_params else ""
    return await _login(request, to, notice=notice)


async def post_login(request: Request, pages: frozenset[str]) -> Response:
    """Signs in, with a token that did not exist before."""
    form = await _form(request)
    if isinstance(form, Response):
        return form
    to, login = safe_next(form.get("next", ""), pages), form.get("login", "")
    try:
        token = await run_in_threadpool(sign_in, _engine(), login, form.get("password", ""), _visitor(request))
    except AccountRefused as refused:
        return await _login(request, to, form, login=login, refused=refused)
    return _signed_in(request, to, token)


async def post_demonstration(request: Request, pages: frozenset[str]) -> Response:
    """Signs in as one of the cast: at this machine itself, while it serves nobody else and has demonstration values."""
    form = await _form(request)
    if isinstance(form, Response):
        return form
    to = safe_next(form.get("next", ""), pages)
    if not _offers_cast(request):
        return PlainTextResponse(say("accounts.no_cast", _language(request, form)), 403)
    try:
        token = await run_in_threadpool(sign_in_as, _engine(), form.get("person", ""), _visitor(request))
    except AccountRefused as refused:
        return await _login(request, to, form, refused=refused)
    return _signed_in(request, to, token)


async def show_oidc(request: Request, pages: frozenset[str]) -> Response:
    """Leads to the sign-in of the reader's organisation, where one is set."""
    provider = provider_of(get_settings())
    if provider is None:
        return await nothing_there(request)
    to = safe_next(request.query_params.get("next", ""), pages)
    try:
        return await leave(provider, to, secure=_secure(request))
    except AccountRefused as refused:
        return await _login(request, to, refused=refused)


async def show_oidc_back(request: Request, pages: frozenset[str]) -> Response:
    """Signs in whom the organisation vouches for, under the local account of that login."""
    provider = provider_of(get_settings())
    if provider is None:
        return await nothing_there(request)
    to = "/"
    try:
        login, wanted = await come_back(provider, request)
        to = safe_next(wanted, pages)
        token = await run_in_threadpool(sign_in_vouched, _engine(), login, _visitor(request))
    except AccountRefused as refused:
        answer = await _login(request, to, refused=refused)
    else:
        answer = _signed_in(request, to, token)
    answer.delete_cookie(FLOW, path=OIDC, httponly=True, samesite="lax", secure=_secure(request))
    return answer


async def post_logout(request: Request) -> Response:
    """Ends the session in the database and takes the cookie away."""
    await run_in_threadpool(sign_out, _engine(), request.cookies.get(COOKIE))
    answer = RedirectResponse(LOGIN, 303, headers={"Cache-Control": "no-store"})
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=_secure(request))
    return answer


async def show_setup(request: Request) -> Response:
    """The form behind a one-time link; looking at it does not use it up."""
    language, token = _language(request), request.query_params.get("token", "")

    def wanted() -> str | None:
        with reading(_engine()) as session:
            return link_of(session, token).login

    try:
        of = await run_in_threadpool(wanted)
    except AccountRefused as refused:
        return link_void_page(language, told(refused, language))
    csrf = _csrf(request)
    return _with_csrf(request, setup_page(language, {"csrf": csrf, "token": token}, of), csrf)


async def post_setup(request: Request) -> Response:
    """Sets the password, and leads to the sign-in."""
    form = await _form(request)
    if isinstance(form, Response):
        return form
    language, token, csrf = _language(request, form), form.get("token", ""), _csrf(request)
    of: str | None = None

    def done() -> None:
        nonlocal of
        with reading(_engine()) as session:
            of = link_of(session, token).login
        login = form.get("login", "").strip() if of is None else of
        if form.get("password") != form.get("again"):
            raise AccountRefused("again", "The two passwords are not the same.")
        made = passwords.hashed(form.get("password", ""), login)
        with unit_of_work(_engine()) as session:
            use_link(session, token, made, login, form.get("name", ""))

    try:
        await run_in_threadpool(done)
    except AccountRefused as refused:
        problem = told(refused, language)
        if refused.kind == "link":
            return link_void_page(language, problem)
        typed = {"login": form.get("login", ""), "name": form.get("name", "")} if of is None else {}
        page = setup_page(language, {"csrf": csrf, "token": token}, of, problem=problem, status=400, **typed)
        return _with_csrf(request, page, csrf)
    return RedirectResponse(f"{LOGIN}?set=1&lang={language.value}", 303)


async def nothing_there(request: Request) -> Response:
    """Everything else under /auth: without it the server would answer with the page of a screen."""
    return PlainTextResponse(say("unknown.page", _language(request), wanted=request.url.path), 404)


async def _login(
    request: Request,
    to: str,
    form: dict[str, str] | None = None,
    *,
    login: str = "",
    notice: str = "",
    refused: AccountRefused | None = None,
) -> Response:
    language, csrf = _language(request, form or {}, to), _csrf(request)
    page = login_page(
        language,
        {"csrf": csrf, "next": to},
        await run_in_threadpool(_cast, language) if _offers_cast(request) else (),
        login=login,
        problem=told(refused, language) if refused else "",
        notice=say(notice, language) if notice else "",
        elsewhere=provider_of(get_settings()) is not None,
        status=200 if refused is None else 429 if refused.seconds else 401,
    )
    if refused is not None and refused.seconds:
        page.headers["Retry-After"] = str(refused.seconds)
    return _with_csrf(request, page, csrf)


def _cast(language: Language) -> list[tuple[str, str, str]]:
    """Login, role and place of each of the cast, in a language."""
    with reading(_engine()) as session:
        found = []
        for login, own in cast(session):
            place = session.get(Place, own.place)
            role = say(f"person_role.{own.role.value}", language)
            found.append((login, role[:1].upper() + role[1:], getattr(place, language.value)))
        return found


def _offers_cast(request: Request) -> bool:
    settings = get_settings()
    return settings.demonstration and not settings.public_url and from_here(request.scope)


async def _form(request: Request) -> dict[str, str] | Response:
    """The fields of a form; a refusal where it is too long, or does not name the token that its page was given."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return PlainTextResponse(say("accounts.form_long", _language(request)), 413)
    try:
        given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return PlainTextResponse(say("accounts.form_long", _language(request)), 413)
    form = {name: values[0] for name, values in given.items()}
    kept, named = request.cookies.get(CSRF, ""), form.get("csrf", "")
    if not kept or not secrets.compare_digest(kept.encode(), named.encode()):
        return PlainTextResponse(say("accounts.form_old", _language(request, form)), 403)
    return form


def _csrf(request: Request) -> str:
    """The token of this browser's forms: the one it has, so that two open tabs both work."""
    return request.cookies.get(CSRF) or secrets.token_urlsafe(32)


def _with_csrf(request: Request, page: Response, csrf: str) -> Response:
    page.set_cookie(CSRF, csrf, path="/auth/", httponly=True, samesite="strict", secure=_secure(request))
    return page


def _signed_in(request: Request, to: str, token: str) -> Response:
    answer = RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})
    age, secure = int(LONGEST.total_seconds()), _secure(request)
    answer.set_cookie(COOKIE, token, max_age=age, path="/", httponly=True, samesite="lax", secure=secure)
    return answer


def _secure(request: Request) -> bool:
    """Whether the cookie is for encrypted connections alone: always, but at this machine itself."""
    return get_settings().public_url.startswith("https://") and not from_here(request.scope)


def _visitor(request: Request) -> Visitor:
    return Visitor(
        address_of(request.scope, str(get_settings().proxy)),
        request.headers.get("user-agent", ""),
        request.cookies.get(COOKIE, ""),
    )


def _language(request: Request, form: dict[str, str] | None = None, to: str = "") -> Language:
    """The language asked for; else the one of the page that one came for."""
    came_for = {name: found[0] for name, found in parse_qs(urlsplit(to).query).items()}
    return language_of({**came_for, **request.query_params, **(form or {})})


def _engine() -> Engine:
    return shared_engine(get_settings().database_url)
