"""The tile map of the country: each province-level unit at its place among its neighbours, without any boundary."""

from html import escape

from settings import get_settings
from storage.base_map import read_base_map
from tracking.format import MISSING, with_unit
from tracking.phrases import named
from tracking.tiles import BANDS, TileValue, tile_values
from views.components.base_map import map_figure
from views.components.charts import draw
from views.components.page import capital, section, show
from views.state import Reader


def tile_map(reader: Reader, indicator: str, year: int) -> None:
    """The units in shades by quarters; each leads to the comparison of its own zones."""
    found = tile_values(reader.board.reader, indicator, year)
    name = capital(named(reader.snapshot.indicators[indicator], reader.language))
    known = sum(each.value is not None for each in found)
    section(
        reader.say("tiles.title", indicator=name, year=year),
        reader.say("tiles.note_map" if get_settings().map_file else "tiles.note", known=known, all=len(found)),
    )
    file = get_settings().map_file
    if file:
        number = get_settings().map_review_number
        drawn = map_figure(reader, indicator, found, read_base_map(file), number)
        draw(drawn, "map", words=f"{name} ({year}) {number}")
        return
    cells = "".join(_tile(reader, indicator, each) for each in found)
    show(f'<ul class="t-tiles">{cells}</ul>{_legend(reader, indicator, found)}', label=name)


def _legend(reader: Reader, indicator: str, found: list[TileValue]) -> str:
    """What each shade stands for, from the lowest to the highest value in it."""
    unit = reader.snapshot.units[reader.snapshot.indicators[indicator].unit]
    shades = ""
    for band in range(1, BANDS + 1):
        inside = sorted(each.value for each in found if each.band == band and each.value is not None)
        if inside:
            ends = dict.fromkeys(with_unit(each, unit, reader.language) for each in (inside[0], inside[-1]))
            shades += f'<span class="t-tile b{band}">{escape(" – ".join(ends))}</span> '
    if not shades:
        return f'<p class="quiet">{escape(reader.say("tiles.few"))}</p>'
    return f'<p class="quiet t-tile-legend">{escape(reader.say("tiles.legend"))} {shades}</p>'


def _tile(reader: Reader, indicator: str, each: TileValue) -> str:
    unit = reader.snapshot.units[reader.snapshot.indicators[indicator].unit]
    name = each.tile.name(reader.language)
    value = MISSING if each.value is None else with_unit(each.value, unit, reader.language)
    why = reader.say("tiles.no_zones" if each.group is None else "tiles.none")
    hint = f"{name} {value if each.value is not None else why}"
    place = f"grid-row:{each.tile.row + 1};grid-column:{each.tile.column}"
    kind = "none" if each.value is None else f"b{each.band}"
    inside = f"<span>{escape(name)}</span><span>{escape(value)}</span>"
    if each.group is None or each.value is None:
        return f'<li class="t-tile {kind}" style="{place}" title="{escape(hint)}">{inside}</li>'
    address = escape(reader.address("compare", place=each.group, indicator=indicator))
    link = f'<a href="{address}" target="_self" title="{escape(hint)}">{inside}</a>'
    return f'<li class="t-tile {kind}" style="{place}">{link}</li>'
