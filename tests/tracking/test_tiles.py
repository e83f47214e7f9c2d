"""The tile map: all 34 units, each once, with the values that the rest of the product has for them."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from models.enums import DataSet, Language
from storage.queries import Snapshot
from tracking.series import SeriesReader
from tracking.tiles import BANDS, _band, tile_values, tiles


def test_all_units_have_a_tile_of_their_own() -> None:
    found = tiles()
    assert len(found) == 34
    assert max(Counter((each.row, each.column) for each in found).values()) == 1
    assert max(Counter(each.code for each in found).values()) == 1
    assert {"台湾", "香港", "澳门", "海南", "西藏", "新疆"} <= {each.name(Language.ZH) for each in found}


def test_units_that_are_places_of_ours_are_called_alike(founding: Callable[[DataSet], Snapshot]) -> None:
    places = founding(DataSet.REAL).places
    for each in tiles():
        if each.code in places:
            assert places[each.code].zh.startswith(each.zh) and places[each.code].en == each.en


def test_a_value_is_that_of_the_units_zones_and_the_rest_is_none(founding: Callable[[DataSet], Snapshot]) -> None:
    reader = SeriesReader(founding(DataSet.DEMONSTRATION))
    found = {each.tile.code: each for each in tile_values(reader, "rd_intensity", 2023)}
    assert len(found) == 34
    point = reader.series("rd_intensity", "130000-all").at(2023)
    assert point is not None and found["130000"].value == point.value and found["130000"].place == "130000-all"
    assert found["710000"].value is None and found["710000"].band is None
    known = [each for each in found.values() if each.value is not None]
    ranked = sorted(known, key=lambda each: each.value or 0)
    assert [each.band for each in ranked] == sorted(each.band or 0 for each in ranked)
    assert {each.band for each in known} <= set(range(1, BANDS + 1))
    assert len(known) >= BANDS and ranked[0].band == 1 and ranked[-1].band == BANDS


@pytest.mark.parametrize(
    ("values", "bands"),
    [
        ([], []),
        ([1, 2, 3], [None] * 3),
        ([1, 2, 3, 4], [1, 2, 3, 4]),
        ([1, 1, 1, 1], [1] * 4),
        ([1, 1, 1, 2, 3, 4, 5, 6], [1, 1, 1, 2, 3, 3, 4, 4]),
    ],
)
def test_quarters_are_of_the_units_and_equal_values_share_one(values: list[int], bands: list[int | None]) -> None:
    order = [Decimal(each) for each in values]
    assert [_band(each, order) for each in order] == bands
    assert _band(None, order) is None


def test_a_unit_with_one_zone_has_the_zones_value_and_one_without_says_so(
    founding: Callable[[DataSet], Snapshot],
) -> None:
    reader = SeriesReader(founding(DataSet.DEMONSTRATION))
    found = {each.tile.code: each for each in tile_values(reader, "rd_intensity", 2023)}
    alone = reader.series("rd_intensity", "zhongguancun").at(2023)
    assert alone is not None
    assert (found["110000"].place, found["110000"].value, found["110000"].zones) == ("zhongguancun", alone.value, 1)
    assert (found["710000"].place, found["710000"].zones) == (None, 0)
    assert sum(each.zones for each in found.values()) == len(reader.snapshot.zones)


def test_a_supplied_map_is_drawn_with_its_number_and_asks_nothing_of_the_network(
    founding: Callable[[DataSet], Snapshot],
) -> None:
    from views.components.base_map import map_figure

    snapshot = founding(DataSet.DEMONSTRATION)

    class Looking:
        """As much of a reader as a drawing asks for."""

        dark, language = False, Language.ZH

    looking = Looking()
    looking.snapshot = snapshot  # type: ignore[attr-defined]
    square = ((114.0, 38.0), (116.0, 38.0), (116.0, 40.0), (114.0, 38.0))
    outlines = {"130000": (square, square), "999999": (square,)}
    values = tile_values(SeriesReader(snapshot), "rd_intensity", 2023)
    words = {"130000": "4.52%"}
    figure = map_figure(looking, values, words, outlines, "GS(2026)0001号")  # type: ignore[arg-type]
    assert [each.text for each in figure.layout.annotations] == ["GS(2026)0001号"]
    assert [each.text for each in figure.data] == ["河北 4.52%", "999999 —"]
    assert {each.type for each in figure.data} == {"scatter"}, "no map of plotly's, which would ask for tiles"
    assert figure.data[1].fillcolor.endswith("0.00)")
