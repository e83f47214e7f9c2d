"""How many characters a second are searched for targets, on one core: all stages, over the founding policies. And how
well they are found there and in the sets that are named."""

import os
import statistics
import sys
import time

from bench import scores
from models.extraction import Metadata
from settings import ROOT
from targets.extraction import extract

RUNS = 7
GOAL = 300_000


def main() -> None:
    """Prints the rate over all founding policies together, and of each."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = {
        path.parent.name: path.read_bytes().decode("utf-8") for path in (ROOT / "data").glob("policies/*/text.txt")
    }
    metadata = Metadata(title="高新区高质量发展实施意见", region="河北省", issued=2018)
    rates: dict[str, list[float]] = {name: [] for name in [*texts, "all"]}
    extract("到2025年，达到1家。", metadata)
    for _ in range(RUNS):
        whole = 0.0
        for name, text in texts.items():
            started = time.perf_counter()
            extract(text, metadata)
            spent = time.perf_counter() - started
            whole += spent
            rates[name].append(len(text) / spent)
        rates["all"].append(sum(map(len, texts.values())) / whole)
    for name, found in rates.items():
        print(f"extraction, {name}: {statistics.median(found):,.0f} characters/s (median of {RUNS}), one core")
    print(f"goal: {GOAL:,} characters/s")
    scores.main(sys.argv[1:])


if __name__ == "__main__":
    main()
