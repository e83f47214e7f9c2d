"""data/README.md describes every file and every column, and no other."""

import re
from pathlib import Path

import pytest

from settings import ROOT
from storage.datafiles import DEMONSTRATION, TABLES, DataFiles
from storage.rows import PolicyRow, TargetRow

README = Path(ROOT / "data" / "README.md").read_text("utf-8")
COLUMNS = {
    **{file: list(model.model_fields) for file, model in [*TABLES.values(), *DEMONSTRATION.values()]},
    "policy.yaml": list(PolicyRow.model_fields),
    "targets.yaml": list(TargetRow.model_fields),
}


def described(file: str) -> set[str]:
    """The words in backticks where the README speaks of a file: from its name to the next file's."""
    name = file.removeprefix("demonstration/")
    before, after = README.split("\n## Demonstration\n")
    text = after if file != name else before.split("\n## The catalogue\n")[1]
    rest = text[text.index(f"| `{name}`" if f"| `{name}`" in text else f"`{name}`") + len(name) + 4 :]
    end = re.search(r"^(\| )?`[\w_]+\.(csv|yaml)`", rest, re.MULTILINE)
    return set(re.findall(r"`([\w]+)`", rest[: end.start()] if end else rest))


@pytest.mark.parametrize("file", COLUMNS)
def test_every_column_is_described(file: str) -> None:
    assert set(COLUMNS[file]) - described(file) == set()


@pytest.mark.parametrize(("file", "model"), [*TABLES.values(), *DEMONSTRATION.values()], ids=lambda part: str(part))
def test_every_file_has_the_columns_that_are_described(file: str, model: type) -> None:
    header = (ROOT / "data" / file).read_text("utf-8").split("\n", 1)[0].split(",")
    assert header == COLUMNS[file]


def test_every_file_is_described() -> None:
    for file in sorted((ROOT / "data").rglob("*")):
        name = file.name if file.parent.name != "wording" else "wording/*.yaml"
        assert file.is_dir() or file.name == "README.md" or f"`{name}`" in README, file


def test_the_numbers_in_it_are_those_of_the_files(files: DataFiles) -> None:
    assert f"{len(files.published)} values are published" in README
