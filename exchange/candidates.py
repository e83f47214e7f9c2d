"""Proposed targets as lines: documents in, one JSON object or one readable row a candidate out."""

import json
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.errors import DocumentRefused
from models.extraction import Candidate, Metadata, SourceText, Span
from targets.extraction.read import read_document

COLUMNS = (
    "quote start end anchor indicator scope denominator kind measure comparator value value_high unit direction"
    " deadline baseline_year baseline_value reference strength nature implicit_value tier reasons rules mentions"
    " deadline_span"
).split()
"""The keys of a line, after `file`."""

KNOWN = "title issuer region number issued period_start period_end".split()
"""What NAME.json may say of NAME.txt."""

SHOWN = 60


def read_file(path: Path) -> tuple[SourceText, Metadata]:
    """A document and what NAME.json beside it says; raises DocumentRefused with one sentence."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentRefused(f"it cannot be read ({error.strerror}); name a file that exists") from None
    return read_document(data, path.name), _beside(path)


def _beside(path: Path) -> Metadata:
    described = path.with_suffix(".json")
    if described == path or not described.is_file():
        return Metadata()
    try:
        found = json.loads(described.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentRefused(f"{described.name} beside it is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise DocumentRefused(f"{described.name} beside it is not a JSON object; known are {', '.join(KNOWN)}")
    return Metadata(**{name: found[name] for name in KNOWN if found.get(name) is not None})


def line_of(file: str, candidate: Candidate) -> str:
    """One candidate as a line of JSON; the same candidate gives the same bytes."""
    record = {"file": file, **{name: _plain(getattr(candidate, name)) for name in COLUMNS}}
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def row_of(candidate: Candidate) -> str:
    """One candidate as a row for people: tier, what is asked, by when, of whom, the quote."""
    high = f"–{candidate.value_high.normalize():f}" if candidate.value_high is not None else ""
    falls = "↓ " if candidate.direction == -1 else ""
    number = f"{falls}{candidate.comparator.value} {candidate.value.normalize():f}{high} {candidate.unit}"
    quote = candidate.quote.replace("\n", " ")
    shown = quote if len(quote) <= SHOWN else quote[: SHOWN - 1] + "…"
    asked = f"{candidate.indicator} {number}"
    return f"{candidate.tier.value:<9}{candidate.deadline or '—'}\t{asked}\t{candidate.scope}\t{shown}"


def explanation(candidate: Candidate) -> str:
    """Why it is proposed, and which rows of the grammar fired."""
    return f"    {'; '.join(candidate.reasons)} [{', '.join(candidate.rules)}]"
