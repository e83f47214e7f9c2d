"""Compare: any zones on any indicator, side by side, over the years, and against a second indicator."""

from dataclasses import dataclass
from decimal import Decimal
from html import escape

import streamlit as st

from exchange.comparison_table import Cell
from models.enums import DataSet, PlaceKind
from models.errors import UnknownId
from models.places import Place
from tracking.compare import Comparison, compare, pairs
from tracking.format import MISSING, column, difference, percent, with_unit
from tracking.phrases import named
from tracking.series import Point, Series
from views.components.charts import draw, trend_figure
from views.components.choice import choose, hold
from views.components.evidence import hidden_zones, trace, trace_address
from views.components.files import table_files
from views.components.page import capital, empty, figure, heading, link, section, show, table, unknown
from views.components.scatter import scatter_figure
from views.components.tiles import tile_map
from views.state import DEMONSTRATION_YEAR, Reader, go, offers_demonstration, read_reader

YEARS_SHOWN = 6
MOST_CHARTS = 12
"""So many small charts are drawn; the table has every zone."""

NONE = ""
FIRST = "rd_intensity"


def screen(reader: Reader) -> None:
    """What the address names; without it the first group that has zones, on R&D intensity."""
    groups = [code for code in reader.snapshot.groups if len(reader.board.reader.members(code, reader.year)) > 1]
    if not groups:
        heading(reader.say("screen.compare"))
        empty(reader, "empty.no_data")
        return
    try:
        group = reader.snapshot.place(reader.place).code if reader.place else _first(reader, groups)
    except UnknownId as error:
        unknown(reader, error, "compare", "place")
        return
    group = group if group in groups else _first(reader, groups)
    indicator, other = _indicator(reader, "indicator") or FIRST, _indicator(reader, "against")
    hold(reader, place=group, indicator=indicator)
    members = reader.board.reader.members(group, reader.year)
    chosen = tuple(zone for zone in st.query_params.get("zones", "").split(",") if zone in members)
    years = range(reader.year - YEARS_SHOWN + 1, reader.year + 1)
    found = compare(reader.board.reader, indicator, chosen or members, years, whole=not chosen)
    heading(_title(reader, indicator, group), escape(_lead(reader, found)))
    _choices(reader, groups, group, indicator, other, members, chosen)
    if reader.snapshot.places[reader.snapshot.groups[group].region_code].kind is PlaceKind.COUNTRY:
        tile_map(reader, indicator, found.ranking.year)
    if not found.ranking.ranked:
        empty(reader, "compare.empty", *_ways(reader, group), year=reader.year)
        return
    _table(reader, found, group, other)
    trace(reader, indicator)
    _small(reader, found)
    if other:
        _scatter(reader, found, other, [row.ranked.place.code for row in found.rows])


def _ways(reader: Reader, group: str) -> list[str]:
    """Where there is something to see: the region's own page, the demonstration set."""
    region = reader.board.reader.region(group, reader.year)
    name = named(reader.snapshot.places[region], reader.language)
    ways = [link(reader.address("zone", place=region), reader.say("zone.see_region", region=name))]
    if reader.data_set is DataSet.REAL and offers_demonstration(reader.snapshot):
        address = reader.address("compare", place=group, data=DataSet.DEMONSTRATION.value, year=DEMONSTRATION_YEAR)
        ways.append(link(address, reader.say("overview.try_demonstration")))
    return ways


def _first(reader: Reader, groups: list[str]) -> str:
    """The group of whose zones most has a value."""

    def known(code: str) -> int:
        members = reader.board.reader.members(code, reader.year)
        return sum(bool(reader.board.reader.series(FIRST, zone).points) for zone in members)

    return max(groups, key=known)


def _indicator(reader: Reader, parameter: str) -> str | None:
    given = st.query_params.get(parameter)
    return given if given in _offered(reader) else None


def _offered(reader: Reader) -> list[str]:
    """Indicators that a single zone has a value of."""
    rows = reader.snapshot.indicators.values()
    return [row.code for row in rows if row.code not in reader.snapshot.members and row.numerator is not None]


