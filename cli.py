"""The product on the command line: the same uses as on the screens, without a browser."""

import csv
import gc
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlmodel import Session

from accounts import administering, demonstration
from exchange.candidates import explanation, line_of, read_file, row_of
from exchange.model_proposals import Endpoint, propose_by_model
from exchange.notice_mail import Server, mail_all, sending
from models.assessment import FIGURES
from models.calendar import end_of, today
from models.enums import DataSet, Language, Method
from models.errors import DocumentRefused, Refused, TrackerError
from models.extraction import Candidate, Metadata, SourceText, Tier
from models.people import Grant, Person, PersonRole
from reports import issued
from reports.formats import FORMATS, write_all
from reports.gap_report import Report
from reports.issued import Asked
from settings import get_settings
from storage.datacheck import check_data
from storage.datafiles import DataFiles, DataProblem, read_data
from storage.engine import make_engine, unit_of_work
from storage.load import load
from storage.migrate import require_current, upgrade
from storage.queries import Snapshot, read_snapshot
from targets.assessment.cases import CaseProblem, run_cases
from targets.extraction import extract as propose
from tracking.board import BoardRow, build_board
from tracking.evidence import evidence_of
from tracking.format import inert
from tracking.membership import inside
from tracking.record import figures_of, record_of

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)

EVALUATED = [
    *"target version policy indicator place place_name role unit data as_of method verdict".split(),
    *FIGURES,
    *"nominal age quote quote_start quote_end observations addresses".split(),
]
"""The columns of `evaluate --format csv`; docs/exports.md says what each holds."""

ALL = "zip"
ENDINGS = " or ".join(f".{each}" for each in (*FORMATS, ALL))
OPERATOR = Person(
    "(command line)", "(command line)", tuple(Grant(role, "100000") for role in (PersonRole.ADMIN, PersonRole.VIEWER))
)
"""Whoever can run a command has the database in hand anyway. No login can be spelled like this."""

REFUSED = 2
"""The exit status of a command that could not do what it was asked."""


@contextmanager
def _told() -> Iterator[None]:
    """A refusal becomes one sentence on standard error, not a traceback."""
    try:
        yield
    except TrackerError as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(REFUSED) from None


def _checked(folder: Path | None = None) -> tuple[DataFiles, list[DataProblem]]:
    settings = get_settings()
    files, problems = read_data(folder or settings.data_dir, demonstration=settings.demonstration)
    return files, sorted(problems + check_data(files))


def _report_problems(problems: list[DataProblem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"{len(problems)} problem(s); nothing was loaded.", err=True)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="The data folder; default: the product's own")] = None,
) -> None:
    """Checks the data files and names every problem with file, line and field."""
    with _told():
        files, problems = _checked(folder)
    if problems:
        _report_problems(problems)
        raise typer.Exit(REFUSED)
    targets = sum(len(policy.targets) for policy in files.policies)
    typer.echo(
        f"No problems: {len(files.policies)} policies, {targets} targets, {len(files.published)} published values."
    )


@app.command()
def init() -> None:
    """Brings the database up to date and loads the data files. Running it again changes nothing."""
    with _told():
        settings = get_settings()
        files, problems = _checked()
        if problems:
            _report_problems(problems)
            raise typer.Exit(REFUSED)
        engine = make_engine(settings.database_url)
        upgrade(engine)
        typer.echo(load(engine, files, demonstration=settings.demonstration))
        with unit_of_work(engine) as session:
            demonstration.provide(session, wanted=settings.demonstration)


@app.command()
def assess(
    cases: Annotated[Path, typer.Argument(help="A file with one case a line, as JSON; - for standard input")],
) -> None:
    """Judges worked cases: one JSON object a line in, one assessment a line out."""
    failed = False
    with _told():
        for found in run_cases(_lines(cases)):
            if isinstance(found, CaseProblem):
                typer.echo(str(found), err=True)
                failed = True
            else:
                typer.echo(found)
    if failed:
        raise typer.Exit(REFUSED)


