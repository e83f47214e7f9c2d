"""Many at once and killed in between, small; `make crowd` and `make kill` do it in full."""

from collections.abc import Iterator

import pytest

from storage.engine import make_engine
from tests import at_once, killed
from tests.at_once import Told
from tests.databases import Databases


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """The address of a new database with all tables and no rows."""
    made = databases.migrated()
    yield made
    databases.drop(made)


def test_of_many_who_save_at_once_nothing_is_lost(url: str) -> None:
    told, wrong = at_once.run(url, clerks=24, saves=3)
    assert [fault for clerk in told for fault in clerk.faults] == []
    assert sum(len(clerk.saved) for clerk in told) == 24 * 3
    assert wrong == []
    engine = make_engine(url)
    invented = Told(saved=[(("baoding", 2016), 99, "enterprises", "7")])
    assert at_once.lost(engine, [*told, invented]) != [], "what is not on record would be noticed"
    assert at_once.lost(engine, told[1:]) != [], "what nobody was told would be noticed"
    engine.dispose()


def test_what_was_acknowledged_before_a_kill_is_there_whole(url: str) -> None:
    outcome = killed.run(url, kills=3, steps=12, seed=1)
    assert outcome.kills >= 3 and len(outcome.acknowledged) >= 12
    assert outcome.wrong == []
    engine = make_engine(url)
    zone, version, _ = outcome.acknowledged[-1]
    assert killed.broken(engine, [(zone, version, "approved by nobody")]) != [], "another step would be noticed"
    assert killed.broken(engine, [(zone, 9999, "save")]) != [], "one that is not there would be noticed"
    engine.dispose()
