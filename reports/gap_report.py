"""The gap report (差距报告) as plain values: what every writer prints and the screen shows. It formats no file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.assessment import Cutoffs
from models.calendar import CHINA
from models.enums import BaselineRule, DataSet, Language, Method, ObservationState, Origin, PlaceKind, StatusClass
from models.errors import UnknownId
from models.observation import Source
from reports.moves import Earlier, Move, held_against
from reports.zone_lines import AllocatedLine, PartLine, ShareLine, allocated_lines, parts_of, shares_of
from storage.nearest import nearest
from storage.queries import Snapshot
from storage.wording import say
from targets.assessment import CODE_VERSION
from targets.assessment.check import is_geometric
from tracking.attention import counts, needs_attention
from tracking.board import Board, BoardRow, Role, build_board
from tracking.chart import TargetChart, breaks_of, target_chart
from tracking.evidence import Evidence, Input, Part, evidence_of
from tracking.format import plain
from tracking.membership import inside
from tracking.phrases import named, sentence, target_words, title

NAMED = 3
"""So many of several subjects are named in a title."""

GRAVEST = 3
"""So many of the gravest rows are told in the summary."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a report is about: a policy, a place (zone, group, region), or several of them (`parts`), by code.

    Codes of several are joined by commas: baoding,tangshan.
    """

    code: str
    zh: str
    en: str
    policy: bool
    zone: bool
    parts: tuple["Subject", ...] = ()

    @property
    def each(self) -> tuple["Subject", ...]:
        """What it is made of: itself, where it is one."""
        return self.parts or (self,)

    @classmethod
    def find(cls, snapshot: Snapshot, code: str) -> "Subject":
        """The policy, the place or all of those named; raises UnknownId with the nearest to the first unknown one."""
        codes = list(dict.fromkeys(part.strip() for part in code.split(",") if part.strip())) or [code]
        parts = tuple(cls._one(snapshot, part) for part in codes)
        return parts[0] if len(parts) == 1 else cls._several(parts)

    @classmethod
    def _several(cls, parts: tuple["Subject", ...]) -> "Subject":
        def called(names: list[str], language: Language) -> str:
            some = say("report.and", language).join(names[:NAMED])
            return some if len(names) <= NAMED else say("report.several", language, names=some, number=len(names))

        zh, en = called([each.zh for each in parts], Language.ZH), called([each.en for each in parts], Language.EN)
        return cls(",".join(each.code for each in parts), zh, en, policy=False, zone=False, parts=parts)

    @classmethod
    def _one(cls, snapshot: Snapshot, code: str) -> "Subject":
        policy = snapshot.policies.get(code)
        if policy is not None:
            return cls(code, policy.title, policy.title_en, policy=True, zone=False)
        place = snapshot.places.get(code)
        if place is None:
            raise UnknownId("subject", code, nearest(code, [*snapshot.policies, *snapshot.places]))
        return cls(code, place.zh, place.en, policy=False, zone=place.kind is PlaceKind.ZONE)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One target for one place. Figures are in `unit`, `gap` in `gap_unit`, yearly figures in `yearly_unit`.

    `value` and `reference` are exact decimals; None is "cannot be said", and `sentence` says why.
    """

    number: int
    target_id: str
    target_version: int
    policy_id: str
    policy: str
    title: str
    place_code: str
    place: str
    judged_indicator: str | None
    orientation: bool
    asked: str
    verdict: str
    status_class: StatusClass
    status_word: str
    provisional: bool
    deadline: int | None
    year: int | None
    value: Decimal | None
    unit: str
    baseline_year: int | None
    baseline_value: float | None
    baseline_rule: str
    threshold: float | None
    reference_value: float | None
    gap: float | None
    gap_unit: str
    progress: float | None
    elapsed: float | None
    lag: float | None
    needed_per_year: float | None
    recent_per_year: float | None
    yearly_unit: str
    acceleration: float | None
    projected: float | None
    second_opinion: str
    zones_reported: str
    sentence: str
    quote: str
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One value that a row rests on, with where it comes from.

    What was counted in the register of zones, or is zero before a plan begins, has no observation; its line says how it
    came to be.
    """

    row: int
    part: str
    series: str
    place: str
    year: int
    value: Decimal
    unit: str
    printed: str
    state: str
    origin: str
    source: str
    address: str
    note: str
    observation_id: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The chart of one row as plain values, with the words above it."""

    row: int
    title: str
    below: str
    chart: TargetChart


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a gap report says, in the reader's language. The same data give the same report."""

    subject: Subject
    title: str
    language: Language
    data_set: DataSet
    as_of: int
    method: Method
    cutoffs: Cutoffs
    mark: str
    number: str
    since: str
    moves: tuple[Move, ...]
    summary: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    shares: tuple[ShareLine, ...]
    parts: tuple[PartLine, ...]
    allocated: tuple[AllocatedLine, ...]
    pictures: tuple[Picture, ...]
    evidence: tuple[EvidenceLine, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def build_report(
    snapshot: Snapshot,
    subject: Subject,
    as_of: int,
    language: Language,
    method: Method = Method.LINEAR,
    cutoffs: Cutoffs | None = None,
    *,
    number: str = "",
    known_day: date | None = None,
    earlier: Earlier | None = None,
) -> Report:
    """The gap report of a subject, as of a year, from one snapshot of the data.

    `number` is what it was issued under; `known_day` the earlier day whose knowledge was asked for; `earlier` the last
    report of the subject, which it is held against.
    """
    board = build_board(snapshot, as_of=as_of, cutoffs=cutoffs)
    rows = rows_of(board, subject)
    name = subject.zh if language is Language.ZH else subject.en
    evidence, allocated = [evidence_of(snapshot, row) for row in rows], allocated_rows(board, subject)
    used = [*evidence, *(evidence_of(snapshot, row) for row in allocated)]
    sources = {each.source.id: each.source for found in used for each in found.inputs if each.source is not None}
    since, moved = held_against(earlier, [*rows, *allocated], snapshot.units, language, method, as_of)
    return Report(
        subject=subject,
        title=say("report.title_policy" if subject.policy else "report.title", language, subject=name, year=as_of),
        language=language,
        data_set=snapshot.data_set,
        as_of=as_of,
        method=method,
        cutoffs=board.cutoffs,
        mark=_mark(snapshot, known_day, language),
        number=number,
        since=since,
        moves=moved,
        summary=_summary(board, rows, language),
        rows=tuple(_row(snapshot, number, row, language, method) for number, row in enumerate(rows, 1)),
        shares=tuple(
            line
            for part in subject.each
            if part.zone
            for line in shares_of(board, part.code, language, named_too=bool(subject.parts))
        ),
        parts=tuple(
            line
            for number, row in enumerate(rows, 1)
            if row.role is Role.SCOPE
            for line in parts_of(board, number, row, language)
        ),
        allocated=tuple(allocated_lines(board, allocated, language)),
        pictures=tuple(_pictures(snapshot, rows, language)),
        evidence=tuple(
            line
            for number, (row, found) in enumerate(zip(rows, evidence, strict=True), 1)
            for line in _lines(snapshot, number, row, found, language)
        ),
        sources=tuple(sources[key] for key in sorted(sources)),
        notes=_notes(snapshot, board, rows, language, method),
    )


def _mark(snapshot: Snapshot, known_day: date | None, language: Language) -> str:
    """What stands at the head of every page that is not of today's real values, or not of all of them."""
    marks = [say("report.mark", language)] if snapshot.data_set is DataSet.DEMONSTRATION else []
    if known_day is not None:
        marks.append(say("known.mark", language, day=known_day))
    if snapshot.concealed:
        marks.append(say("rights.mark", language))
    return say("report.mark.join", language).join(marks)


def rows_of(board: Board, subject: Subject) -> list[BoardRow]:
    """The rows a report is about: what is asked of the subject; for a zone also the groups' ratios, held against it."""
    if subject.parts:
        return _once(row for part in subject.parts for row in rows_of(board, part))
    if subject.policy:
        return [row for row in board.asked() if row.policy.id == subject.code]
    if subject.zone:
        return sorted(board.of_place(subject.code), key=lambda row: row.role is Role.MEMBER)
    places = inside(board.snapshot, subject.code)
    return [row for row in board.asked() if row.place.code in places]


def allocated_rows(board: Board, subject: Subject) -> list[BoardRow]:
    """The zones on shares of the subject's targets, or of the targets of groups in it; of a zone its own."""
    if subject.parts:
        return _once(row for part in subject.parts for row in allocated_rows(board, part))
    if subject.policy:
        return [row for row in board.shares if row.policy.id == subject.code]
    places = inside(board.snapshot, subject.code)
    return [row for row in board.shares if row.place.code in places or row.target.place_code in places]


def _once(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Each row once, where it came first."""
    return list({row.key: row for row in rows}.values())


def _summary(board: Board, rows: list[BoardRow], language: Language) -> tuple[str, ...]:
    found = counts(rows)
    parts = [
        say("report.count", language, status=say(f"status_class.{each.value}", language), number=number)
        for each, number in found.items()
        if number
    ]
    if not parts:
        return (say("report.nothing", language),)
    join, end = say("sentence.join", language), say("sentence.end", language)
    targets = len({row.target.id for row in rows})
    first = (
        say("report.first", language, year=board.as_of, targets=targets, rows=len(rows), counts=join.join(parts)) + end
    )
    grave = needs_attention(rows, len(rows))
    told = [
        f"{title(row.target, language)}{say('report.colon', language)}{sentence(board.snapshot, row, language)}"
        for row in grave[:GRAVEST]
    ]
    more = len(grave) - len(told)
    return (first, *told, *([say("report.more", language, number=more)] if more else []))


def _verdict(row: BoardRow, method: Method, language: Language) -> str:
    """The word of the method that was asked for; where Eurostat's does not apply, the schedule's with a remark."""
    status = say(f"status.{row.status.value}", language)
    if method is Method.LINEAR:
        return status
    second = row.assessment.cagr_status
    return say(f"cagr.{second.value}", language) if second else say("report.schedule_only", language, status=status)


def _row(snapshot: Snapshot, number: int, row: BoardRow, language: Language, method: Method) -> ReportRow:
    verdict, target, point = row.assessment, row.target, row.point
    unit = snapshot.units[row.indicator.unit]
    word = unit.zh if language is Language.ZH else unit.en
    points = say("report.points", language)
    several = row.indicator.code != target.indicator_code
    second = verdict.cagr_status
    return ReportRow(
        number=number,
        target_id=target.id,
        target_version=target.version,
        policy_id=row.policy.id,
        policy=row.policy.title if language is Language.ZH else row.policy.title_en,
        title=title(target, language) + (f" · {named(row.indicator, language)}" if several else ""),
        place_code=row.place.code,
        place=named(row.place, language),
        judged_indicator=row.indicator.code if several else None,
        orientation=row.role is Role.MEMBER,
        asked=target_words(snapshot, target, language),
        verdict=_verdict(row, method, language),
        status_class=row.status_class,
        status_word=say(f"status.{row.status.value}", language),
        provisional=row.provisional,
        deadline=target.deadline,
        year=verdict.year,
        value=point.value if point else None,
        unit=word,
        baseline_year=verdict.baseline_year,
        baseline_value=verdict.baseline_value,
        baseline_rule=_rule(verdict.baseline_rule, language),
        threshold=verdict.threshold,
        reference_value=verdict.reference_value,
        gap=verdict.gap,
        gap_unit="" if verdict.gap is None else points if unit.symbol == "%" else word,
        progress=verdict.progress,
        elapsed=verdict.elapsed,
        lag=verdict.lag,
        needed_per_year=verdict.needed_per_year,
        recent_per_year=verdict.recent_per_year,
        yearly_unit=_yearly_unit(row, points if unit.symbol == "%" else word),
        acceleration=verdict.acceleration,
        projected=verdict.projected,
        second_opinion=say(f"cagr.{second.value}", language) if second else "",
        zones_reported=f"{point.reported}/{point.members}" if point and point.members > 1 else "",
        sentence=sentence(snapshot, row, language),
        quote=target.quote,
        quote_start=target.start,
        quote_end=target.end,
    )


def _yearly_unit(row: BoardRow, unit: str) -> str:
    """The unit of what is needed and was done a year; none where neither can be said."""
    if row.assessment.needed_per_year is None and row.assessment.recent_per_year is None:
        return ""
    return "%" if is_geometric(row.spec) else unit


def _rule(rule: BaselineRule | None, language: Language) -> str:
    return say(f"baseline_rule.{rule.value}", language) if rule else ""


def _lines(
    snapshot: Snapshot, number: int, row: BoardRow, found: Evidence, language: Language
) -> Iterator[EvidenceLine]:
    """The evidence of a row: its observations, and what was not observed but counted or set by definition."""
    yield from (_line(number, each, language) for each in found.inputs)
    unit = snapshot.units[row.indicator.unit]
    for part, point in found.points:
        if not point.inputs:
            yield EvidenceLine(
                row=number,
                part=say(f"part.{part.value}", language),
                series=named(row.indicator, language),
                place=named(row.place, language),
                year=point.year,
                value=point.value,
                unit=named(unit, language) or unit.symbol,
                printed="",
                state="",
                origin=say(f"way.{point.way.value}", language),
                source="",
                address="",
                note="",
                observation_id=None,
            )


def _line(number: int, each: Input, language: Language) -> EvidenceLine:
    return EvidenceLine(
        row=number,
        part=say(f"part.{Part(each.part).value}", language),
        series=each.series_zh if language is Language.ZH else each.series_en,
        place=named(each.place, language),
        year=each.year,
        value=each.value,
        unit=named(each.unit, language) or each.unit.symbol,
        printed=each.printed,
        state=say(f"observation_state.{ObservationState(each.state).value}", language),
        origin=say(f"origin.{Origin(each.origin).value}", language),
        source=each.source.title if each.source else "",
        address=each.source.address if each.source else "",
        note=each.note_zh if language is Language.ZH else each.note_en,
        observation_id=each.observation_id,
    )


def _pictures(snapshot: Snapshot, rows: Iterable[BoardRow], language: Language) -> Iterator[Picture]:
    """The charts of the rows of which anything is known."""
    for number, row in enumerate(rows, 1):
        unit = snapshot.units[row.indicator.unit]
        chart = target_chart(row, unit, breaks_of(snapshot, row, language))
        if not chart.values:
            continue
        words = named(unit, language)
        said = [named(row.place, language)]
        said.append(say("chart.axis", language, unit=words) if words else say("chart.axis_count", language))
        if snapshot.data_set is DataSet.DEMONSTRATION:
            said.append(say("chart.demonstration", language))
        name = named(row.indicator, language)
        yield Picture(number, name[:1].upper() + name[1:], " · ".join(said), chart)


def _notes(
    snapshot: Snapshot, board: Board, rows: Iterable[BoardRow], language: Language, method: Method
) -> tuple[str, ...]:
    """How the figures were made: method, cut-offs, the state of the data, what the flags mean."""
    cut = board.cutoffs
    notes = [
        say("report.note.method", language, method=say(f"method.{method.value}", language)),
        say(
            "evidence.cutoffs",
            language,
            behind=plain(cut.on_track_lag),
            far=plain(cut.behind_lag),
            wrong=plain(cut.wrong_way),
            stale=cut.stale_years,
            about=plain(cut.about * 100),
            code=CODE_VERSION,
        ),
        say(
            "report.note.data",
            language,
            data=say(f"data_set.{snapshot.data_set.value}", language),
            observation=snapshot.last_observation_id or 0,
        ),
    ]
    if snapshot.known_on is not None:
        moment = f"{snapshot.known_on.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
        notes.append(say("report.note.state", language, moment=moment))
    judged = list(rows)
    if any(row.provisional for row in judged):
        notes.append(say("report.note.provisional", language))
    if any(row.indicator.nominal for row in judged):
        notes.append(say("report.note.nominal", language))
    return tuple(notes)
