"""Short functions and files, so that a reader finds a thing by its name and sees it whole."""

from statistics import median

from settings import ROOT
from tests.architecture.source import functions, product_files


def measured() -> list[tuple[str, int]]:
    # A migration is a record of what was done, written once and never changed.
    return [each for file in product_files() if "migrations" not in file.parts for each in functions(file)]


def lengths_of_files() -> dict[str, int]:
    return {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in product_files()
        if "migrations" not in file.parts
    }


def share(lengths: list[int], limit: int) -> float:
    return sum(length <= limit for length in lengths) / len(lengths)


def test_functions_are_short() -> None:
    lengths = [lines for _, lines in measured()]
    assert median(lengths) <= 10
    assert share(lengths, 35) >= 0.9


def test_no_function_is_over_80_lines() -> None:
    assert {name: lines for name, lines in measured() if lines > 80} == {}


def test_files_are_short() -> None:
    assert share(list(lengths_of_files().values()), 400) >= 0.9


def test_no_file_is_over_700_lines() -> None:
    assert {name: lines for name, lines in lengths_of_files().items() if lines > 700} == {}