def _lines(path: Path) -> Iterator[str]:
    if str(path) == "-":
        yield from sys.stdin
        return
    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{path} cannot be read: {error}", err=True)
        raise typer.Exit(REFUSED) from None


def _engine() -> Engine:
    engine = make_engine(get_settings().database_url)
    require_current(engine)
    return engine


def _past_day(known_on: datetime | None) -> date | None:
    """An earlier day whose knowledge is asked for; None for today. Refuses a day to come."""
    day = known_on.date() if known_on else None
    if day is not None and day > today():
        raise Refused(f"{day} lies ahead: name a day that is not after today.")
    return day if day is not None and day < today() else None


def _snapshot(data_set: DataSet, known_on: datetime | None) -> Snapshot:
    day = _past_day(known_on)
    return read_snapshot(_engine(), data_set, end_of(day) if day else None)


FIRST_YEAR, LAST_YEAR = 1949, 2199
AsOf = Annotated[
    int | None,
    typer.Option("--as-of", min=FIRST_YEAR, max=LAST_YEAR, help="The year the reader stands in; default: this year"),
]
Data = Annotated[DataSet, typer.Option("--data", help="Published and reported values, or the demonstration set")]
KnownOn = Annotated[
    datetime | None,
    typer.Option("--known-on", formats=["%Y-%m-%d"], help="Only what was on record at the end of this day"),
]


def _this_year() -> int:
    return datetime.now(UTC).year


@app.command()
def evaluate(
    policy: Annotated[str | None, typer.Option(help="Only the targets of this policy")] = None,
    place: Annotated[str | None, typer.Option(help="Only this zone, group or region (with all in it)")] = None,
    as_of: AsOf = None,
    format: Annotated[str, typer.Option(help="csv or json (one object a line, with the evidence)")] = "json",
    method: Annotated[Method, typer.Option(help="Which verdict stands first")] = Method.LINEAR,
    data: Data = DataSet.REAL,
    known_on: KnownOn = None,
) -> None:
    """Judges the stored targets, each with the evidence it was made from."""
    with _told():
        snapshot = _snapshot(data, known_on)
        if format not in ("csv", "json"):
            raise Refused(f"There is no format {format!r}; use csv or json.")
        wanted = None if policy is None else snapshot.policy(policy).id
        places = None if place is None else inside(snapshot, snapshot.place(place).code)
        board = build_board(snapshot, as_of=as_of or _this_year())
        rows = [
            row
            for row in board.rows
            if (wanted is None or row.policy.id == wanted) and (places is None or row.place.code in places)
        ]
        _print_csv(snapshot, rows, method) if format == "csv" else _print_json(snapshot, rows, method)


def _print_csv(snapshot: Snapshot, rows: list[BoardRow], method: Method) -> None:
    """One line a row; the quote, and the numbers and addresses of the observations, stand at its end."""
    out = csv.DictWriter(sys.stdout, EVALUATED, lineterminator="\n")
    out.writeheader()
    for row in rows:
        found = evidence_of(snapshot, row)
        addresses = dict.fromkeys(each.source.address for each in found.inputs if each.source)
        cells = {
            **figures_of(row, method),
            "age": found.age,
            "quote": found.quote.words,
            "quote_start": found.quote.start,
            "quote_end": found.quote.end,
            "observations": "|".join(str(each.observation_id) for each in found.inputs),
            "addresses": "|".join(addresses),
        }
        out.writerow({name: inert(cell) for name, cell in cells.items()})


