"""The evidence panel: how a verdict was made, with every input and where it comes from."""

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from models.enums import Kind, Language
from targets.assessment.check import is_geometric
from tracking.board import BoardRow, Role
from tracking.comparison import Ranking
from tracking.evidence import Input, Part, evidence_of, inputs_of
from tracking.format import MISSING, difference, percent, plain, with_unit
from tracking.outlook import outlook_words
from tracking.phrases import named, schedule_words, target_words, yearly
from tracking.quality import Finding, quality_of
from tracking.series import Point
from views.components.page import capital, chinese, link, section, show, table, tight
from views.components.shares import origin
from views.state import Reader

SHOWN_AT_ONCE = 12
"""A longer list of values is folded."""

HOW = {
    "multiple": {"threshold": "how.threshold_multiple", "progress": "how.progress_multiple"},
    "geometric": {
        "threshold": "how.threshold_geometric",
        "gap": "how.gap_geometric",
        "progress": "how.progress_geometric",
        "needed": "how.needed_geometric",
        "recent": "how.recent_geometric",
    },
}
"""The steps that are computed in another way than by amounts, for each arithmetic."""

INPUTS = "inputs"
"""Where on the page the values stand that a verdict was made from."""

CHOSEN = ("place", "indicator", "against", "zones")
"""What an address chooses on a screen with values to be traced."""

TRACE = "trace"
"""The parameter of an address that names a value to be traced: baoding.2023, or baoding.2023.operating_revenue."""


def at(step: str) -> str:
    """The place of a step on the page: each number of a screen can lead to its own."""
    return f"evidence-{step}"


def steps(reader: Reader, row: BoardRow) -> None:
    """How this verdict was made, step by step: each with its number and how that number comes about."""
    section(reader.say("evidence.title"), anchor="evidence")
    body = "".join(
        f'<div id="{at(step)}"><dt>{escape(reader.say(f"evidence.{step}"))}</dt>'
        f'<dd>{said} <span class="quiet">{how}</span></dd></div>'
        for step, said, how in (*_sources(reader, row), *_figures(reader, row))
    )
    show(f'<dl class="steps">{body}</dl>', label=reader.say("evidence.title"))


Step = tuple[str, str, str]
"""Name, what was found and how, the last two finished HTML."""


def _sources(reader: Reader, row: BoardRow) -> Iterator[Step]:
    """What was read: the quote, the definition, the values; each leads on to where it was read."""
    verdict, say, target = row.assessment, reader.say, row.target
    quote = link(reader.address("policies", policy=row.policy.id, target=target.id), say("evidence.quote"))
    if row.role is Role.SHARE:
        yield "share", _group_asked(reader, target.id), origin(reader, row)
    yield "asked", tight(target_words(reader.snapshot, target, reader.language)), quote
    words = row.indicator.definition_zh if reader.in_chinese else row.indicator.definition_en
    yield "indicator", escape(capital(named(row.indicator, reader.language))), escape(words)
    yield "value", _dated(reader, verdict.year, verdict.value, row), _to_inputs(reader, verdict.year)
    rule = say(f"baseline_rule.{verdict.baseline_rule.value}") if verdict.baseline_rule else ""
    baseline = _dated(reader, verdict.baseline_year, verdict.baseline_value, row)
    yield "baseline", baseline, f"{escape(rule)} {_to_inputs(reader, verdict.baseline_year)}"
    if row.reference is not None:
        reference = _dated(reader, verdict.reference_year, verdict.reference_value, row)
        yield "reference", reference, _to_inputs(reader, verdict.reference_year)
    quality = quality_of(reader.snapshot, row)
    if quality is not None:
        why = "".join(f"<br>{escape(_finding(reader, each))}" for each in quality.findings)
        yield "quality", escape(say(f"grade.{quality.grade.value}")), why


def _group_asked(reader: Reader, target_id: str) -> str:
    """What the policy asks of the group, that a share is a part of."""
    asked = target_words(reader.snapshot, reader.snapshot.target(target_id), reader.language)
    return tight(reader.say("share.part_of", asked=asked))


def _finding(reader: Reader, each: Finding) -> str:
    dimension = capital(reader.say(f"quality_dimension.{each.dimension.value}"))
    return reader.say("quality.finding", dimension=dimension, grade=each.grade.value, why=each.words(reader.language))


def _to_inputs(reader: Reader, year: int | None) -> str:
    return "" if year is None else f'<a href="#{INPUTS}">{escape(reader.say("evidence.to_source"))}</a>'


def _figures(reader: Reader, row: BoardRow) -> Iterator[Step]:
    """What was computed, in the order in which one figure follows from another."""
    verdict, language, say = row.assessment, reader.language, reader.say
    unit = reader.snapshot.units[row.indicator.unit]
    second = say(f"cagr.{verdict.cagr_status.value}") if verdict.cagr_status else MISSING
    times = MISSING if verdict.acceleration is None else f"{plain(verdict.acceleration)} ×"
    found = (
        ("threshold", with_unit(verdict.threshold, unit, language)),
        ("gap", difference(verdict.gap, unit, language)),
        ("progress", percent(verdict.progress)),
        ("elapsed", percent(verdict.elapsed)),
        ("lag", schedule_words(verdict, language)),
        ("needed", yearly(row, verdict.needed_per_year, unit, language)),
        ("recent", yearly(row, verdict.recent_per_year, unit, language)),
        ("acceleration", times),
        ("projected", with_unit(verdict.projected, unit, language)),
        ("outlook", capital(outlook_words(row, unit, language)) or MISSING),
        ("cagr", second + (f" ({plain(verdict.cagr_ratio)})" if verdict.cagr_ratio is not None else "")),
    )
    own = HOW.get(_shape(row), {})
    for step, said in found:
        yield step, escape(said), "" if said == MISSING else escape(say(own.get(step, f"how.{step}")))
    yield "method", "", escape(_method(reader, row))


