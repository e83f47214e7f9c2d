"""The HTTP routes beside the screens: health, gap reports, data and policies as files."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from accounts.rights import require_somewhere
from api.asked import asked_of, language_of, person_of, snapshot_of
from exchange.values_csv import write_values
from models.enums import DataSet
from models.errors import NotAllowed, Refused, UnknownId
from models.people import Action, Person
from reports.formats import FORMATS, Format, file_name
from reports.issued import draft, rebuild
from settings import get_settings
from storage.engine import shared_engine
from storage.queries import original_bytes
from storage.translations import told
from tracking.current import visible_snapshot


def routes() -> list[Route]:
    """Every route of the product that is no screen."""
    return [
        Route("/healthz", health),
        Route("/download/report.{format}", refusing(report)),
        Route("/download/values.csv", refusing(values)),
        Route("/download/policy/{policy}", refusing(policy_text)),
        Route("/download/{rest:path}", refusing(no_such_file)),
    ]


def refusing(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Turns a refusal into a sentence with the right HTTP status."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except UnknownId as unknown:
            return PlainTextResponse(told(unknown, language_of(request.query_params)), 404)
        except NotAllowed as refused:
            return PlainTextResponse(told(refused, language_of(request.query_params)), 403)
        except Refused as refused:
            return PlainTextResponse(str(refused), 400)

    return answered


async def health(request: Request) -> Response:
    """200 while the database answers, else 503."""

    def ask() -> bool:
        try:
            with shared_engine(get_settings().database_url).connect() as connection:
                connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, Refused):
            return False
        return True

    well = await run_in_threadpool(ask)
    return JSONResponse({"database": "ok" if well else "unreachable"}, 200 if well else 503)


async def report(request: Request) -> Response:
    """A gap report: ?subject=<zone, group, region or policy>&year=&data=&lang=&method=&known=

    Or one that has a number, made again: ?number=GR-2026-000001
    """
    wanted = request.path_params["format"]
    if wanted not in FORMATS:
        raise UnknownId("file", f"report.{wanted}", [f"report.{each}" for each in FORMATS])
    content, name = await run_in_threadpool(_report, request.query_params, FORMATS[wanted], person_of(request))
    return _file(content, f"{name}.{wanted}", FORMATS[wanted].media_type)


def _report(query: Mapping[str, str], wanted: Format, person: Person) -> tuple[bytes, str]:
    """The file and its name, which says whose it is, as of when, and whether its values are made up."""
    engine = shared_engine(get_settings().database_url)
    if number := query.get("number", ""):
        built = rebuild(engine, person, number).report
    else:
        built = draft(engine, person, asked_of(query, person))
    return wanted.write(built), file_name(built)


async def values(request: Request) -> Response:
    """All values of a data set: ?data=real or demonstration."""
    snapshot = await run_in_threadpool(snapshot_of, request.query_params, person_of(request))
    content = await run_in_threadpool(write_values, snapshot)
    return _file(content, f"values-{snapshot.data_set.value}.csv", "text/csv; charset=utf-8")


async def policy_text(request: Request) -> Response:
    """A policy's document, byte for byte as it was received."""

    who = person_of(request)
    require_somewhere(who, Action.EXPORT)

    def read(policy: str) -> bytes:
        engine = shared_engine(get_settings().database_url)
        return original_bytes(engine, visible_snapshot(engine, DataSet.REAL, who).policy(policy).id)

    policy = request.path_params["policy"]
    return _file(await run_in_threadpool(read, policy), f"{policy}.txt", "text/plain; charset=utf-8")


async def no_such_file(request: Request) -> Response:
    """Everything else under /download: without it the server would answer with the page of a screen."""
    known = [*(f"report.{each}" for each in FORMATS), "values.csv", "policy/<id>"]
    raise UnknownId("file", request.path_params["rest"], known)


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
