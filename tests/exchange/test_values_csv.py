"""All values as a table: each with its unit, its state and where it comes from."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.values_csv import COLUMNS, write_values
from models.enums import DataSet
from models.observation import Source
from storage.queries import Snapshot

Founding = Callable[[DataSet], Snapshot]


def lines(snapshot: Snapshot) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_values(snapshot).decode("utf-8-sig"))))


@pytest.mark.parametrize("data", list(DataSet))
def test_every_value_in_force_has_its_line(founding: Founding, data: DataSet) -> None:
    snapshot = founding(data)
    found = {int(line["observation"]): line for line in lines(snapshot)}
    wanted = {each.id: each for by_year in snapshot.observations.values() for each in by_year.values()}
    assert found.keys() == wanted.keys()
    for number, line in found.items():
        assert list(line) == COLUMNS
        assert Decimal(line["value"]) == wanted[number].value
        assert line["unit"] in snapshot.units
        assert line["year"] == str(wanted[number].year)


def test_a_published_value_names_its_source_and_address(founding: Founding) -> None:
    published = [line for line in lines(founding(DataSet.REAL)) if line["origin"] == "published"]
    assert published
    assert all(line["source"] for line in published)


def test_lines_stand_by_series_place_and_year(founding: Founding) -> None:
    keys = [(line["series"], line["place"], int(line["year"])) for line in lines(founding(DataSet.REAL))]
    assert keys == sorted(keys) and len(keys) == len(set(keys))


def test_words_that_look_like_a_formula_stay_words(founding: Founding) -> None:
    snapshot = founding(DataSet.REAL)
    odd = {key: Source(id=key, title='=HYPERLINK("//evil")', address="@SUM(1)") for key in snapshot.sources}
    found = [line for line in lines(replace(snapshot, sources=odd)) if line["source"]]
    assert {line["source"] for line in found} == {'\'=HYPERLINK("//evil")'}
    assert {line["address"] for line in found} == {"'@SUM(1)"}