def _title(reader: Reader, indicator: str, group: str) -> str:
    name = capital(named(reader.snapshot.indicators[indicator], reader.language))
    return f"{name} · {named(reader.snapshot.places[group], reader.language)}"


def _lead(reader: Reader, found: Comparison) -> str:
    unit = reader.snapshot.units[reader.snapshot.indicators[found.indicator].unit]
    spread = found.ranking
    said = reader.say(
        "compare.lead",
        year=spread.year,
        ranked=spread.ranked,
        zones=len(spread.rows) + spread.concealed,
        median=with_unit(spread.median, unit, reader.language),
    )
    if spread.concealed:
        said += " " + hidden_zones(reader, spread)
    if spread.quartiles is None:
        return said
    low, high = (with_unit(each, unit, reader.language) for each in spread.quartiles)
    return said + reader.say("compare.quartiles", low=low, high=high)


def _choices(
    reader: Reader, groups: list[str], group: str, indicator: str, other: str | None, members: tuple[str, ...],
    chosen: tuple[str, ...],
) -> None:  # fmt: skip
    def indicator_name(code: str) -> str:
        return capital(named(reader.snapshot.indicators[code], reader.language)) if code else reader.say("compare.none")

    left, middle, right = st.columns(3)
    with left:
        choose(
            reader.say("compare.group"), groups, group, lambda code: {"place": code, "zones": None},
            key="compare_group", words=lambda code: named(reader.snapshot.places[code], reader.language),
        )  # fmt: skip
    with middle:
        choose(
            reader.say("compare.indicator"), _offered(reader), indicator, lambda code: {"indicator": code},
            key="compare_indicator", words=indicator_name,
        )  # fmt: skip
    with right:
        choose(
            reader.say("compare.against"), [NONE, *_offered(reader)], other or NONE,
            lambda code: {"against": code or None}, key="compare_against", words=indicator_name,
        )  # fmt: skip
    st.session_state["compare_zones"] = list(chosen)
    st.multiselect(
        reader.say("compare.zones"), list(members), key="compare_zones", on_change=_take_zones,
        format_func=lambda code: named(reader.snapshot.places[code], reader.language),
        placeholder=reader.say("compare.all"),
    )  # fmt: skip


def _take_zones() -> None:
    go(zones=",".join(st.session_state["compare_zones"]) or None)


def _table(reader: Reader, found: Comparison, group: str, other: str | None) -> None:
    """Every zone with its values, each traced to its sources, and with those of the second indicator, if any."""
    say, row = reader.say, reader.snapshot.indicators[found.indicator]
    unit = reader.snapshot.units[row.unit]
    section(say("compare.table", year=found.ranking.year), say("compare.table.note"))
    changed = say("compare.change", year=found.years[0])
    head = [say("ranking.rank"), say("evidence.place"), *map(str, found.years), changed, say("ranking.band")]
    columns = [
        column([p.value if p else None for p in (each.points[at] for each in found.rows)], unit, reader.language)
        for at in range(len(found.years))
    ]
    body, plain_rows = [], list[list[Cell]]()
    for at, each in enumerate(found.rows):
        place = each.ranked.place
        band = say(f"ranking.band.{each.ranked.band}") if each.ranked.band else MISSING
        band = say("ranking.missing") if each.ranked.value is None else band
        change = difference(each.change, unit, reader.language) if unit.symbol == "%" else percent(each.change)
        values = [_traced(reader, words[at], point, place) for words, point in zip(columns, each.points, strict=True)]
        name = named(place, reader.language)
        own = link(reader.address("zone", place=place.code), name)
        body.append((each.ranked.rank, own, *values, escape(change), escape(band)))
        numbers: list[Cell] = [None if p is None else p.value for p in each.points]
        plain_rows.append([each.ranked.rank, name, *numbers, each.change, band])
    second = _second(reader, found, other) if other else None
    if second:
        head.append(second.head)
        body = [(*line, shown) for line, shown in zip(body, second.shown, strict=True)]
        plain_rows = [[*line, number] for line, number in zip(plain_rows, second.numbers, strict=True)]
    numbers_at = (*range(2, 3 + len(found.years)), 4 + len(found.years))
    table(head, body, numbers=numbers_at, label=say("compare.table", year=found.ranking.year))
    for at, words in ((1, named(unit, reader.language)), (-1, second.unit if second else "")):
        head[at] += f" ({words})" if words else ""
    marked: list[list[Cell]] = [[say("chart.demonstration")]] if reader.data_set is DataSet.DEMONSTRATION else []
    whole: list[list[Cell]] = [[*head], *plain_rows, *marked]
    name = f"{found.indicator}-{group}-{found.ranking.year}-{reader.data_set.value}"
    table_files(lambda: whole, say("screen.compare"), name, "compare")


