"""Every row of the grammar fires in its example and not in its counter-example."""

import re

import pytest

from models.extraction import Metadata
from targets.extraction import extract
from targets.extraction.grammar import Row, rows

PLAN = Metadata(title="东省高新区高质量发展实施意见", region="东省", issued=2020)
REPORT = Metadata(title="2021年东市政府工作报告", region="东市", issued=2021)


def fired(text: str) -> set[str]:
    metadata = REPORT if "全年" in text else PLAN
    return {rule for candidate in extract(text, metadata) for rule in candidate.rules}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_fires_in_its_example(row: Row) -> None:
    assert row.id in fired(row.example), fired(row.example)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_is_silent_in_its_counter_example(row: Row) -> None:
    assert row.id not in fired(row.counter_example)


def test_ids_are_unique() -> None:
    ids = [row.id for row in rows()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_every_word_can_be_read_and_none_is_empty(row: Row) -> None:
    for word in row.words:
        assert word and re.compile(word)
