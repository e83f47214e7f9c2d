"""Target: one target for one place, from the clause of the policy to what every figure was made of."""

from html import escape

import streamlit as st

from models.enums import PlaceKind
from models.errors import UnknownId
from models.policy import Target
from tracking.board import BoardRow, Role
from tracking.chart import TargetChart, target_chart
from tracking.comparison import Ranked, ranking
from tracking.contribution import contributions, how_many_hold
from tracking.format import MISSING, difference, percent, plain, with_unit
from tracking.phrases import named, sentence, target_words, title, yearly
from views.components.charts import draw_target
from views.components.evidence import panel
from views.components.page import badge, cards, heading, link, section, show, table, unknown
from views.components.quote import paragraph
from views.state import Reader, read_reader


def screen(reader: Reader) -> None:
    """One target; without one in the address the first of the list."""
    try:
        target = reader.snapshot.target(reader.target) if reader.target else reader.snapshot.targets[0]
        place = reader.snapshot.place(reader.place) if reader.place else None
    except UnknownId as error:
        unknown(reader, error, "target", "target" if error.what == "target" else "place")
        return
    rows = reader.board.of_target(target.id)
    row = _chosen(reader, rows, place.code if place else None)
    _choices(reader, target, rows, row)
    if row is None:
        heading(title(target, reader.language))
        paragraph(reader, target)
        show(f"<p>{escape(reader.say('target.no_zone'))}</p>")
        return
    _one(reader, target, rows, row)


def _one(reader: Reader, target: Target, rows: list[BoardRow], row: BoardRow) -> None:
    status = badge(reader, row.status_class, reader.say(f"status.{row.status.value}"))
    flags = _flags(reader, row)
    name = f"{title(target, reader.language)} · {named(row.place, reader.language)}"
    heading(name, f"{status}{flags} — {escape(sentence(reader.snapshot, row, reader.language))}")
    paragraph(reader, target)
    _figures(reader, row)
    chart = target_chart(row, reader.snapshot.units[row.indicator.unit], _breaks(reader, row))
    section(reader.say("target.chart"))
    draw_target(reader, chart, named(row.indicator, reader.language))
    with st.expander(reader.say("target.table")):
        _twin(reader, chart)
    if target.per_zone:
        _each(reader, rows)
    _contribution(reader, row)
    _ranking(reader, row)
    panel(reader, row)
    _identity(reader, target)


def _chosen(reader: Reader, rows: list[BoardRow], place: str | None) -> BoardRow | None:
    wanted = st.query_params.get("indicator")
    fitting = [
        r for r in rows if (place is None or r.place.code == place) and (wanted is None or r.indicator.code == wanted)
    ]
    return next(iter(fitting or rows), None)


def _choices(reader: Reader, target: Target, rows: list[BoardRow], row: BoardRow | None) -> None:
    left, right = st.columns([3, 2])
    targets = list(reader.snapshot.targets)
    ids = [each.id for each in targets]
    with left:
        st.selectbox(
            reader.say("target.choose"),
            ids,
            index=ids.index(target.id),
            key="target_choice",
            format_func=lambda each: _option(reader, reader.snapshot.target(each)),
            on_change=_take_target,
        )
    keys = [each.key for each in rows]
    if row is not None and len(keys) > 1:
        by_key = {each.key: each for each in rows}
        with right:
            st.selectbox(
                reader.say("target.place"),
                keys,
                index=keys.index(row.key),
                key="target_place",
                format_func=lambda each: _place_option(reader, by_key[each]),
                on_change=_take_row,
                args=(by_key,),
            )


def _option(reader: Reader, target: Target) -> str:
    return f"{title(target, reader.language)}（{target.policy_id}）"


def _place_option(reader: Reader, row: BoardRow) -> str:
    name = named(row.place, reader.language)
    if row.indicator.code != row.target.indicator_code:
        name = f"{named(row.indicator, reader.language)} · {name}"
    return name + (f"（{reader.say('role.member')}）" if row.role is Role.MEMBER else "")


