"""The data files as they were read, once."""

from pathlib import Path

import pytest

from settings import ROOT
from storage.datacheck import check_data
from storage.datafiles import DataFiles, read_data

DATA: Path = ROOT / "data"


@pytest.fixture(scope="session")
def files() -> DataFiles:
    found, problems = read_data(DATA)
    assert [str(problem) for problem in [*problems, *check_data(found)]] == []
    return found
