"""The rules of the founding data, and figures that pass them all."""

import pytest

from models.enums import DataSet
from storage.engine import make_engine, reading
from submissions.edits import Rules, read_rules, reported_figures

Reported = dict[tuple[str, int], dict]


@pytest.fixture(scope="session")
def rules(founding_database: str) -> Rules:
    with reading(make_engine(founding_database)) as session:
        return read_rules(session)


@pytest.fixture(scope="session")
def reported(founding_database: str) -> Reported:
    """The demonstration set, by zone and year."""
    with reading(make_engine(founding_database)) as session:
        return reported_figures(session, DataSet.DEMONSTRATION)