def _print_json(snapshot: Snapshot, rows: list[BoardRow], method: Method) -> None:
    for row in rows:
        typer.echo(json.dumps(record_of(snapshot, row, method), ensure_ascii=False, allow_nan=False))


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Documents: txt, html, docx, pdf; NAME.json describes one")],
    format: Annotated[str, typer.Option(help="jsonl (one candidate a line) or table (for people)")] = "jsonl",
    explain: Annotated[bool, typer.Option("--explain", help="With each the reasons and the rules that fired")] = False,
    model: Annotated[bool, typer.Option("--model", help="Also ask the model of TRACKER_MODEL_URL")] = False,
) -> None:
    """Proposes the numeric targets of documents, each with its verbatim quote."""
    failed = False
    with _told():
        if format not in ("jsonl", "table"):
            raise Refused(f"There is no format {format!r}; use jsonl or table.")
        for file in files:
            try:
                source, metadata = read_file(file)
                found = [*propose(source, metadata), *(_pointed_at(source, metadata) if model else ())]
            except DocumentRefused as refused:
                typer.echo(f"{file}: {refused}", err=True)
                failed = True
                continue
            for candidate in found:
                if format == "table" and candidate.tier is Tier.POSSIBLE and not explain:
                    continue
                typer.echo(line_of(str(file), candidate) if format == "jsonl" else row_of(candidate))
                if explain:
                    typer.echo(explanation(candidate), err=format == "jsonl")
    if failed:
        raise typer.Exit(REFUSED)


def _pointed_at(source: SourceText, metadata: Metadata) -> tuple[Candidate, ...]:
    """What the model adds; calls that came to nothing are named, and the rules' result is not touched."""
    set_ = get_settings()
    endpoint = Endpoint.of(set_.model_url, set_.model_name, set_.model_key)
    answer = propose_by_model(endpoint, source.text, metadata)
    for failure in answer.failures:
        typer.echo(f"{source.name}: model, {failure}", err=True)
    return answer.candidates


@app.command()
def report(
    out: Annotated[Path, typer.Option("--out", help=f"The file to write: {ENDINGS}")],
    subject: Annotated[
        str | None,
        typer.Argument(help="A zone, a group, a region (130000) or a policy (hebei-2020); several with commas"),
    ] = None,
    as_of: AsOf = None,
    data: Data = DataSet.REAL,
    language: Annotated[Language | None, typer.Option(help="zh or en; default: TRACKER_LANGUAGE")] = None,
    method: Annotated[Method, typer.Option(help="Which verdict stands first")] = Method.LINEAR,
    known_on: KnownOn = None,
    issue: Annotated[bool, typer.Option("--issue", help="Give it a number, from which it can be made again")] = False,
    number: Annotated[str | None, typer.Option(help="Make the report of this number again (GR-2026-000001)")] = None,
) -> None:
    """Writes the gap report of a zone, a group, a region or a policy, or the one of a number again."""
    with _told():
        ending = out.suffix.lower().removeprefix(".")
        if ending not in (*FORMATS, ALL):
            raise Refused(f"{out.name}: a gap report is written as {ENDINGS}.")
        if bool(subject) == bool(number):
            raise Refused("Name a subject (hebei-2020), or with --number the report to make again.")
        engine = _engine()
        day = _past_day(known_on)
        spoken = language or Language(get_settings().language)
        asked = Asked(subject or "", as_of or _this_year(), data, spoken, method, day, end_of(day) if day else None)
        if issue:
            number = issued.issue(engine, OPERATOR, asked).number
        again = issued.rebuild(engine, OPERATOR, number) if number else None
        built = again.report if again else issued.draft(engine, OPERATOR, asked)
        _write(out, _all(built) if ending == ALL else FORMATS[ending].write(built))
    said = f"{len(built.rows)} rows." if built.rows else built.summary[0]
    typer.echo(f"{out}: {built.number}{', ' if built.number else ''}{said}")
    if again and not again.agrees:
        typer.echo("It does not say what it said when it was issued: names or rules have changed since.", err=True)
        raise typer.Exit(1)


user = typer.Typer(no_args_is_help=True, help="Accounts: who may sign in, and what they may do where.")
app.add_typer(user, name="user")

Login = Annotated[str, typer.Argument(help="The login of the account")]
GrantedRole = Annotated[PersonRole, typer.Argument(help="What the person is there")]
GrantedPlace = Annotated[str, typer.Argument(help="A zone (baoding) or a region with all in it (130000)")]