def _traced(reader: Reader, words: str, point: Point | None, place: Place, indicator: str = "") -> str:
    if point is None:
        return escape(words)
    return figure(trace_address(reader, "compare", place.code, point.year, indicator), words)


@dataclass(frozen=True, slots=True)
class Second:
    """The column of a second indicator: what it is called, its unit, its cells, and its plain numbers."""

    head: str
    unit: str
    shown: list[str]
    numbers: list[Decimal | None]


def _second(reader: Reader, found: Comparison, other: str) -> Second:
    """The zones' values of a second indicator in the ranked year."""
    row, year = reader.snapshot.indicators[other], found.ranking.year
    places = [each.ranked.place for each in found.rows]
    points = [reader.board.reader.series(other, place.code).at(year) for place in places]
    numbers = [point.value if point else None for point in points]
    unit = reader.snapshot.units[row.unit]
    words = column(numbers, unit, reader.language)
    shown = [_traced(reader, *each, other) for each in zip(words, points, places, strict=True)]
    return Second(f"{capital(named(row, reader.language))} {year}", named(unit, reader.language), shown, numbers)


def _small(reader: Reader, found: Comparison) -> None:
    """Small charts of the zones, the best first."""
    section(reader.say("compare.courses"))
    unit = reader.snapshot.units[reader.snapshot.indicators[found.indicator].unit]
    shown = [each for each in found.rows if any(each.points)][:MOST_CHARTS]
    columns = st.columns(4)
    most = max(float(point.value) for each in shown for point in each.points if point is not None)
    for at, each in enumerate(shown):
        series = Series(
            reader.snapshot.indicators[found.indicator],
            each.ranked.place.code,
            tuple(point for point in each.points if point is not None),
        )
        name = named(each.ranked.place, reader.language)
        last = series.points[-1]
        value = with_unit(last.value, unit, reader.language)
        if last.year != found.ranking.year:
            value = reader.say("evidence.dated", year=last.year, value=value)
        with columns[at % 4]:
            show(f'<p class="t-trend">{escape(name)} <strong>{escape(value)}</strong></p>')
            drawn = trend_figure(reader, series, unit, most=most, span=(found.years[0], found.years[-1]))
            draw(drawn, f"{found.indicator}-{each.ranked.place.code}", words=name)
    rest = sum(any(each.points) for each in found.rows) - len(shown)
    if rest > 0:
        show(f'<p class="quiet">{escape(reader.say("compare.more", number=rest))}</p>')


def _scatter(reader: Reader, found: Comparison, other: str, zones: list[str]) -> None:
    """The two indicators against each other in the ranked year, each zone a named point."""
    year = found.ranking.year
    made = pairs(reader.board.reader, found.indicator, other, zones, year)
    rows = [reader.snapshot.indicators[code] for code in (found.indicator, other)]
    across, up = (named(row, reader.language) for row in rows)
    section(capital(reader.say("compare.scatter", across=across, up=up, year=year)))
    if not made:
        empty(reader, "compare.too_few")
        return
    draw(scatter_figure(reader, made, *rows), f"{found.indicator}-{other}-{year}", words=f"{across} · {up}")


screen(read_reader())
