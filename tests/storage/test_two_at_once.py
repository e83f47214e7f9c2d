"""Two people run `init` at the same moment, as two processes."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import Engine

from models.enums import DataSet
from settings import ROOT
from storage.datafiles import DataFiles
from storage.engine import make_engine
from storage.migrate import require_current
from storage.queries import data_version, read_snapshot


def inits(url: str, number: int) -> list[tuple[int, str]]:
    """Exit status and last words of some `cli.py init` that were started together."""
    environment = os.environ | {"TRACKER_DATABASE_URL": url, "TRACKER_DEMONSTRATION": "false"}
    started = [
        subprocess.Popen(
            [sys.executable, "cli.py", "init"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(number)
    ]
    told = [(process.communicate()[0], process.returncode) for process in started]
    return [(status, said.strip()) for said, status in told]


def in_order(engine: Engine) -> None:
    require_current(engine)
    assert data_version(engine) == 1
    assert len(read_snapshot(engine, DataSet.REAL).targets) == 53


@pytest.mark.parametrize("number", [2, 3])
def test_one_loads_and_the_others_find_it_done(database_url: str, number: int) -> None:
    told = inits(database_url, number)
    assert [status for status, _ in told] == [0] * number
    assert sorted(said.split(".")[0] for _, said in told) == ["Loaded"] + ["The database is up to date"] * (number - 1)
    engine = make_engine(database_url)
    in_order(engine)
    engine.dispose()


def test_one_that_waits_too_long_is_refused_politely(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, founding_files: DataFiles
) -> None:
    import storage.engine as module
    from models.errors import DatabaseRefused
    from storage.engine import one_at_a_time, unit_of_work
    from storage.load import load

    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 100)
    impatient = make_engine(engine.url.render_as_string(hide_password=False))
    with unit_of_work(engine) as session:
        one_at_a_time(session.connection())
        with pytest.raises(DatabaseRefused, match="wait until that one is done, then try again") as refused:
            load(impatient, founding_files, demonstration=False)
    assert "\n" not in str(refused.value)
    assert load(impatient, founding_files, demonstration=False).touched
    impatient.dispose()
