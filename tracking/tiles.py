"""The tile map: one value for each province-level unit, made as every other value of a group is."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from models.enums import Language
from storage.shipped import shipped
from tracking.membership import region_of
from tracking.series import SeriesReader

BANDS = 4
"""So many shades: more cannot be told apart at a glance."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a unit stands in the scheme, and what it is called."""

    code: str
    row: int
    column: int
    zh: str
    en: str

    def name(self, language: Language) -> str:
        """The short name."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class TileValue:
    """A unit with the value of its zones.

    `place` is what the value is of: the group of all its zones, or the only one that it has. `zones` counts those on
    record. `band` is 1 for the lowest quarter of the units that have a value, 4 for the highest; equal values share the
    lower one. None where there is no value, or where fewer units have one than there are quarters.
    """

    tile: Tile
    place: str | None
    zones: int
    value: Decimal | None
    band: int | None


@cache
def tiles() -> tuple[Tile, ...]:
    """Every unit, from data/tiles.yaml."""
    return tuple(Tile(code, row, column, zh, en) for code, (row, column, zh, en) in shipped("tiles.yaml").items())


def tile_values(reader: SeriesReader, indicator: str, year: int) -> list[TileValue]:
    """The value of all zones of each unit in a year; units without zones on record, or without a value, have none."""
    zones: dict[str, list[str]] = {}
    for zone in reader.snapshot.zones:
        zones.setdefault(region_of(reader.snapshot, zone, year), []).append(zone)
    places = {unit: own[0] for unit, own in zones.items() if len(own) == 1}
    places |= {each.region_code: code for code, each in reader.snapshot.groups.items() if each.level is None}
    known: dict[str, Decimal] = {}
    for tile in tiles():
        point = reader.series(indicator, places[tile.code]).at(year) if tile.code in places else None
        if point is not None:
            known[tile.code] = point.value
    order = sorted(known.values())
    return [
        TileValue(tile, places.get(tile.code), len(zones.get(tile.code, ())), value, _band(value, order))
        for tile in tiles()
        for value in [known.get(tile.code)]
    ]


def _band(value: Decimal | None, order: list[Decimal]) -> int | None:
    """The quarter of the units in which a value lies."""
    if value is None or len(order) < BANDS:
        return None
    return 1 + order.index(value) * BANDS // len(order)
