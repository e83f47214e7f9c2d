"""How often the outlook came true: every series, seen from each of its years, held against what followed.

For each series, year and number of years ahead the value that came is placed within what the outlook had said: how
often it lay in the middle 50 %, 80 % and 90 %, and in which third. Thresholds placed where the outlook says "likely",
"open" and "unlikely" tell how often such a target would have been reached.
"""

from collections.abc import Iterator
from statistics import fmean

from models.enums import DataSet
from settings import get_settings
from storage.engine import shared_engine
from storage.queries import read_snapshot
from targets.assessment.outlook import LIKELY, UNLIKELY, fan
from tracking.series import SeriesReader

AHEAD = range(1, 5)
ASKED = tuple(at / 20 for at in range(1, 20))
"""Chances at which thresholds are placed."""


def shares(data_set: DataSet) -> Iterator[tuple[int, float]]:
    """Of each forecast: the years ahead, and the chance it had given to values below the one that came."""
    snapshot = read_snapshot(shared_engine(get_settings().database_url), data_set)
    reader = SeriesReader(snapshot)
    for code, indicator in snapshot.indicators.items():
        for place in snapshot.places if code not in snapshot.members else ():
            values = reader.series(code, place).numbers()
            for year, ahead in ((y, a) for y in values for a in AHEAD if y + a in values):
                found = fan(values, year, ahead, percent=indicator.unit == "%")
                if found is not None:
                    yield ahead, found.share_below(values[year + ahead])


def reached(found: list[float], low: float, high: float) -> float:
    """How often a threshold was reached that had been given a chance between two ends, both in percent."""
    asked = [chance for chance in ASKED if low <= 100 * chance <= high]
    return fmean(share >= 1 - chance for share in found for chance in asked)


def main() -> None:
    """Prints the calibration on each data set."""
    for data_set in DataSet:
        everything = list(shares(data_set))
        for ahead in (0, *AHEAD):
            found = [share for years, share in everything if ahead in (0, years)]
            if not found:
                continue
            within = " ".join(f"{p}%: {fmean(abs(s - 0.5) <= p / 200 for s in found):.2f}" for p in (50, 80, 90))
            words = ((LIKELY, 100.0, "likely"), (UNLIKELY, LIKELY, "open"), (0.0, UNLIKELY, "unlikely"))
            held = " ".join(f"{word} {reached(found, low, high):.2f}" for low, high, word in words)
            years = f"{ahead} years ahead" if ahead else "all"
            print(f"outlook, {data_set.value}, {years}: {len(found)} forecasts; within {within}; reached: {held}")


if __name__ == "__main__":
    main()
