"""How long gap reports take: all formats of a region with 40 zones and 54 targets together, and the PDF of one zone.

Each from the snapshot to the bytes, with every chart drawn, on values made by a seed; the median of a few runs.
"""

import random
import statistics
import time
from collections.abc import Callable

from models.enums import Language
from reports.formats import FORMATS
from reports.gap_report import Report, Subject, build_report
from storage.queries import Snapshot
from tests.world import PROVINCE, World

ZONES, TARGETS, ZONE_TARGETS = 40, 54, 5
YEARS, AS_OF = range(2017, 2025), 2024
RUNS = 3
GOAL_REGION, GOAL_ZONE = 20, 2
"""Seconds."""


def snapshot() -> Snapshot:
    """Targets of the region's zones together, the last few for each zone; every zone with a value for every year."""
    made = random.Random(20200930)
    world = World({f"z{number:02}": "national" if number % 3 else "provincial" for number in range(ZONES)})
    for number in range(TARGETS):
        code, alone = f"firms-{number:02}", number >= TARGETS - ZONE_TARGETS
        world.indicator(code, "sum", f"count-{number:02}")
        for zone in world.standings:
            start, growth = made.uniform(20, 200), made.uniform(0.98, 1.15)
            world.values(
                f"count-{number:02}", zone, {year: round(start * growth ** (year - YEARS[0])) for year in YEARS}
            )
        place, value = ("z00", 150) if alone else ("P-all", 6000)
        world.target(code, place, "count", ">=", value, period_start=2020)
    return world.snapshot()


def seconds(work: Callable[[], object]) -> float:
    """The median of the runs, after one that is not counted."""
    work()
    found = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def main() -> None:
    """Prints the seconds of each step, and of what was asked for as a whole."""
    data = snapshot()

    def built(code: str) -> Report:
        return build_report(data, Subject.find(data, code), AS_OF, Language.ZH)

    region, zone = built(PROVINCE), built("z00")
    steps = {"report": seconds(lambda: built(PROVINCE))}
    for ending, each in FORMATS.items():
        steps[ending] = seconds(lambda each=each: each.write(region))  # type: ignore[misc]
    parts = ", ".join(f"{name} {took:.2f}" for name, took in steps.items())
    size = f"{ZONES} zones, {TARGETS} targets, {len(region.rows)} rows, {len(region.pictures)} charts"
    print(f"gap report of a region ({size}): {sum(steps.values()):.1f} s ({parts}); goal: {GOAL_REGION} s")
    alone = seconds(lambda: FORMATS["pdf"].write(built("z00")))
    print(f"PDF of a zone ({len(zone.rows)} rows, {len(zone.pictures)} charts): {alone:.2f} s; goal: {GOAL_ZONE} s")


if __name__ == "__main__":
    main()