@contextmanager
def _administering() -> Iterator[Session]:
    """One piece of work on accounts: whole, or refused in a sentence."""
    with _told():
        engine = make_engine(get_settings().database_url)
        require_current(engine)
        with unit_of_work(engine) as session:
            yield session


def _tell_link(login: str, token: str) -> None:
    hours = int(administering.GOOD_FOR.total_seconds() // 3600)
    typer.echo(f"{login} sets a password here, once, within {hours} hours:")
    typer.echo(f"{get_settings().own_url}{administering.setup_path(token)}")


@user.command("add")
def user_add(login: Login, name: Annotated[str, typer.Argument(help="The person's name")]) -> None:
    """Makes an account that may do nothing yet, and prints a one-time link to set its password."""
    with _administering() as session:
        administering.add(session, OPERATOR, login, name)
        token = administering.reset_link(session, OPERATOR, login)
    _tell_link(login, token)


@user.command("grant")
def user_grant(login: Login, role: GrantedRole, place: GrantedPlace) -> None:
    """Gives an account a role in a place."""
    with _administering() as session:
        administering.grant(session, OPERATOR, login, role, place)


@user.command("revoke")
def user_revoke(login: Login, role: GrantedRole, place: GrantedPlace) -> None:
    """Takes a role in a place away, at once."""
    with _administering() as session:
        administering.revoke(session, OPERATOR, login, role, place)


@user.command("disable")
def user_disable(login: Login) -> None:
    """Signs an account out everywhere and lets it sign in no more."""
    with _administering() as session:
        administering.disable(session, OPERATOR, login)


@user.command("enable")
def user_enable(login: Login) -> None:
    """Lets a disabled account sign in again."""
    with _administering() as session:
        administering.enable(session, OPERATOR, login)


@user.command("reset")
def user_reset(login: Login) -> None:
    """Prints a one-time link to set a new password. The old one holds until it is used."""
    with _administering() as session:
        token = administering.reset_link(session, OPERATOR, login)
    _tell_link(login, token)


@user.command("list")
def user_list() -> None:
    """Lists the accounts, one a line: login, name, state, grants."""
    with _administering() as session:
        for each in administering.accounts(session, OPERATOR):
            grants = " ".join(f"{grant.role.value}:{grant.place}" for grant in each.grants) or "-"
            typer.echo(f"{each.login}\t{each.name}\t{each.state}\t{grants}")


@app.command()
def notify() -> None:
    """Mails everybody who gave an address what is new in the reporting of figures; run it once a day."""
    with _told():
        set_ = get_settings()
        if not set_.smtp_host or not set_.smtp_from:
            raise Refused("No mail is sent: set TRACKER_SMTP_HOST and TRACKER_SMTP_FROM first.")
        server = Server(
            set_.smtp_host, set_.smtp_port, set_.smtp_from, set_.smtp_user, set_.smtp_password, set_.smtp_security
        )
        told = mail_all(_engine(), sending(server), set_.smtp_from, set_.own_url)
    for each in told:
        if each.fault:
            typer.echo(f"{each.login}: not mailed, {each.fault}", err=True)
        elif each.number:
            typer.echo(f"{each.login}: {each.number} notices mailed.")
    if any(each.fault for each in told):
        raise typer.Exit(1)


def _all(built: Report) -> bytes:
    """Every format in one ZIP, with a bar that shows how far it is."""
    with typer.progressbar(length=100, label="Formats", file=sys.stderr) as bar:
        return write_all(built, lambda done, of: bar.update(100 * done // of - bar.pos))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refused(
            f"{out} cannot be written: {error.strerror}. Name a file in a folder that may be written."
        ) from None


def main() -> None:
    """Runs the command that was typed. What it prints is UTF-8, whatever the terminal or the pipe believes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    gc.freeze()  # What was imported stays: collections need not walk it again, a fifth of a short command.
    app()


if __name__ == "__main__":
    main()
