"""Target: one target for one place, from the clause of the policy to what every figure was made of."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from models.enums import PlaceKind
from models.errors import UnknownId
from models.places import Place
from models.policy import Target
from tracking.allocation import share_rows
from tracking.board import BoardRow, Role
from tracking.chart import TargetChart, breaks_of, target_chart
from tracking.comparison import Ranked, Ranking, ranking
from tracking.contribution import Contribution, Part, contributions, how_many_hold
from tracking.format import MISSING, column, difference, percent, percents, plain, with_unit
from tracking.phrases import named, policy_title, schedule_words, sentence, target_words, title, yearly
from tracking.quality import quality_of
from views.components.charts import draw, target_figure
from views.components.choice import Changes, choose, hold
from views.components.evidence import at, hidden_zones, inputs, steps
from views.components.page import (
    Card,
    capital,
    cards,
    empty,
    figure,
    heading,
    link,
    section,
    show,
    status_badge,
    table,
    tight,
    unknown,
)
from views.components.quote import paragraph
from views.components.shares import shares_of_target
from views.state import Reader, read_reader


def screen(reader: Reader) -> None:
    """One target; without one in the address the first of the list."""
    if not reader.snapshot.targets:
        heading(reader.say("screen.target"))
        empty(reader, "empty.no_data")
        return
    try:
        target = reader.snapshot.target(reader.target) if reader.target else reader.snapshot.targets[0]
        place = reader.snapshot.place(reader.place) if reader.place else None
    except UnknownId as error:
        unknown(reader, error, "target", "target" if error.what == "target" else "place")
        return
    allocated = share_rows(reader.board, target=target.id)
    rows = (allocated if "share" in st.query_params else []) or reader.board.of_target(target.id)
    row = _chosen(rows, place)
    hold(reader, target=target.id, place=row.place.code if row else None)
    _choices(reader, target, rows, row)
    if row is None:
        heading(title(target, reader.language))
        paragraph(reader, target)
        empty(reader, "target.no_zone")
    else:
        _one(reader, rows, row, place)


def _one(reader: Reader, rows: list[BoardRow], row: BoardRow, place: Place | None) -> None:
    target, language = row.target, reader.language
    status = status_badge(reader, row)
    name = f"{title(target, language)} · {named(row.place, language)}"
    name += f" · {reader.say('role.share')}" if row.role is Role.SHARE else ""
    heading(name, f"{status}{_flags(reader, row)} {escape(capital(sentence(reader.snapshot, row, language)))}")
    if place is not None and row.place.code != place.code:
        empty(reader, "target.other_place", place=named(place, language), shown=named(row.place, language))
    paragraph(reader, target)
    _numbers(reader, row)
    left, right = st.columns([7, 4], gap="large")
    with left:
        _chart(reader, row)
    with right:
        steps(reader, row)
    _zones(reader, rows, row)
    if row.role is Role.SCOPE:
        shares_of_target(reader, share_rows(reader.board, target=target.id))
    inputs(reader, row)
    _identity(reader, target)


def _chosen(rows: list[BoardRow], place: Place | None) -> BoardRow | None:
    """The row of the place (and indicator) that the address names, else the first."""
    wanted = st.query_params.get("indicator")
    fitting = [
        row
        for row in rows
        if (place is None or row.place.code == place.code) and (wanted is None or row.indicator.code == wanted)
    ]
    return next(iter(fitting or rows), None)


def _choices(reader: Reader, target: Target, rows: list[BoardRow], row: BoardRow | None) -> None:
    left, right = st.columns([3, 2])
    with left:
        choose(
            reader.say("target.choose"),
            [each.id for each in reader.snapshot.targets],
            target.id,
            lambda chosen: {"target": chosen, "place": None, "indicator": None, "share": None},
            key="target_choice",
            words=lambda each: _option(reader, reader.snapshot.target(each)),
            label_visibility="collapsed",
        )
    by_key = {each.key: each for each in rows}
    if row is not None and len(by_key) > 1:
        with right:
            choose(
                reader.say("target.place"),
                by_key,
                row.key,
                lambda chosen: _row_address(by_key[chosen]),
                key="target_place",
                words=lambda each: _place_option(reader, by_key[each]),
                label_visibility="collapsed",
            )


def _option(reader: Reader, target: Target) -> str:
    policy = reader.snapshot.policies[target.policy_id]
    return f"{title(target, reader.language)} · {policy_title(policy, reader.language)}"


def _place_option(reader: Reader, row: BoardRow) -> str:
    name = named(row.place, reader.language)
    if row.indicator.code != row.target.indicator_code:
        name = f"{capital(named(row.indicator, reader.language))} · {name}"
    return name + (f" · {reader.say('role.member')}" if row.role is Role.MEMBER else "")


def _row_address(row: BoardRow) -> Changes:
    judged = row.indicator.code if row.indicator.code != row.target.indicator_code else None
    share = "1" if row.role is Role.SHARE else None
    return {"target": row.target.id, "place": row.place.code, "indicator": judged, "share": share}


def _flags(reader: Reader, row: BoardRow) -> str:
    """What a reader must know before the verdict is used; that it is provisional stands in the sentence."""
    flags = (
        (row.role is Role.MEMBER, "target.orientation"),
        (row.role is Role.SHARE, "share.not_the_policy"),
        (row.assessment.was_met, "target.was_met"),
    )
    said = [reader.say(key) for holds, key in flags if holds]
    quality = quality_of(reader.snapshot, row)
    if quality is not None:
        said.append(reader.say("target.quality", grade=quality.grade.value))
    words = " · ".join(said)
    return f' <span class="quiet">{escape(reader.say("target.flags", words=words))}</span>' if words else ""


def _numbers(reader: Reader, row: BoardRow) -> None:
    """Six figures; each leads to its step in the evidence."""
    verdict, say, language = row.assessment, reader.say, reader.language
    unit = reader.snapshot.units[row.indicator.unit]
    recent = yearly(row, verdict.recent_per_year, unit, language)
    asked = target_words(reader.snapshot, row.target, language, dated=False)
    deadline = row.target.deadline
    until = say("target.deadline", year=deadline) if deadline else say("status.open")
    schedule = schedule_words(verdict, language)
    spent = say("target.lag.note", progress=percent(verdict.progress), elapsed=percent(verdict.elapsed))
    second = capital(say(f"cagr.{verdict.cagr_status.value}")) if verdict.cagr_status else MISSING
    found = (
        ("value", with_unit(verdict.value, unit, language), say("target.value"), str(verdict.year or "")),
        ("asked", asked, say("target.asked"), until),
        ("gap", difference(verdict.gap, unit, language), say("target.gap"), ""),
        ("lag", schedule, say("target.lag"), "" if schedule == MISSING else spent),
        (
            "needed",
            yearly(row, verdict.needed_per_year, unit, language),
            say("target.needed"),
            say("target.recent", recent=recent) if verdict.recent_per_year is not None else "",
        ),
        ("cagr", second, say("target.cagr"), plain(verdict.cagr_ratio) if verdict.cagr_ratio is not None else ""),
    )
    cards(Card(tight(number), what, note, f"#{at(step)}") for step, number, what, note in found)


def _chart(reader: Reader, row: BoardRow) -> None:
    """The chart, its files, the words of its breaks, and its table."""
    chart = target_chart(
        row, reader.snapshot.units[row.indicator.unit], breaks_of(reader.snapshot, row, reader.language)
    )
    section(reader.say("target.chart"))
    if not (chart.values or chart.threshold or chart.reference):
        empty(reader, "target.no_chart")
        return
    name, place = capital(named(row.indicator, reader.language)), named(row.place, reader.language)
    draw(target_figure(reader, chart, name, place), _file_name(reader, row), words=f"{name} · {place}")
    buttons = "".join(f'<button type="button" data-save="{each}">{each.upper()}</button>' for each in ("png", "svg"))
    notes = "".join(f"<span>{escape(reader.say('chart.break_note', year=y, words=w))}</span>" for y, w in chart.breaks)
    show(f'<div class="t-files"><span>{escape(reader.say("chart.save"))}</span>{buttons}{notes}</div>')
    with st.expander(reader.say("target.table")):
        _twin(reader, row, chart)


def _file_name(reader: Reader, row: BoardRow) -> str:
    """`<target>-<place>-<year>`, with the mark of the demonstration set; the id tells what no title can."""
    parts = [row.target.id.replace("/", "-"), row.place.code, str(reader.year), reader.data_set.value]
    return "-".join(parts)


def _twin(reader: Reader, row: BoardRow, chart: TargetChart) -> None:
    """The chart as a table, for those who cannot see it and for copying, with what each value was made from."""
    reading = reader.say
    lines = {
        reading("target.value"): {p.year: p.value for p in chart.values},
        reading("chart.path"): {p.year: p.value for p in chart.path},
        reading("chart.lower" if chart.threshold_high else "chart.threshold"): {
            p.year: p.value for p in chart.threshold
        },
        reading("chart.upper"): {p.year: p.value for p in chart.threshold_high},
        reading("chart.reference"): {p.year: p.value for p in chart.reference},
        reading("chart.projection"): {b.year: b.middle for b in chart.projection[1:]},
        reading("chart.low_end"): {b.year: b.low for b in chart.projection[1:]},
        reading("chart.high_end"): {b.year: b.high for b in chart.projection[1:]},
    }
    lines = {name: values for name, values in lines.items() if values}
    years = sorted({year for values in lines.values() for year in values})
    columns = [column([v.get(year) for year in years], chart.unit, reader.language) for v in lines.values()]
    hollow = {p.year for p in chart.values if p.hollow}
    rows = [
        (str(year), *(escape(each[i]) for each in columns), _made(reader, row, year, year in hollow))
        for i, year in enumerate(years)
    ]
    head = [reading("evidence.year"), *lines, reading("chart.made")]
    table(head, rows, numbers=range(1, 1 + len(lines)), label=reading("target.table"))


def _made(reader: Reader, row: BoardRow, year: int, hollow: bool) -> str:
    """How a value of the chart came to be; its inputs stand on the same page seen from that year."""
    point = row.series.at(year)
    if point is None or (row.assessment.as_of is not None and year > row.assessment.as_of):
        return ""
    words = reader.say(f"way.{point.way.value}") + (f" {reader.say('chart.hollow')}" if hollow else "")
    return link(reader.address("target", **{**_row_address(row), "year": year}), words)


def _zones(reader: Reader, rows: list[BoardRow], row: BoardRow) -> None:
    """The zones of the group in one table: rank and band, status, and the part of each in the gap."""
    scope = row.target.place_code
    year = row.assessment.year or reader.year
    if reader.snapshot.places[scope].kind is not PlaceKind.GROUP:
        return
    zones = reader.board.reader.members(scope, year)
    found = ranking(reader.board.reader, row.indicator.code, zones, year)
    parts = contributions(reader.board, row) if row.role is Role.SCOPE and row.assessment.gap else None
    if found.ranked < 2 and not row.target.per_zone:
        return
    section(reader.say("target.zones", year=year), _zones_note(reader, row, found, parts))
    own = {each.place.code: each for each in rows if each.role is not Role.SCOPE}
    head, body = _zone_table(reader, row, found, parts, own)
    right = [at for at, name in enumerate(head) if name in _numeric(reader)]
    table(head, body, numbers=right, label=reader.say("target.zones", year=year))


def _numeric(reader: Reader) -> tuple[str, ...]:
    return tuple(reader.say(key) for key in ("target.value", "contribution.gap", "contribution.share"))


def _zones_note(reader: Reader, row: BoardRow, found: Ranking, parts: Contribution | None) -> str:
    unit = reader.snapshot.units[row.indicator.unit]
    median = with_unit(found.median, unit, reader.language)
    zones = len(found.rows) + found.concealed
    said = [reader.say("target.ranking.note", ranked=found.ranked, zones=zones, median=median)]
    if row.target.per_zone:
        held, _judged, asked = how_many_hold(reader.board, row.target.id)
        said.insert(0, reader.say("sentence.hold_count", members=asked, hold=held) + reader.say("sentence.end"))
    if found.concealed:
        said.append(hidden_zones(reader, found))
    if parts is not None:
        said.append(reader.say("target.contribution.note" if parts.parts else f"contribution.{parts.reason}"))
    return " ".join(said)


def _zone_table(
    reader: Reader, row: BoardRow, found: Ranking, parts: Contribution | None, own: dict[str, BoardRow]
) -> tuple[list[str], list[list[str]]]:
    """Head and rows; columns that would be empty are left out."""
    head = ["ranking.rank", "evidence.place", "target.value", "ranking.band"]
    unit = reader.snapshot.units[row.indicator.unit]
    values = column([each.value for each in found.rows], unit, reader.language)
    body = [
        [
            each.rank,
            _zone_link(reader, each.place),
            _value(reader, own.get(each.place.code), value),
            _band(reader, each),
        ]
        for each, value in zip(found.rows, values, strict=True)
    ]
    if own:
        head.append("target.status")
        for line, each in zip(body, found.rows, strict=True):
            line.append(_state(reader, own.get(each.place.code), found.year))
    if parts is not None and parts.parts:
        head += ["contribution.gap", "contribution.share"]
        by_place = {part.place.code: part for part in parts.parts}
        ordered = [by_place.get(each.place.code) for each in found.rows]
        for line, more in zip(body, _parts(reader, parts, ordered), strict=True):
            line += more
    return [reader.say(key) for key in head], body


def _parts(reader: Reader, found: Contribution, ordered: Sequence[Part | None]) -> list[tuple[str, str]]:
    gaps = column([part.gap if part else None for part in ordered], found.unit, reader.language)
    shares = percents([part.share if part else None for part in ordered])
    return list(zip(gaps, shares, strict=True))


def _zone_link(reader: Reader, place: Place) -> str:
    return link(reader.address("zone", place=place.code), named(place, reader.language))


def _value(reader: Reader, row: BoardRow | None, words: str) -> str:
    """A zone's value; where it is judged for itself it leads to its own evidence."""
    return words if row is None else figure(reader.address("target", **_row_address(row)), words)


def _state(reader: Reader, row: BoardRow | None, year: int) -> str:
    """How a zone stands by itself; the year, where its latest value is of another than the table's."""
    if row is None:
        return ""
    other = row.assessment.year not in (None, year)
    dated = f' <span class="quiet">{row.assessment.year}</span>' if other else ""
    return status_badge(reader, row) + dated


def _band(reader: Reader, each: Ranked) -> str:
    if each.value is None:
        return escape(reader.say("ranking.missing"))
    return escape(reader.say(f"ranking.band.{each.band}")) if each.band else MISSING


def _identity(reader: Reader, target: Target) -> None:
    said = [
        f"{target.id} · v{target.version}",
        reader.say(f"kind.{target.kind.value}"),
        reader.say(f"strength.{target.strength.value}"),
        target.note_zh if reader.in_chinese else target.note_en,
    ]
    show(f'<p class="quiet">{escape(" · ".join(each for each in said if each))}</p>')


screen(read_reader())
