"""The HTTP routes beside the screens: health, gap reports, data and policies as files."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from exchange.values_csv import write_values
from models.enums import DataSet, Language, Method
from models.errors import Refused, UnknownId
from reports.formats import FORMATS, Format
from reports.gap_report import Subject, build_report
from settings import get_settings
from storage.engine import shared_engine
from storage.queries import original_bytes
from tracking.current import current_snapshot


def routes() -> list[Route]:
    """Every route of the product that is no screen."""
    return [
        Route("/healthz", health),
        Route("/download/report.{format}", refusing(report)),
        Route("/download/values.csv", refusing(values)),
        Route("/download/policy/{policy}", refusing(policy_text)),
    ]


def refusing(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Turns a refusal into a sentence with the right HTTP status."""

    async def told(request: Request) -> Response:
        try:
            return await answer(request)
        except UnknownId as unknown:
            return PlainTextResponse(str(unknown), 404)
        except (Refused, ValueError) as refused:
            return PlainTextResponse(str(refused), 400)

    return told


async def health(request: Request) -> Response:
    """200 while the database answers, else 503."""

    def ask() -> bool:
        try:
            with shared_engine(get_settings().database_url).connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    well = await run_in_threadpool(ask)
    return JSONResponse({"database": "ok" if well else "unreachable"}, 200 if well else 503)


async def report(request: Request) -> Response:
    """A gap report: ?subject=<zone, group, region or policy>&year=&data=&lang=&method="""
    wanted = FORMATS.get(request.path_params["format"])
    if wanted is None:
        raise Refused(f"A gap report is written as {' or '.join(FORMATS)}.")
    content, name = await run_in_threadpool(_report, request.query_params, wanted)
    return _file(content, f"{name}.{request.path_params['format']}", wanted.media_type)


def _report(query: Mapping[str, str], wanted: Format) -> tuple[bytes, str]:
    given = dict(query)
    data_set = DataSet(given.get("data", DataSet.REAL))
    language = Language(given.get("lang", get_settings().language))
    snapshot = current_snapshot(shared_engine(get_settings().database_url), data_set)
    subject = Subject.find(snapshot, given.get("subject", ""))
    method = Method(given.get("method", Method.LINEAR))
    built = build_report(snapshot, subject, int(given.get("year", "")), language, method)
    return wanted.write(built), f"{getattr(subject, language.value)}-{built.as_of}"


async def values(request: Request) -> Response:
    """All values of a data set: ?data=real or demonstration."""
    data_set = DataSet(request.query_params.get("data", DataSet.REAL))
    snapshot = await run_in_threadpool(current_snapshot, shared_engine(get_settings().database_url), data_set)
    content = await run_in_threadpool(write_values, snapshot)
    return _file(content, f"values-{data_set.value}.csv", "text/csv; charset=utf-8")


async def policy_text(request: Request) -> Response:
    """A policy's document, byte for byte as it was received."""
    policy = request.path_params["policy"]
    engine = shared_engine(get_settings().database_url)
    content = await run_in_threadpool(original_bytes, engine, policy)
    return _file(content, f"{policy}.txt", "text/plain; charset=utf-8")


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
