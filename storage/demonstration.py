"""The demonstration set: a believable value for every statistic and zone, made from data/demonstration and a seed.

It shows what the product does before a zone has reported anything. It is marked as demonstration wherever it is
shown and never judged together with published or reported values.
"""

import csv
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.enums import ObservationState, ValueType, ZoneLevel
from storage.datafiles import DataFiles

SEED = "demonstration 1"
FIRST_YEAR, LAST_YEAR = 2016, 2024
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
HUNDRED_MILLION = 100_000
"""亿元 in 千元, the unit that money is stored in."""

DIP_YEAR, DIP = 2020, 0.96
"""Flows of money were lower in this year everywhere."""

MONEY_DRIVERS = {"operating_revenue", "zone_gdp"}
Rows = Mapping[str, str]


@dataclass(frozen=True)
class _Recipe:
    """The parameters, as they stand in data/demonstration."""

    zones: list[Rows]
    shares: list[Rows]
    counts: list[Rows]
    regions: list[Rows]
    exceptions: list[Rows]


def _read(folder: Path) -> _Recipe:
    def rows(name: str) -> list[Rows]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return _Recipe(rows("zones"), rows("statistics"), rows("counts"), rows("regions"), rows("exceptions"))


def generate(files: DataFiles) -> Iterator[dict[str, Any]]:
    """Every demonstration observation as the columns of the observation table, in stored units.

    Zones report from the year they were approved on; what data/demonstration/exceptions.csv leaves empty is a hole.
    """
    recipe = _read(files.folder / "demonstration")
    whole = {each.row.code for each in files.statistics if each.row.value_type is not ValueType.DECIMAL}
    wanted = [each.row.code for each in files.statistics if each.row.zone_level]
    odd = _exceptions(recipe)
    for zone in recipe.zones:
        first = _first_year(files, zone["zone"])
        for year in YEARS:
            if year < first:
                continue
            made = _zone_year(recipe, zone, year, _level(files, zone["zone"], year))
            for statistic in wanted:
                value, note_zh, note_en = odd.get((zone["zone"], statistic, year), (made[statistic], "", ""))
                if value is not None:
                    digits = 0 if statistic in whole or abs(value) >= 1000 else 2
                    yield _row(statistic, None, zone["zone"], year, round(value, digits), note_zh, note_en)
    yield from _regions(recipe, {each.row.code for each in files.statistics})


def _row(
    statistic: str | None, indicator: str | None, place: str, year: int, value: float, zh: str = "", en: str = ""
) -> dict[str, Any]:
    return {
        "statistic_code": statistic,
        "indicator_code": indicator,
        "place_code": place,
        "year": year,
        "value": Decimal(f"{value:.10g}") if value % 1 else Decimal(int(value)),
        "printed": "",
        "state": ObservationState.FINAL,
        "source_id": None,
        "note_zh": zh,
        "note_en": en,
    }


def _first_year(files: DataFiles, zone: str) -> int:
    since = [each.row.valid_from or FIRST_YEAR for each in files.zone_standings if each.row.zone == zone]
    return max(FIRST_YEAR, min(since))


def _level(files: DataFiles, zone: str, year: int) -> ZoneLevel:
    held = [each.row for each in files.zone_standings if each.row.zone == zone and (each.row.valid_from or 0) <= year]
    return max(held, key=lambda row: row.valid_from or 0).level


def _exceptions(recipe: _Recipe) -> dict[tuple[str, str, int], tuple[float | None, str, str]]:
    found = {}
    for row in recipe.exceptions:
        value = float(row["value"]) if row["value"] else None
        for year in range(int(row["from"]), int(row["to"]) + 1):
            found[row["zone"], row["statistic"], year] = (value, row["reason_zh"], row["reason_en"])
    return found


def _wobble(zone: str, statistic: str, year: int, spread: float) -> float:
    """A factor near 1 that is the same in every run, and does not move when another zone or year is added."""
    return 1 + random.Random(f"{SEED}/{zone}/{statistic}/{year}").gauss(0, spread) if spread else 1.0


