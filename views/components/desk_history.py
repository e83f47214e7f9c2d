"""What happened at a desk: who did what when, and what it changed, in the words of the screen."""

from collections.abc import Iterable
from enum import StrEnum
from html import escape
from typing import Any

import streamlit as st

from ledger.catalogue import Catalogue
from ledger.record import Desk, Entry
from models import DeskEvent
from models.enums import Act
from models.ledger import Draft
from tracking.format import MISSING
from tracking.phrases import named
from views.components.page import chinese, table, when
from views.state import Reader

SHOWN = 300
"""So many acts of a document are listed, the latest first."""

SHORT = 40
CODES = ("indicator_code", "place_code", "reference_code", "reference_place")
QUOTE = ("start", "end", "anchor_start", "anchor_end")
SILENT = (*QUOTE, "reference", "title_en", "period_start", "direction")
"""What no field of the card shows by itself."""


def asks(look: Reader, draft: Draft) -> str:
    """What a draft asks, as short as a cell of a table: ≥ 4 %, 2025."""
    high = f"–{draft.value_high:f}" if draft.value_high is not None else ""
    sign = look.say(f"comparator.{draft.comparator.value}")
    until = f", {draft.deadline}" if draft.deadline else ""
    return f"{sign} {draft.value:f}{high} {draft.unit}{until}"


def history(look: Reader, desk: Desk, entry: Entry, catalogue: Catalogue) -> None:
    """The acts on one entry, and the rules that found it."""
    with st.expander(look.say("desk.history", number=len(entry.events))):
        _acts(look, desk, entry.events, catalogue, of_document=False)
        if entry.found.rules:
            st.caption(look.say("desk.rules", rules="、".join(entry.found.rules)).replace(":", "\\:"))


def whole_history(look: Reader, desk: Desk, catalogue: Catalogue) -> None:
    """All acts on the document, the latest first."""
    with st.expander(look.say("desk.whole_history", number=len(desk.events))):
        _acts(look, desk, list(reversed(desk.events))[:SHOWN], catalogue, of_document=True)


def _acts(look: Reader, desk: Desk, events: Iterable[DeskEvent], catalogue: Catalogue, *, of_document: bool) -> None:
    quotes = {each.id: each.quote for each in desk.entries}
    names = ["when", "who", "what", *(["quote"] if of_document else []), "words"]
    rows = []
    for event in events:
        words = "；".join(part for part in (_reason(event, quotes), _changes(look, desk, event, catalogue)) if part)
        quote = quotes.get(event.proposal_id or 0, "")
        shown = [when(event.at), escape(event.actor), escape(look.say(f"act.{event.act.value}"))]
        rows.append([*shown, *([chinese(look, quote[:SHORT])] if of_document else []), chinese(look, words)])
    table([look.say(f"desk.history.{name}") for name in names], rows)


def _reason(event: DeskEvent, quotes: dict[int, str]) -> str:
    """The reason that was given; where entries are named by number, their words."""
    if event.act not in (Act.MERGE, Act.SPLIT):
        return event.reason
    numbers = [int(each) for each in event.reason.split(",") if each.strip().isdigit()]
    return "、".join(f"“{quotes[each][:SHORT]}”" for each in numbers if each in quotes)


def _changes(look: Reader, desk: Desk, event: DeskEvent, catalogue: Catalogue) -> str:
    """Each field that an act changed, before → after, as the card words it."""
    if not event.before or not event.after:
        return ""
    old, new = Draft.model_validate_json(event.before), Draft.model_validate_json(event.after)
    text = desk.policy.text
    said = [
        (name, _words(look, name, getattr(old, name), catalogue), _words(look, name, getattr(new, name), catalogue))
        for name in Draft.model_fields
        if name not in SILENT
    ]
    said.insert(0, ("quote", text[old.start : old.end], text[new.start : new.end]))
    return "；".join(
        look.say("desk.history.change", field=look.say(f"desk.field.{name}"), before=before, after=after)
        for name, before, after in said
        if before != after
    )


def _words(look: Reader, field: str, value: Any, catalogue: Catalogue) -> str:
    if isinstance(value, bool):
        return look.say("desk.yes" if value else "desk.no")
    if value in (None, ""):
        return MISSING
    if isinstance(value, StrEnum):
        return look.say(f"{field}.{value.value}")
    known = catalogue.indicators.get(value) or catalogue.places.get(value) if field in CODES else None
    return named(known, look.language) if known is not None else str(value)
