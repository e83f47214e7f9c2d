"""The founding data as they were read, and small changes to a copy of them."""

import shutil
from pathlib import Path

import pytest

from settings import ROOT
from storage.datafiles import DataFiles, read_data


@pytest.fixture(scope="session")
def founding_files() -> DataFiles:
    files, problems = read_data(ROOT / "data")
    assert problems == []
    return files


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of data/ that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
