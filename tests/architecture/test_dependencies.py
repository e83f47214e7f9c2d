"""What is imported is pinned, what is pinned is explained."""

import re
from importlib.metadata import metadata, packages_distributions, requires, version

import pytest
from packaging.requirements import Requirement

from settings import ROOT
from tests.architecture.markdown import document, rows
from tests.architecture.source import files_of, imported_packages, product_files

REASONS = "docs/decisions/0002-dependencies.md"
PIN = re.compile(r"^(?P<name>[\w.-]+)(\[[\w,]+\])?==(?P<version>\S+)$")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    lines = [line.strip() for line in (ROOT / file).read_text("utf-8").splitlines()]
    wanted = [line for line in lines if line and not line.startswith(("#", "-c ", "-r "))]
    matches = [PIN.match(line) for line in wanted]
    assert all(matches), [line for line, match in zip(wanted, matches, strict=True) if not match]
    return {plain(match["name"]): match["version"] for match in matches if match}


def distributions(files: list) -> dict[str, str]:
    owners = packages_distributions()
    return {plain(owners[name][0]): where for name, where in imported_packages(files).items()}


def test_the_product_imports_only_pinned_packages() -> None:
    imported = distributions(product_files())
    assert {name: where for name, where in imported.items() if name not in pins("requirements.txt")} == {}


def test_tests_import_only_pinned_packages() -> None:
    known = pins("requirements.txt") | pins("requirements-dev.txt")
    imported = distributions(files_of("tests", "bench", "scripts"))
    assert {name: where for name, where in imported.items() if name not in known} == {}


def test_no_pinned_package_is_without_use() -> None:
    # Tests count: psycopg is loaded by its name, and a written workbook is read back.
    assert set(pins("requirements.txt")) - set(distributions([*product_files(), *files_of("tests")])) == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_what_is_installed_is_what_is_pinned(file: str) -> None:
    wanted = pins(file)
    assert {name: version(name) for name in wanted} == wanted


def needs(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What an installed package asks for on this machine."""
    wanted = [Requirement(line) for line in requires(name) or ()]
    places = [{"extra": extra} for extra in (extras or {""})]
    return [each for each in wanted if not each.marker or any(each.marker.evaluate(place) for place in places)]


def brought_along(file: str) -> set[str]:
    """Every package that installing a list of requirements brings, the listed ones too."""
    todo = [
        Requirement(line)
        for line in document(file).splitlines()
        if line.strip() and not line.startswith(("#", "-c ", "-r "))
    ]
    seen: dict[str, set[str]] = {}
    while todo:
        each = todo.pop()
        known = seen.setdefault(plain(each.name), set())
        if not known or set(each.extras) - known:
            known |= {"", *each.extras}
            todo += needs(each.name, frozenset(known))
    return set(seen)


def test_all_that_is_brought_along_is_pinned() -> None:
    wanted = brought_along("requirements.txt") | brought_along("requirements-dev.txt")
    known = pins("requirements.txt") | pins("requirements-dev.txt") | pins("constraints.txt")
    assert wanted - set(known) == set()
    # Who only runs the product does not read the list for testing: what running brings along must be pinned without it.
    assert brought_along("requirements.txt") - set(pins("requirements.txt") | pins("constraints.txt")) == set()
    # tzdata comes along on Windows alone; the rest of the list must be needed here.
    assert set(known) - wanted - {"tzdata"} == set()


PERMISSIVE = {
    "MIT",
    "BSD",
    "Apache",
    "MPL",
    "Mozilla",
    "PSF",
    "Python Software Foundation",
    "ISC",
    "0BSD",
    "Zlib",
    "CC0",
}
"""Licences under which the product may be passed on with nothing to do but name them."""

LESSER = {"docxtpl", "psycopg", "psycopg-binary"}
"""Under the LGPL, which allows use as a library that stays as it is; docs/decisions/0002-dependencies.md says so."""


def licence(name: str) -> str:
    """What a package says of its licence: the expression, else the field and the classifiers."""
    told = metadata(name)
    if "License-Expression" in told:
        return told["License-Expression"]
    classifiers = [each for each in told.get_all("Classifier") or [] if each.startswith("License")]
    # Some put the whole text into the field; its first line is its name.
    named = told["License"].splitlines()[:1] if "License" in told else []
    return " ".join([*named, *classifiers])


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_no_licence_asks_for_more_than_to_be_named(file: str) -> None:
    told = {name: licence(name) for name in pins(file)}
    strange = {name: words for name, words in told.items() if not any(each in words for each in PERMISSIVE)}
    assert set(strange) <= LESSER
    assert all("LGPL" in words for words in strange.values())
    assert {name for name, words in told.items() if re.search(r"\bA?GPL|Affero|General Public", words)} == set()


def test_the_reasons_name_the_licence_of_each_package() -> None:
    given = {cells[0].strip("`"): cells[1].split(", ")[-1] for cells in rows(document(REASONS))}
    wrong = {name: (word, licence(name)) for name, word in given.items() if word.split("-")[0] not in licence(name)}
    exact = {name: (word, licence(name)) for name, word in given.items() if "License-Expression" in metadata(name)}
    wrong |= {name: both for name, both in exact.items() if both[0] not in both[1]}
    assert wrong == {}


def test_every_pinned_package_has_its_reason() -> None:
    given = {plain(cells[0].strip("`")): cells[2] for cells in rows(document(REASONS))}
    assert all(given.values())
    assert set(given) == set(pins("requirements.txt")) | set(pins("requirements-dev.txt"))
