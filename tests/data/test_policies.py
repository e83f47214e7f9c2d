"""The five founding policies: the documents byte for byte, and what was read in them."""

import hashlib
import re
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from settings import ROOT
from storage.datafiles import DataFiles, Located, PolicyFiles
from storage.load import load
from storage.queries import original_bytes
from storage.rows import TargetRow

DOCUMENTS = {
    "guangxi-2018": ("f228c8ad4ba238c437e63e0ee18a8e4c1810c6201a47d344cbdc6c14dd5beb6a", 24),
    "hebei-2020": ("681c74d2defd48c88428ccba0d8fe7f3afc7d6666fa127063396ff24ee4d544d", 8),
    "inner-mongolia-2021": ("8c77f2e12415720266fd833305d381aefe2eb40bd1829ba09c0b5cd1e08d7689", 7),
    "lianyungang-2021": ("ecac786b94cd243f3a03f8c0af67e8a2f9b7c1df402380289065ac91dea105f7", 5),
    "lincang-2019": ("bb95ea9e8b59568742f3aa5b04487c6f794d9ae2bb0802efa053d99537551baf", 9),
}
"""The documents as they were received, and how many targets stand in each."""

IN_WORDS = {"全部": Decimal(100), "全覆蓋": Decimal(100)}
"""Numbers that the texts write without a digit."""

STRIVING = re.compile("力[争爭]|[争爭]取")
MUST = re.compile("[应應須须]|[确確]保")


def each_target(files: DataFiles) -> list[tuple[PolicyFiles, TargetRow]]:
    return [(policy, target.row) for policy in files.policies for target in policy.targets]


def sentence_of(text: str, row: TargetRow) -> str:
    """The sentence that a quote stands in, up to its end."""
    begin = max(text.rfind("。", 0, row.start), text.rfind("\n", 0, row.start))
    return text[begin + 1 : row.end]


@pytest.mark.parametrize("policy", DOCUMENTS)
def test_a_document_is_byte_for_byte_what_was_received(policy: str) -> None:
    content = Path(ROOT / "data" / "policies" / policy / "text.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == DOCUMENTS[policy][0]


def test_the_recorded_hashes_are_those_of_this_table(files: DataFiles) -> None:
    assert {each.policy.row.id: each.policy.row.sha256 for each in files.policies} == {
        name: digest for name, (digest, _) in DOCUMENTS.items()
    }


def test_a_document_leaves_the_database_as_it_was_received(engine: Engine, files: DataFiles) -> None:
    load(engine, files, demonstration=False)
    for policy, (digest, _) in DOCUMENTS.items():
        assert hashlib.sha256(original_bytes(engine, policy)).hexdigest() == digest


def test_there_are_fifty_three_targets(files: DataFiles) -> None:
    found = {each.policy.row.id: len(each.targets) for each in files.policies}
    assert found == {name: number for name, (_, number) in DOCUMENTS.items()}
    assert sum(found.values()) == 53


def test_every_quote_is_exactly_what_stands_in_the_text(files: DataFiles) -> None:
    wrong = [row.id for policy, row in each_target(files) if policy.text[row.start : row.end] != row.quote]
    assert wrong == []


def test_every_anchor_lies_in_its_quote_and_is_the_number_itself(files: DataFiles) -> None:
    for policy, row in each_target(files):
        first, last = row.anchor
        words = policy.text[first:last]
        assert row.start <= first < last <= row.end, row.id
        assert IN_WORDS.get(words) == row.value or Decimal(words) == row.value, (row.id, words)


def test_the_percent_sign_and_the_upper_end_follow_the_number(files: DataFiles) -> None:
    for policy, row in each_target(files):
        after = policy.text[row.anchor[1] : row.end]
        if row.unit == "%" and policy.text[slice(*row.anchor)] not in IN_WORDS:
            assert after.startswith("%"), row.id
        if row.value_high is not None:
            assert re.match(rf"\D{{1,2}}{row.value_high}", after), row.id


def test_targets_stand_in_the_order_of_the_text_and_none_twice(files: DataFiles) -> None:
    for policy in files.policies:
        numbers = [target.row.anchor for target in policy.targets]
        assert numbers == sorted(set(numbers)), policy.policy.row.id


def test_how_firmly_a_target_is_meant_is_what_its_sentence_says(files: DataFiles) -> None:
    """力争 is striving, 应 and 须 bind; a sentence with neither states what is expected."""
    for policy, row in each_target(files):
        sentence = sentence_of(policy.text, row)
        wanted = "strive" if STRIVING.search(sentence) else "binding" if MUST.search(sentence) else "expected"
        assert row.strength.value == wanted, (row.id, sentence[-60:])


def test_a_deadline_stands_in_the_text_or_is_the_end_of_the_plan(files: DataFiles) -> None:
    for policy, row in each_target(files):
        if row.deadline is not None:
            assert f"{row.deadline}年" in policy.text or row.deadline == policy.policy.row.period_end, row.id


def test_every_note_and_title_is_there_in_both_languages(files: DataFiles) -> None:
    for _, row in each_target(files):
        assert row.title_zh and row.title_en, row.id
        assert bool(row.note_zh) == bool(row.note_en), row.id
        assert re.search("[\u4e00-\u9fff]", row.title_zh) and not re.search("[\u4e00-\u9fff]", row.title_en), row.id


def test_a_target_is_found_under_its_id(files: DataFiles) -> None:
    for policy in files.policies:
        folder = policy.policy.file.split("/")[-2]
        assert folder == policy.policy.row.id
        located: Located[TargetRow]
        for located in policy.targets:
            assert located.file == f"data/policies/{folder}/targets.yaml"
