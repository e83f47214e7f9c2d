"""What a gap report on paper prints, as plain words: the PDF and the Word document show the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.enums import Language
from reports.gap_report import Report, ReportRow
from reports.moves import Move
from reports.zone_lines import AllocatedLine, PartLine, ShareLine
from storage.palette import look
from storage.wording import say
from tracking.format import MISSING, plain

MOST_PARTS = 10
"""So many zones are listed under a chart; the workbook has all."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row in the words of a printed table, with what stands under its own heading."""

    number: int
    title: str
    place: str
    asked: str
    value: str
    gap: str
    verdict: str
    sign: str
    colour: str
    sentence: str
    quote: str
    parts: tuple[tuple[str, str, str, str], ...]


def paper_rows(report: Report) -> list[PaperRow]:
    """Every row of the report."""
    parts: dict[int, list[PartLine]] = {}
    for part in report.parts:
        parts.setdefault(part.row, []).append(part)
    return [_row(row, parts.get(row.number, []), report.language) for row in report.rows]


def _row(row: ReportRow, parts: Sequence[PartLine], language: Language) -> PaperRow:
    seen = look(row.status_class)
    dated = "" if row.value is None or row.year is None else f" ({row.year})"
    return PaperRow(
        number=row.number,
        title=row.title,
        place=row.place,
        asked=row.asked,
        value=amount(row.value, row.unit, language) + dated,
        gap=amount(row.gap, row.gap_unit, language),
        verdict=row.verdict,
        sign=seen.sign,
        colour=seen.light,
        sentence=row.sentence,
        quote=row.quote,
        parts=tuple(_part(part, language) for part in parts[:MOST_PARTS]),
    )


def _part(part: PartLine, language: Language) -> tuple[str, str, str, str]:
    share = MISSING if part.percent is None else f"{plain(part.percent, 1)}%"
    return part.place, amount(part.value, part.unit, language), amount(part.gap, part.gap_unit, language), share


def share_line(share: ShareLine, language: Language) -> tuple[str, str, str, str, str, str]:
    """A group's target that a zone adds to."""
    return (
        share.title,
        f"{share.group} ({share.year})",
        amount(share.value, share.unit, language),
        amount(share.group_value, share.unit, language),
        MISSING if share.percent is None else f"{plain(share.percent, 1)}%",
        share.group_status,
    )


def allocated_line(line: AllocatedLine, language: Language) -> tuple[str, str, str, str, str, str, str]:
    """A zone on its share of a group's target."""
    dated = "" if line.value is None or line.year is None else f" ({line.year})"
    return (
        f"{line.title} · {line.group}",
        line.place,
        line.asked,
        amount(line.value, line.unit, language) + dated,
        amount(line.gap, line.gap_unit, language),
        f"{look(line.status_class).sign} {line.verdict}",
        line.allocation,
    )


def amount(value: Decimal | float | None, unit: str, language: Language) -> str:
    """A number with its unit; in English a blank between them, but not before a percent sign."""
    if value is None:
        return MISSING
    number = plain(value)
    return f"{number} {unit}".rstrip() if language is Language.EN and unit != "%" else f"{number}{unit}"


def words_of(report: Report) -> dict[str, str]:
    """The headings."""
    language = report.language
    return {
        "targets": say("report.sheet.targets", language),
        "each": say("report.each", language),
        "shares": say("report.sheet.shares", language),
        "allocated": say("report.sheet.allocated", language),
        "allocated_note": say("share.note", language),
        "sources": say("report.sheet.sources", language),
        "no_sources": say("report.no_sources", language),
        "notes": say("report.sheet.notes", language),
        "moves": say("report.sheet.moves", language),
    }


def head_of(names: str, language: Language) -> list[str]:
    """The names of a table's columns."""
    return [say(f"report.column.{name}", language) for name in names.split()]


def values_of(report: Report) -> dict[str, Any]:
    """Everything that both documents print, but for the rows with their pictures."""
    language = report.language
    return {
        "title": report.title,
        "number": say("report.number", language, number=report.number) if report.number else "",
        "mark": report.mark,
        "words": words_of(report),
        "parts_head": head_of(PARTS_HEAD, language),
        "shares_head": head_of(SHARES_HEAD, language),
        "shares": [share_line(share, language) for share in report.shares],
        "allocated_head": head_of(ALLOCATED_HEAD, language),
        "allocated": [allocated_line(line, language) for line in report.allocated],
        "since": report.since,
        "moves_head": head_of(MOVES_HEAD, language),
        "moves": [move_line(move) for move in report.moves],
        "sources": [
            {"title": each.title, "address": each.address, "published": str(each.published_on or "")}
            for each in report.sources
        ],
        "notes": report.notes,
    }


def move_line(move: Move) -> tuple[str, str, str, str, str]:
    """A verdict that is another one than in the last report."""
    before = f"{move.status_before} {move.value_before}".strip() or MISSING
    return move.title, move.place, before, f"{move.status_after} {move.value_after}".strip(), move.causes


MOVES_HEAD = "title place before after causes"
HEAD = "number title place asked value gap verdict"
PARTS_HEAD = "zone own_value gap_part gap_share"
SHARES_HEAD = "title group value group_value percent group_status"
ALLOCATED_HEAD = "title place asked value gap verdict allocation"
