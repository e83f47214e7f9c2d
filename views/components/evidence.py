"""The evidence panel: how a verdict was made, with every input and where it comes from."""

from html import escape

import streamlit as st

from models.enums import Language
from tracking.board import BoardRow
from tracking.evidence import Input, evidence_of
from tracking.format import MISSING, percent, plain, with_unit
from tracking.phrases import named, target_words, yearly
from views.components.page import link, section, show, table
from views.state import Reader

SHOWN_AT_ONCE = 12
"""A longer list of values is folded, so that the steps above it stay in sight."""


def panel(reader: Reader, row: BoardRow) -> None:
    """How this verdict was made: the steps in words, then every value with its source."""
    section(reader.say("evidence.title"))
    _steps(reader, row)
    _inputs(reader, row)


def _steps(reader: Reader, row: BoardRow) -> None:
    verdict, say = row.assessment, reader.say
    unit = reader.snapshot.units[row.indicator.unit]
    lines = [
        (say("evidence.asked"), target_words(reader.snapshot, row.target, reader.language)),
        (say("evidence.indicator"), _definition(reader, row)),
        (say("evidence.value"), _dated(reader, verdict.year, verdict.value, row)),
        (say("evidence.baseline"), _baseline(reader, row)),
        (say("evidence.threshold"), with_unit(verdict.threshold, unit, reader.language)),
    ]
    if row.reference is not None:
        lines.append((say("evidence.reference"), _dated(reader, verdict.reference_year, verdict.reference_value, row)))
    lines += [
        (say("evidence.progress"), percent(verdict.progress)),
        (say("evidence.elapsed"), percent(verdict.elapsed)),
        (say("evidence.needed"), yearly(row, verdict.needed_per_year, unit, reader.language)),
        (say("evidence.recent"), yearly(row, verdict.recent_per_year, unit, reader.language)),
        (say("evidence.acceleration"), MISSING if verdict.acceleration is None else f"{plain(verdict.acceleration)} ×"),
        (say("evidence.projected"), with_unit(verdict.projected, unit, reader.language)),
        (say("evidence.cagr"), say(f"cagr.{verdict.cagr_status.value}") if verdict.cagr_status else MISSING),
        (say("evidence.method"), _method(reader, row)),
    ]
    table(
        [say("evidence.step"), say("evidence.what")],
        [(escape(a), escape(b)) for a, b in lines],
        label=say("evidence.title"),
    )


def _definition(reader: Reader, row: BoardRow) -> str:
    words = row.indicator.definition_zh if reader.language is Language.ZH else row.indicator.definition_en
    return f"{named(row.indicator, reader.language)} · {words}"


def _dated(reader: Reader, year: int | None, value: float | None, row: BoardRow) -> str:
    if year is None:
        return MISSING
    unit = reader.snapshot.units[row.indicator.unit]
    return reader.say("evidence.dated", year=year, value=with_unit(value, unit, reader.language))


def _baseline(reader: Reader, row: BoardRow) -> str:
    verdict = row.assessment
    if verdict.baseline_year is None or verdict.baseline_rule is None:
        return MISSING
    rule = reader.say(f"baseline_rule.{verdict.baseline_rule.value}")
    return f"{_dated(reader, verdict.baseline_year, verdict.baseline_value, row)} · {rule}"


def _method(reader: Reader, row: BoardRow) -> str:
    cutoffs = row.assessment.cutoffs
    return reader.say(
        "evidence.cutoffs",
        behind=plain(cutoffs.on_track_lag),
        far=plain(cutoffs.behind_lag),
        wrong=plain(cutoffs.wrong_way),
        stale=cutoffs.stale_years,
        about=plain(cutoffs.about * 100),
        code=row.assessment.code_version,
    )


def _inputs(reader: Reader, row: BoardRow) -> None:
    found = evidence_of(reader.snapshot, row)
    for part, point in found.points:
        words = reader.say(
            "evidence.way", part=reader.say(f"part.{part.value}"), way=reader.say(f"way.{point.way.value}")
        )
        if point.missing:
            names = "、".join(named(reader.snapshot.places[zone], reader.language) for zone in point.missing)
            words += " " + reader.say("evidence.missing", zones=names)
        show(f'<p class="quiet">{escape(words)}</p>')
    if not found.inputs:
        show(f'<p class="quiet">{escape(reader.say("evidence.no_inputs"))}</p>')
        return
    head = [
        reader.say(f"evidence.{name}") for name in ("part", "series", "place", "year", "figure", "source", "number")
    ]
    title = reader.say("evidence.inputs_of", number=len(found.inputs))
    with st.expander(title, expanded=len(found.inputs) <= SHOWN_AT_ONCE):
        table(head, [_input(reader, each) for each in found.inputs], numbers=(4,), label=reader.say("evidence.inputs"))


def _input(reader: Reader, each: Input) -> tuple[str, ...]:
    series = each.series_zh if reader.language is Language.ZH else each.series_en
    value = each.printed or with_unit(each.value, each.unit, reader.language)
    return (
        escape(reader.say(f"part.{each.part.value}")),
        escape(series),
        escape(named(each.place, reader.language)),
        str(each.year),
        escape(value),
        _source(reader, each),
        str(each.observation_id),
    )


def _source(reader: Reader, each: Input) -> str:
    state = reader.say(f"observation_state.{each.state.value}")
    note = each.note_zh if reader.language is Language.ZH else each.note_en
    if each.source is None:
        shown = escape(reader.say(f"origin.{each.origin.value}"))
    elif each.source.address.startswith("policy:"):
        shown = link(reader.address("policies", policy=each.source.address.removeprefix("policy:")), each.source.title)
    elif each.source.address.startswith(("http://", "https://")):
        address, title = escape(each.source.address), escape(each.source.title)
        shown = f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">{title}</a>'
    else:
        shown = escape(each.source.title)
    said = "；" if reader.language is Language.ZH else "; "
    return f'{shown} <span class="quiet">{escape(said.join(w for w in (state, note) if w))}</span>'
