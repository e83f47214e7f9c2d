"""The demonstration set: a believable value for every statistic and zone, made from data/demonstration and a seed.

It shows what the product does before a zone has reported anything. It is marked as demonstration wherever it is
shown and never judged together with published or reported values.
"""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from models.enums import ObservationState, ValueType, ZoneLevel
from storage.datafiles import DataFiles
from storage.rows import DemonstrationCountRow, DemonstrationZoneRow

SEED = "demonstration 1"
FIRST_YEAR, LAST_YEAR = 2016, 2024
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
HUNDRED_MILLION = 100_000
"""亿元 in 千元, the unit that money is stored in."""

DIP_YEAR, DIP = 2020, 0.96
"""Flows of money were lower in this year everywhere."""

STEADY_REVENUE = "revenue_100m"
"""Revenue in 亿元 without the dip: what counts of things are drawn from. No statistic, so it is not shown."""

DRIVERS = (STEADY_REVENUE, "operating_revenue", "zone_gdp", "rd_expenditure")
"""What the generator makes first; shares and counts are drawn from them and from each other, in file order."""

INDUSTRY = "gross_industrial_output"
"""All other figures of industry are shares of it."""

MOST_HIGH_TECH = 0.9
"""Not every industrial enterprise of size is a high-tech one, even in the best of zones."""

NEWCOMERS = ("technology_teams", "thousand_talents", "ten_thousand_talents")
MADE = (*DRIVERS, "high_tech_enterprises", "eco_transformed", "leading_industries", *NEWCOMERS)
"""What needs no line in demonstration/statistics.csv or counts.csv."""


def generate(files: DataFiles) -> Iterator[dict[str, Any]]:
    """Every demonstration observation as the columns of the observation table, in stored units.

    Zones report from the year they were approved on; what demonstration/exceptions.csv leaves empty is a hole.
    """
    whole = {each.row.code for each in files.statistics if each.row.value_type is not ValueType.DECIMAL}
    wanted = [each.row.code for each in files.statistics if each.row.zone_level]
    odd = _exceptions(files)
    for zone in (each.row for each in files.demonstration_zones):
        for year in YEARS:
            if year < _first_year(files, zone.zone):
                continue
            made = _zone_year(files, zone, year, _level(files, zone.zone, year))
            for statistic in wanted:
                value, note_zh, note_en = odd.get((zone.zone, statistic, year), (made[statistic], "", ""))
                if value is not None:
                    digits = 0 if statistic in whole or abs(value) >= 1000 else 2
                    yield _row(statistic, None, zone.zone, year, round(value, digits), note_zh, note_en)
    yield from _regions(files)


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


def _exceptions(files: DataFiles) -> dict[tuple[str, str, int], tuple[float | None, str, str]]:
    return {
        (row.zone, row.statistic, year): (row.value, row.reason_zh, row.reason_en)
        for row in (each.row for each in files.demonstration_exceptions)
        for year in range(row.from_year, row.to_year + 1)
    }


def _wobble(zone: str, statistic: str, year: int, spread: float) -> float:
    """A factor near 1 that is the same in every run, and does not move when another zone or year is added."""
    return 1 + random.Random(f"{SEED}/{zone}/{statistic}/{year}").gauss(0, spread) if spread else 1.0


def _between(first: float, last: float, year: int) -> float:
    """The straight line from the first year's value to the last year's."""
    return first + (last - first) * (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)


def _zone_year(files: DataFiles, zone: DemonstrationZoneRow, year: int, level: ZoneLevel) -> dict[str, float]:
    name = zone.zone
    made = _drivers(zone, year)
    for share in (each.row for each in files.demonstration_shares):
        part = _between(share.share_2016, share.share_2024, year)
        part *= zone.industry if share.statistic == INDUSTRY else 1
        made[share.statistic] = made[share.of] * part * _wobble(name, share.statistic, year, share.spread)
    hte = 0.075 * zone.innovation * made[STEADY_REVENUE] / (1 + zone.growth / 100) ** (year - FIRST_YEAR)
    hte *= (1 + zone.hte_growth / 100) ** (year - FIRST_YEAR)
    made["high_tech_enterprises"] = float(max(1, round(hte * _wobble(name, "hte", year, 0.01))))
    for count in (each.row for each in files.demonstration_counts):
        per = _between(count.per_2016, count.per_2024, year)
        made[count.statistic] = _counted(name, count, made[count.of] * per)
    _fit(made)
    made |= _states(zone, year)
    made |= _newcomers(name, year, level)
    return made


def _fit(made: dict[str, float]) -> None:
    """A part is no larger than its whole, whatever the parameters say."""
    if {"above_scale_hte", "above_scale_enterprises"} <= made.keys():
        most = float(int(MOST_HIGH_TECH * made["above_scale_enterprises"]))
        made["above_scale_hte"] = min(made["above_scale_hte"], most)
    if "enterprises" in made:
        made["enterprises"] = max(
            made[name] for name in ("enterprises", "high_tech_enterprises", "above_scale_enterprises") if name in made
        )


def _drivers(zone: DemonstrationZoneRow, year: int) -> dict[str, float]:
    """Revenue, product and R&D, from which everything else follows."""
    name = zone.zone
    revenue = zone.revenue_2016 * (1 + zone.growth / 100) ** (year - FIRST_YEAR)
    if zone.bend_year is not None and year >= zone.bend_year:
        revenue *= zone.bend ** (year - zone.bend_year + 1)
    steady = revenue * _wobble(name, "operating_revenue", year, 0.012)
    money = steady * HUNDRED_MILLION * (DIP if year == DIP_YEAR else 1)
    product = money * zone.gdp_share * _wobble(name, "zone_gdp", year, 0.008)
    intensity = _between(zone.rd_2016, zone.rd_2024, year) * _wobble(name, "rd", year, 0.02)
    return dict(zip(DRIVERS, (steady, money, product, product * intensity / 100), strict=True))


def _counted(zone: str, row: DemonstrationCountRow, value: float) -> float:
    """A count of things, each of which stays: the wobble is of the zone, not of the year."""
    return float(round(value * _wobble(zone, row.statistic, 0, row.spread)))


def _states(zone: DemonstrationZoneRow, year: int) -> dict[str, float]:
    done = zone.eco_year is not None and year >= zone.eco_year
    number = zone.leading_industries
    return {
        "eco_transformed": float(done),
        "leading_industries": float(number + (number > 2 and year < FIRST_YEAR + 3)),
    }


def _newcomers(zone: str, year: int, level: ZoneLevel) -> dict[str, float]:
    """People and teams that came in the year: more of them to national zones."""
    most = 3 if level is ZoneLevel.NATIONAL else 1
    return {name: float(random.Random(f"{SEED}/{zone}/{name}/{year}").randint(0, most)) for name in NEWCOMERS}


def _regions(files: DataFiles) -> Iterator[dict[str, Any]]:
    """The regions' own values: denominators of shares, and the averages that multiples refer to."""
    statistics = {each.row.code for each in files.statistics}
    for row in (each.row for each in files.demonstration_regions):
        for year in YEARS:
            if year == row.without:
                continue
            value = row.first * (1 + row.growth / 100) ** (year - FIRST_YEAR)
            value *= _wobble(row.place, row.series, year, 0.004)
            if row.series in statistics:
                yield _row(row.series, None, row.place, year, round(value))
            else:
                yield _row(None, row.series, row.place, year, round(value, 2))