def _shape(row: BoardRow) -> str:
    """Which arithmetic a target has: by amounts, by multiples of a reference, or by rates that compound."""
    if row.target.kind is Kind.MULTIPLE_OF_REFERENCE:
        return "multiple"
    return "geometric" if is_geometric(row.spec) else "linear"


def _dated(reader: Reader, year: int | None, value: float | None, row: BoardRow) -> str:
    if year is None:
        return MISSING
    unit = reader.snapshot.units[row.indicator.unit]
    return escape(reader.say("evidence.dated", year=year, value=with_unit(value, unit, reader.language)))


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


def inputs(reader: Reader, row: BoardRow) -> None:
    """Every value that the verdict rests on, each one click from its source, and how they were put together."""
    found = evidence_of(reader.snapshot, row)
    section(reader.say("evidence.inputs_of", number=len(found.inputs)), anchor=INPUTS)
    made_of(reader, found.points, found.inputs)


def made_of(reader: Reader, points: Sequence[tuple[Part, Point]], found: Sequence[Input]) -> None:
    """How values were put together, and what from."""
    said = []
    for part, point in points:
        way = reader.say(
            "evidence.way", part=reader.say(f"part.{part.value}"), way=reader.say(f"way.{point.way.value}")
        )
        if point.missing:
            join = "、" if reader.in_chinese else ", "
            names = join.join(named(reader.snapshot.places[zone], reader.language) for zone in point.missing)
            way += " " + reader.say("evidence.missing", zones=names)
        said.append(way)
    words = " ".join(said) or reader.say("evidence.no_inputs")
    show(f'<p class="quiet">{escape(words)}</p>')
    if len(found) > SHOWN_AT_ONCE:
        with st.expander(reader.say("evidence.show_inputs")):
            input_table(reader, found)
    elif found:
        input_table(reader, found)
    if unlisted := sum(point.unlisted for _part, point in points):
        show(f"<p>{escape(reader.say('rights.unlisted', number=unlisted))}</p>")


def trace_address(reader: Reader, page: str, place: str, year: int, indicator: str = "") -> str:
    """The screen as it is, `page`, with the value of a place in a year traced to all that it was made from.

    It is the value of the screen's indicator, or of another one.
    """
    kept = {name: st.query_params.get(name) for name in CHOSEN}
    traced = ".".join(each for each in (place, str(year), indicator) if each)
    return f"{reader.address(page, **kept, **{TRACE: traced})}#{INPUTS}"


def trace(reader: Reader, indicator: str) -> None:
    """The value that the address asks to trace, of this indicator or of one it names, with its inputs.

    Nothing where it names none.
    """
    place, year, other = (*st.query_params.get(TRACE, "").split("."), "", "", "")[:3]
    indicator = other or indicator
    if place not in reader.snapshot.places or not year.isdecimal() or indicator not in reader.snapshot.indicators:
        return
    point = reader.board.reader.series(indicator, place).at(int(year))
    if point is None:
        return
    row = reader.snapshot.indicators[indicator]
    said = reader.say(
        "evidence.traced",
        indicator=named(row, reader.language),
        place=named(reader.snapshot.places[place], reader.language),
        year=year,
        value=with_unit(point.value, reader.snapshot.units[row.unit], reader.language),
    )
    section(said, anchor=INPUTS)
    made_of(reader, ((Part.VALUE, point),), inputs_of(reader.snapshot, point))


def input_table(reader: Reader, found: Sequence[Input]) -> None:
    """Values with year, place and source."""
    names = ("part", "series", "place", "year", "figure", "source", "number")
    head = [reader.say(f"evidence.{name}") for name in names]
    table(head, [_input(reader, each) for each in found], numbers=(4,), label=reader.say("evidence.inputs"))


def hidden_zones(reader: Reader, found: Ranking) -> str:
    """What became of the zones of a ranking whose values are not open to the reader."""
    key = "counted" if found.unnamed else "left_out"
    return reader.say(f"rights.concealed.{key}", number=found.concealed)


def _input(reader: Reader, each: Input) -> tuple[str, ...]:
    series = each.series_zh if reader.in_chinese else each.series_en
    printed = chinese(reader, each.printed) if each.printed else ""
    return (
        escape(capital(reader.say(f"part.{each.part.value}"))),
        escape(capital(series)),
        escape(named(each.place, reader.language)),
        str(each.year),
        printed or escape(with_unit(each.value, each.unit, reader.language)),
        source(reader, each),
        str(each.observation_id),
    )


def source(reader: Reader, each: Input) -> str:
    """Where a value comes from: the published address, or its origin in a word."""
    state = reader.say(f"observation_state.{each.state.value}")
    note = each.note_zh if reader.in_chinese else each.note_en
    if each.source is None:
        shown = escape(reader.say(f"origin.{each.origin.value}"))
    elif each.source.address.startswith(("http://", "https://")):
        shown = outside(reader, each.source.address, each.source.title)
    else:
        shown = chinese(reader, each.source.title)
    join = "；" if reader.language is Language.ZH else "; "
    return f'{shown} <span class="quiet">{escape(join.join(w for w in (state, note) if w))}</span>'


def outside(reader: Reader, address: str, words: str) -> str:
    """A link to a publication of others: a new tab, which is told nothing of ours."""
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{chinese(reader, words)}</a>'
    )
