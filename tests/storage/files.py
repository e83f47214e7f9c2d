"""Changing a copy of the data files, and reading what is on record afterwards."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, text
from sqlmodel import select

from models import Observation
from storage.datacheck import check_data
from storage.datafiles import read_data
from storage.engine import reading
from storage.load import load
from storage.load_summary import LoadSummary


def change(file: Path, old: str, new: str) -> None:
    """Puts one text in the place of another, which must stand in the file exactly once."""
    content = file.read_bytes().decode("utf-8")
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {file.name}"
    file.write_bytes(content.replace(old, new).encode("utf-8"))


def add(file: Path, line: str) -> None:
    """Puts a line at the end."""
    file.write_bytes(file.read_bytes() + f"{line}\n".encode())


def remove(file: Path, begin: str) -> list[str]:
    """Takes out the lines that begin so, and returns them."""
    lines = file.read_bytes().decode("utf-8").splitlines(keepends=True)
    gone = [line for line in lines if line.startswith(begin)]
    assert gone, f"no line of {file.name} begins with {begin!r}"
    file.write_bytes("".join(line for line in lines if line not in gone).encode("utf-8"))
    return gone


def load_from(engine: Engine, folder: Path, *, demonstration: bool = False) -> LoadSummary:
    """What `init` does with a folder."""
    files, problems = read_data(folder)
    assert [str(problem) for problem in [*problems, *check_data(files)]] == []
    return load(engine, files, demonstration=demonstration)


def history(engine: Engine, series: str, place: str, year: int) -> list[Observation]:
    """Every observation of a series, place and year, the oldest first."""
    with reading(engine) as session:
        query = select(Observation).where(Observation.place_code == place, Observation.year == year)
        rows = session.exec(query.order_by(Observation.id)).all()  # type: ignore[arg-type]
    return [row for row in rows if series in (row.statistic_code, row.indicator_code)]


def told(rows: list[Observation]) -> list[tuple[str, str]]:
    """Observations as (value, state); every one but the first must supersede the one before it."""
    assert [row.supersedes_id for row in rows] == [None, *(row.id for row in rows[:-1])][: len(rows)]
    return [("" if row.value is None else f"{row.value.normalize():f}", row.state.value) for row in rows]


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, to see whether anything changed at all."""
    with engine.connect() as connection:
        return {
            table: sorted(map(tuple, connection.execute(text(f'SELECT * FROM "{table}"'))), key=repr)
            for table in inspect(connection).get_table_names()
        }
