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
    shades = "".join(f'<span class="t-tile b{band}">{band}</span>' for band in range(1, BANDS + 1))
    none = f'<span class="t-tile none">{MISSING}</span>'
    words = (escape(reader.say(each)) for each in ("tiles.legend", "tiles.none"))
    legend = f'<p class="quiet t-tile-legend">{next(words)} {shades} {next(words)} {none}</p>'
    show(f'<div class="t-tiles" role="list">{cells}</div>{legend}', label=name)


def _tile(reader: Reader, indicator: str, each: TileValue) -> str:
    unit = reader.snapshot.units[reader.snapshot.indicators[indicator].unit]
    name = each.tile.name(reader.language)
    value = MISSING if each.value is None else with_unit(each.value, unit, reader.language)
    hint = f"{name} {value}" if each.value is not None else f"{name} {reader.say('tiles.none')}"
    place = f"grid-row:{each.tile.row + 1};grid-column:{each.tile.column}"
    kind = "none" if each.band is None else f"b{each.band}"
    inside = f"<span>{escape(name)}</span><span>{escape(value)}</span>"
    if each.group is None or each.value is None:
        return f'<div role="listitem" class="t-tile {kind}" style="{place}" title="{escape(hint)}">{inside}</div>'
    address = escape(reader.address("compare", place=each.group, indicator=indicator))
    return (
        f'<a role="listitem" class="t-tile {kind}" style="{place}" href="{address}" target="_self" '
        f'title="{escape(hint)}">{inside}</a>'
    )
