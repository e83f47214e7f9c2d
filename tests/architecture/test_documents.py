"""What a person can type or set stands in the documents."""

import re
from collections.abc import Iterator

import pytest
import typer

from settings import PREFIX, REMEDIES, ROOT, Settings

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)


def document(name: str) -> str:
    file = ROOT / name
    return file.read_text("utf-8") if file.exists() else ""


def anywhere() -> str:
    return document("README.md") + "".join(f.read_text("utf-8") for f in sorted((ROOT / "docs").glob("*.md")))


def commands(group: object, path: str = "cli.py") -> Iterator[str]:
    below = getattr(group, "commands", {})
    if not below:
        yield path
    for name, command in below.items():
        yield from commands(command, f"{path} {name}")


def test_the_makefile_has_its_commands() -> None:
    assert {"help", "setup", "run", "init", "test", "lint", "bench"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_command_is_in_the_readme(target: str) -> None:
    assert f"make {target}" in document("README.md")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_described_with_its_default(name: str) -> None:
    rows = [line for line in document("docs/settings.md").splitlines() if f"`{PREFIX}{name.upper()}`" in line]
    assert len(rows) == 1, f"docs/settings.md needs one row for {PREFIX}{name.upper()}"


def test_no_setting_is_described_that_there_is_not() -> None:
    described = set(re.findall(rf"{PREFIX}([A-Z_]+)", anywhere()))
    assert described <= {name.upper() for name in Settings.model_fields}


def test_every_setting_says_what_would_be_right() -> None:
    assert set(REMEDIES) == set(Settings.model_fields)


def test_every_command_is_described() -> None:
    import cli

    every = list(commands(typer.main.get_command(cli.app)))
    assert len(every) > 1
    text = anywhere()
    assert [command for command in every if command not in text] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(f.name[:4]) for f in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