def _take_target() -> None:
    st.query_params["target"] = st.session_state["target_choice"]
    for name in ("place", "indicator"):
        st.query_params.pop(name, None)
    st.session_state.pop("target_place", None)


def _take_row(by_key: dict[str, BoardRow]) -> None:
    row = by_key[st.session_state["target_place"]]
    st.query_params["place"] = row.place.code
    if row.indicator.code != row.target.indicator_code:
        st.query_params["indicator"] = row.indicator.code
    st.query_params["target"] = row.target.id


def _flags(reader: Reader, row: BoardRow) -> str:
    words = []
    if row.role is Role.MEMBER:
        words.append(reader.say("target.orientation"))
    if row.provisional:
        words.append(reader.say("target.provisional"))
    if row.assessment.was_met:
        words.append(reader.say("target.was_met"))
    return "".join(f' <span class="quiet">（{escape(each)}）</span>' for each in words)


def _figures(reader: Reader, row: BoardRow) -> None:
    verdict, say = row.assessment, reader.say
    unit = reader.snapshot.units[row.indicator.unit]
    recent = yearly(row, verdict.recent_per_year, unit, reader.language)
    lag = MISSING if verdict.lag is None else f"{plain(verdict.lag, 1)} {say('unit.points')}"
    cards(
        [
            (with_unit(verdict.value, unit, reader.language), say("target.value"), str(verdict.year or "")),
            (
                escape(target_words(reader.snapshot, row.target, reader.language, dated=False)),
                say("target.asked"),
                say("target.deadline", year=row.target.deadline) if row.target.deadline else say("status.open"),
            ),
            (difference(verdict.gap, unit, reader.language), say("target.gap"), ""),
            (
                lag,
                say("target.lag"),
                say("target.lag.note", progress=percent(verdict.progress), elapsed=percent(verdict.elapsed)),
            ),
            (
                yearly(row, verdict.needed_per_year, unit, reader.language),
                say("target.needed"),
                say("target.recent", recent=recent),
            ),
            (
                _second(reader, row),
                say("target.cagr"),
                plain(verdict.cagr_ratio) if verdict.cagr_ratio is not None else "",
            ),
        ]
    )


def _second(reader: Reader, row: BoardRow) -> str:
    second = row.assessment.cagr_status
    return reader.say(f"cagr.{second.value}") if second else MISSING


def _breaks(reader: Reader, row: BoardRow) -> tuple[tuple[int, str], ...]:
    used = (row.indicator.numerator, row.indicator.denominator)
    found = [b for code in used for b in reader.snapshot.breaks.get(code or "", ())]
    return tuple((b.year, b.note_zh if reader.language.value == "zh" else b.note_en) for b in found)


def _twin(reader: Reader, chart: TargetChart) -> None:
    """The chart as a table, for those who cannot see it and for copying."""
    say = reader.say
    values, path = {p.year: p for p in chart.values}, {p.year: p.value for p in chart.path}
    limits, ahead = {p.year: p.value for p in chart.threshold}, {b.year: b for b in chart.projection[1:]}
    years = sorted({*values, *path, *ahead})
    rows = [
        (
            str(year),
            (plain(values[year].value) + (f" {say('chart.hollow')}" if values[year].hollow else ""))
            if year in values
            else MISSING,
            plain(path.get(year)),
            plain(limits.get(year)),
            f"{plain(ahead[year].middle)} ({plain(ahead[year].low)} – {plain(ahead[year].high)})"
            if year in ahead
            else MISSING,
        )
        for year in years
    ]
    unit = named(chart.unit, reader.language) or chart.unit.symbol
    head = [
        say("evidence.year"),
        f"{say('target.value')} ({unit})",
        say("chart.path"),
        say("chart.threshold"),
        say("chart.projection"),
    ]
    table(head, rows, numbers=(1, 2, 3, 4), label=say("target.table"))


