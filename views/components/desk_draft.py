"""The draft of an entry as its widgets have it now. What was typed stays in them, whatever comes of it."""

from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from ledger.record import Entry
from models.enums import Comparator, Kind
from models.errors import DeskRefused
from models.ledger import Draft


def key_of(entry: Entry) -> str:
    """What the keys of an entry's widgets begin with. It changes with the history, so that no old draft is shown."""
    return f"desk_{entry.id}_{len(entry.events)}"


def edges(entry: Entry) -> tuple[int, int]:
    """Where the quote begins and ends: as it was moved, though not yet kept, else as it is on record."""
    return st.session_state.get(f"{key_of(entry)}_edges") or (entry.draft.start, entry.draft.end)


def put_edges(entry: Entry, start: int, end: int) -> None:
    """Moves the ends of a quote; nothing is recorded until the entry is saved or confirmed."""
    st.session_state[f"{key_of(entry)}_edges"] = (start, end)


def typed_draft(entry: Entry) -> Draft:
    """The draft with what was typed. Raises DeskRefused for what is no number."""
    key = key_of(entry)
    return read_draft(entry.draft, key) if f"{key}_value" in st.session_state else entry.draft


def read_draft(draft: Draft, key: str) -> Draft:
    """The draft as the widgets have it now."""

    def typed(field: str) -> Any:
        return st.session_state.get(f"{key}_{field}")

    plain = {name: typed(name) for name in ("kind", "comparator", "measure", "nature", "strength") if typed(name)}
    plain |= {name: str(typed(name) or "").strip() for name in ("indicator", "scope", "unit", "note")}
    plain |= {name: typed(name) or None for name in ("indicator_code", "place_code")}
    plain |= {"per_zone": bool(typed("per_zone")), "value": _number("value", typed("value")) or Decimal(0)}
    plain["value_high"] = _number("value_high", typed("value_high"))
    for year in ("deadline", "baseline_year"):
        number = _number(year, typed(year))
        plain[year] = None if number is None else int(number)
    if draft.kind is Kind.MULTIPLE_OF_REFERENCE:
        plain |= {name: typed(name) or None for name in ("reference_code", "reference_place")}
    if plain.get("kind", draft.kind) is not Kind.MULTIPLE_OF_REFERENCE:
        plain |= {"reference_code": None, "reference_place": None}
    two_sided = plain.get("comparator", draft.comparator) in (Comparator.ABOUT, Comparator.RANGE)
    plain |= _moved(draft, st.session_state.get(f"{key}_edges") or (draft.start, draft.end))
    plain["direction"] = (draft.direction or 1) if two_sided else None
    return draft.model_copy(update=plain)


def _moved(draft: Draft, quote: tuple[int, int]) -> dict[str, int]:
    """The quote with its number: that stays where it is as long as it lies in the quote."""
    start, end = quote
    number = (draft.anchor_start, draft.anchor_end)
    whole = number == (draft.start, draft.end)
    if whole or not (start <= number[0] and number[1] <= end):
        number = quote
    return {"start": start, "end": end, "anchor_start": number[0], "anchor_end": number[1]}


def _number(field: str, typed: Any) -> Decimal | None:
    words = str(typed or "").strip().replace(",", "").replace("−", "-")
    if not words:
        return None
    try:
        number = Decimal(words)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(words) > 30 or (field in ("deadline", "baseline_year") and number % 1):
        raise DeskRefused(field, f"{words[:40]} is no number: write digits, with a point where needed")
    return number
