"""What is imported is pinned, what is pinned is explained."""

import re
from importlib.metadata import packages_distributions, version

import pytest

from settings import ROOT
from tests.architecture.source import files_of, imported_packages, product_files

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


def test_every_pinned_package_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text("utf-8")
    given = {plain(name) for name in re.findall(r"^\| `([^`]+)`", reasons, re.MULTILINE)}
    assert given == set(pins("requirements.txt")) | set(pins("requirements-dev.txt"))
