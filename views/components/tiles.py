"""The tile map of the country: each province-level unit at its place among its neighbours, without any boundary."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from exchange.comparison_table import Cell
from models.enums import DataSet, PlaceKind
from settings import get_settings
from storage.base_map import read_base_map
from tracking.format import MISSING, column
from tracking.phrases import named
from tracking.tiles import BANDS, TileValue, tile_values
from views.components.base_map import map_figure
from views.components.charts import draw
from views.components.evidence import trace_address
from views.components.files import table_files
from views.components.page import capital, figure, link, section, show, table
from views.state import Reader


@dataclass(frozen=True)
class Shown:
    """The units on an indicator in a year, each with its value in words, all to the same last digit."""

    reader: Reader
    indicator: str
    year: int
    found: list[TileValue]
    words: dict[str, str]

    @property
    def name(self) -> str:
        """What the indicator is called."""
        return capital(named(self.reader.snapshot.indicators[self.indicator], self.reader.language))

    def why(self, each: TileValue) -> str:
        """Why a unit has no value."""
        key = "tiles.no_zones" if not each.zones else "tiles.no_group" if each.place is None else "tiles.none"
        return self.reader.say(key)

    def way(self, each: TileValue) -> str | None:
        """Where a unit leads: its zones compared, or the only zone that it has."""
        if each.place is None or each.value is None:
            return None
        alone = self.reader.snapshot.places[each.place].kind is PlaceKind.ZONE
        return self.reader.address(
            "zone" if alone else "compare", place=each.place, indicator=None if alone else self.indicator
        )


def tile_map(reader: Reader, indicator: str, year: int) -> None:
    """The units in shades by quarters; each leads to the comparison of its own zones."""
    found = tile_values(reader.board.reader, indicator, year)
    unit = reader.snapshot.units[reader.snapshot.indicators[indicator].unit]
    said = column([each.value for each in found], unit, reader.language)
    codes = [each.tile.code for each in found]
    shown = Shown(reader, indicator, year, found, dict(zip(codes, said, strict=True)))
    known, file = sum(each.value is not None for each in found), get_settings().map_file
    section(
        reader.say("tiles.title", indicator=shown.name, year=year),
        reader.say("tiles.note_map" if file else "tiles.note", known=known, all=len(found)),
    )
    if file:
        number = get_settings().map_review_number
        drawn = map_figure(reader, found, shown.words, read_base_map(file), number)
        draw(drawn, "map", words=f"{shown.name} ({year}) {number}")
        show(_legend(shown))
    else:
        cells = "".join(_tile(shown, each) for each in found)
        show(f'<ul class="t-tiles">{cells}</ul>{_legend(shown)}', label=shown.name)
    with st.expander(reader.say("target.table")):
        _table(shown)


def _table(shown: Shown) -> None:
    """The units that have zones, the highest first: each value leads to what it was made from.

    The files hold all units, those without a value with the reason.
    """
    reader, say = shown.reader, shown.reader.say
    rows, cells = [], list[list[Cell]]()
    for each in sorted(shown.found, key=lambda each: (each.value is None, -(each.value or 0))):
        name, value = each.tile.name(reader.language), shown.words[each.tile.code]
        band = MISSING if each.band is None else say("tiles.quarter", band=each.band)
        band = shown.why(each) if each.value is None else band
        cells.append([name, each.value, band])
        if way := shown.way(each):
            traced = trace_address(reader, "compare", each.place or "", shown.year)
            rows.append([link(way, name), figure(traced, value), escape(band)])
        elif each.zones:
            rows.append([escape(name), escape(value), escape(band)])
    heads = [say("tiles.unit"), str(shown.year), say("ranking.band")]
    table(heads, rows, numbers=(1,), label=shown.name)
    if without := sum(not each.zones for each in shown.found):
        show(f'<p class="quiet">{escape(say("tiles.without", number=without))}</p>')
    measured = named(reader.snapshot.units[reader.snapshot.indicators[shown.indicator].unit], reader.language)
    heads[1] = f"{shown.name} {shown.year}" + (f" ({measured})" if measured else "")
    marked: list[list[Cell]] = [[say("chart.demonstration")]] if reader.data_set is DataSet.DEMONSTRATION else []
    name = f"{shown.indicator}-100000-{shown.year}-{reader.data_set.value}"
    table_files(lambda: [list[Cell](heads), *cells, *marked], say("tiles.unit"), name, "tiles")


def _legend(shown: Shown) -> str:
    """What each shade stands for, from the lowest to the highest value in it."""
    shades = ""
    for band in range(1, BANDS + 1):
        inside = sorted((each.value or 0, each.tile.code) for each in shown.found if each.band == band)
        if inside:
            ends = dict.fromkeys(shown.words[code] for _value, code in (inside[0], inside[-1]))
            shades += f'<span class="t-tile b{band}">{escape(" – ".join(ends))}</span> '
    if not shades:
        return f'<p class="quiet">{escape(shown.reader.say("tiles.few"))}</p>'
    return f'<p class="quiet t-tile-legend">{escape(shown.reader.say("tiles.legend"))} {shades}</p>'


def _tile(shown: Shown, each: TileValue) -> str:
    name, value = each.tile.name(shown.reader.language), shown.words[each.tile.code]
    hint = escape(f"{name} {value if each.value is not None else shown.why(each)}")
    place = f"grid-row:{each.tile.row + 1};grid-column:{each.tile.column}"
    kind = "none" if each.value is None else f"b{each.band}"
    inside, way = f"<span>{escape(name)}</span><span>{escape(value)}</span>", shown.way(each)
    if way is None:
        return f'<li class="t-tile {kind}" style="{place}" title="{hint}">{inside}</li>'
    leads = f'<a href="{escape(way)}" target="_self" title="{hint}">{inside}</a>'
    return f'<li class="t-tile {kind}" style="{place}">{leads}</li>'