def _between(first: float, last: float, year: int) -> float:
    """The straight line from the first year's value to the last year's."""
    return first + (last - first) * (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)


def _zone_year(recipe: _Recipe, zone: Rows, year: int, level: ZoneLevel) -> dict[str, float]:
    name, innovation = zone["zone"], float(zone["innovation"])
    made = _drivers(zone, year)
    for row in recipe.shares:
        share = _between(float(row["share_2016"]), float(row["share_2024"]), year)
        made[row["statistic"]] = made[row["of"]] * share * _wobble(name, row["statistic"], year, float(row["spread"]))
    hte = 0.075 * innovation * made["revenue_100m"] / (1 + float(zone["growth"]) / 100) ** (year - FIRST_YEAR)
    hte *= (1 + float(zone["hte_growth"]) / 100) ** (year - FIRST_YEAR)
    made["high_tech_enterprises"] = float(max(1, round(hte * _wobble(name, "hte", year, 0.01))))
    for row in recipe.counts:
        per = _between(float(row["per_2016"]), float(row["per_2024"]), year)
        made[row["statistic"]] = _counted(name, row, year, made[row["of"]] * per)
    made["above_scale_hte"] = min(made["above_scale_hte"], made["above_scale_enterprises"])
    made["enterprises"] = max(made["enterprises"], made["high_tech_enterprises"], made["above_scale_enterprises"])
    made |= _states(zone, year)
    made |= _newcomers(name, year, level)
    return made


def _drivers(zone: Rows, year: int) -> dict[str, float]:
    """Revenue, product and R&D, from which everything else follows."""
    name, growth = zone["zone"], float(zone["growth"]) / 100
    revenue = float(zone["revenue_2016"]) * (1 + growth) ** (year - FIRST_YEAR)
    if zone["bend_year"] and year >= int(zone["bend_year"]):
        revenue *= float(zone["bend"]) ** (year - int(zone["bend_year"]) + 1)
    steady = revenue * _wobble(name, "operating_revenue", year, 0.012)
    money = steady * HUNDRED_MILLION * (DIP if year == DIP_YEAR else 1)
    product = money * float(zone["gdp_share"]) * _wobble(name, "zone_gdp", year, 0.008)
    intensity = _between(float(zone["rd_2016"]), float(zone["rd_2024"]), year) * _wobble(name, "rd", year, 0.02)
    return {
        "revenue_100m": steady,
        "operating_revenue": money,
        "zone_gdp": product,
        "rd_expenditure": product * intensity / 100,
    }


def _counted(zone: str, row: Rows, year: int, value: float) -> float:
    """A count of things, each of which stays: the wobble is of the zone, not of the year."""
    return float(round(value * _wobble(zone, row["statistic"], 0, float(row["spread"]))))


def _states(zone: Rows, year: int) -> dict[str, float]:
    done = bool(zone["eco_year"]) and year >= int(zone["eco_year"])
    number = int(zone["leading_industries"])
    return {
        "eco_transformed": float(done),
        "leading_industries": float(number + (number > 2 and year < FIRST_YEAR + 3)),
    }


def _newcomers(zone: str, year: int, level: ZoneLevel) -> dict[str, float]:
    """People and teams that came in the year: more of them to national zones."""
    most = 3 if level is ZoneLevel.NATIONAL else 1
    names = ("technology_teams", "thousand_talents", "ten_thousand_talents")
    return {name: float(random.Random(f"{SEED}/{zone}/{name}/{year}").randint(0, most)) for name in names}


def _regions(recipe: _Recipe, statistics: set[str]) -> Iterator[dict[str, Any]]:
    """The regions' own values: denominators of shares, and the averages that multiples refer to."""
    for row in recipe.regions:
        series, place = row["series"], row["place"]
        for year in YEARS:
            if str(year) == row["without"]:
                continue
            value = float(row["first"]) * (1 + float(row["growth"]) / 100) ** (year - FIRST_YEAR)
            value *= _wobble(place, series, year, 0.004)
            if series in statistics:
                yield _row(series, None, place, year, round(value))
            else:
                yield _row(None, series, place, year, round(value, 2))
