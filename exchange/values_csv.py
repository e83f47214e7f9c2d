"""All values of a data set as a table for other programs, each with where it comes from."""

import csv
import io

from models.catalogue import Indicator, Statistic
from storage.queries import ObservedValue, Snapshot
from tracking.format import inert

COLUMNS = (
    "observation series series_zh place place_zh year value unit printed state origin source address note recorded_at"
).split()


def write_values(snapshot: Snapshot) -> bytes:
    """UTF-8 with a mark that Excel needs; one line a value in force, in its stored unit, by series and place."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for (series, _place), by_year in sorted(snapshot.observations.items()):
        row = snapshot.statistics.get(series) or snapshot.indicators[series]
        for _year, value in sorted(by_year.items()):
            writer.writerow([inert(cell) for cell in _cells(snapshot, row, value)])
    return out.getvalue().encode("utf-8-sig")


def _cells(snapshot: Snapshot, series: Statistic | Indicator, value: ObservedValue) -> list[str]:
    source = snapshot.sources.get(value.source_id or "")
    return [
        str(value.id),
        series.code,
        series.zh,
        value.place,
        snapshot.places[value.place].zh,
        str(value.year),
        f"{value.value:f}",
        series.unit,
        value.printed,
        value.state.value,
        value.origin.value if value.origin else "",
        source.title if source else "",
        source.address if source else "",
        value.note_zh,
        value.recorded_at.isoformat(),
    ]