def _each(reader: Reader, rows: list[BoardRow]) -> None:
    """A target that asks each zone: who holds it."""
    hold, _judged, asked = how_many_hold(reader.board, rows[0].target.id)
    section(reader.say("target.each"), reader.say("sentence.hold_count", members=asked, hold=hold))
    table(
        [reader.say("evidence.place"), reader.say("target.value"), reader.say("target.status")],
        [
            (
                link(
                    reader.address("target", target=row.target.id, place=row.place.code),
                    named(row.place, reader.language),
                ),
                with_unit(row.assessment.value, reader.snapshot.units[row.indicator.unit], reader.language),
                badge(reader, row.status_class, reader.say(f"status.{row.status.value}")),
            )
            for row in rows
        ],
        numbers=(1,),
    )


def _contribution(reader: Reader, row: BoardRow) -> None:
    """Which zone contributes what to the gap."""
    if row.place.kind is not PlaceKind.GROUP or not row.assessment.gap:
        return
    found = contributions(reader.board, row)
    section(reader.say("target.contribution"), reader.say("target.contribution.note"))
    if not found.parts:
        show(f'<p class="quiet">{escape(reader.say(f"contribution.{found.reason}"))}</p>')
        return
    language = reader.language
    rows = [
        (
            link(reader.address("zone", place=part.place.code), named(part.place, language)),
            with_unit(part.value, reader.snapshot.units[row.indicator.unit], language),
            with_unit(part.gap, found.unit, language),
            percent(part.share),
        )
        for part in found.parts
    ]
    head = [
        reader.say("evidence.place"),
        reader.say("target.value"),
        reader.say("contribution.gap"),
        reader.say("contribution.share"),
    ]
    table(head, rows, numbers=(1, 2, 3))


def _ranking(reader: Reader, row: BoardRow) -> None:
    """The zones of the group by this indicator: bands, ties, and who is missing."""
    scope = row.target.place_code
    if reader.snapshot.places[scope].kind is not PlaceKind.GROUP or row.assessment.year is None:
        return
    year = row.assessment.year
    zones = reader.board.reader.members(scope, year)
    found = ranking(reader.board.reader, row.indicator.code, zones, year)
    if found.ranked < 2:
        return
    unit = reader.snapshot.units[row.indicator.unit]
    section(
        reader.say("target.ranking", year=year),
        reader.say(
            "target.ranking.note",
            ranked=found.ranked,
            zones=len(found.rows),
            median=with_unit(found.median, unit, reader.language),
        ),
    )
    head = [
        reader.say("ranking.rank"),
        reader.say("evidence.place"),
        reader.say("target.value"),
        reader.say("ranking.band"),
    ]
    table(head, [_ranked(reader, row, each) for each in found.rows], numbers=(2,))


def _ranked(reader: Reader, row: BoardRow, each: Ranked) -> tuple[str, ...]:
    unit = reader.snapshot.units[row.indicator.unit]
    rank = (
        MISSING if each.first is None else str(each.first) if each.first == each.last else f"{each.first}–{each.last}"
    )
    band = (
        reader.say(f"ranking.band.{each.band}")
        if each.band
        else (MISSING if each.value is not None else reader.say("ranking.missing"))
    )
    name = link(reader.address("zone", place=each.place.code), named(each.place, reader.language))
    return rank, name, with_unit(each.value, unit, reader.language), escape(band)


def _identity(reader: Reader, target: Target) -> None:
    note = target.note_zh if reader.language.value == "zh" else target.note_en
    said = [
        f"{target.id} · v{target.version}",
        reader.say(f"kind.{target.kind.value}"),
        reader.say(f"strength.{target.strength.value}"),
        note,
    ]
    show(f'<p class="quiet">{escape(" · ".join(each for each in said if each))}</p>')


screen(read_reader())
