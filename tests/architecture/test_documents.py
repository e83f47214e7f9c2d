"""What a person can type or set stands in the documents, and what the documents name is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from reports.formats import FORMATS
from settings import PREFIX, REMEDIES, ROOT, Settings
from storage.wording import wording
from tests.architecture.markdown import (
    anchors,
    code_spans,
    document,
    documents,
    existing,
    fenced,
    links,
    named_code,
    rows,
    sections,
)
from tests.architecture.source import defined, our_files
from views.screens import SCREENS

MAKEFILE = document("Makefile")
TARGETS = re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)

MADE_LATER = {".env", ".venv", ".venv/bin/python", "var/tracker.db"}
"""What the product makes, or a person adds, beside its own files."""

FILE = re.compile(r"[\w.<>*-]+(/[\w.<>*-]+)*/?")
ENDING = re.compile(r"[\w>*]\.(css|csv|db|env|in|ini|js|jsonl|mako|md|png|py|sh|svg|toml|txt|xlsx|yaml|yml)$")
EXAMPLE = ".venv/bin/python cli.py "


def commands(group: Any, path: str = "cli.py") -> Iterator[tuple[str, Any]]:
    """Every command with what is typed for it."""
    below = getattr(group, "commands", {})
    if not below:
        yield path, group
    for name, command in below.items():
        yield from commands(command, f"{path} {name}")


def every_command() -> dict[str, Any]:
    import cli

    return dict(commands(typer.main.get_command(cli.app)))


def typed(parameter: Any) -> str:
    """`--as-of` for an option, `FOLDER` for an argument."""
    first: str = parameter.opts[0]
    return first if first.startswith("-") else first.upper()


def described(command: str) -> dict[str, list[str]]:
    """What docs/cli.md says of a command: its option -> default, what it does."""
    return {cells[0].strip("`"): cells[1:] for cells in rows(sections(document("docs/cli.md"))[f"`{command}`"])}


def named_files(name: str) -> list[str]:
    """What a document names in backticks as a file or folder."""
    words = [span.split()[0] for span in code_spans(document(name)) if span.strip()]
    whole = [word for word in words if FILE.fullmatch(word)]
    return [word for word in whole if "/" in word or ENDING.search(word)]


def is_there(word: str, beside: Path) -> bool:
    """Whether a named file is there: from the top, beside the document, or (a bare name) anywhere in the product."""
    if word in MADE_LATER or (ROOT / "data" / "policies" / word.split("/")[0]).is_dir():
        return True
    return (
        existing(ROOT / word)
        or existing(beside / word)
        or ("/" not in word and word in {file.name for file in our_files()})
    )


def test_the_makefile_has_its_commands() -> None:
    assert {"help", "setup", "run", "init", "test", "lint", "bench"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_command_is_in_the_readme(target: str) -> None:
    assert f"`make {target}`" in document("README.md")


@pytest.mark.parametrize("name", documents())
def test_every_make_command_that_is_named_is_there(name: str) -> None:
    lines = [*code_spans(document(name)), *fenced(document(name))]
    named = {found[1] for line in lines if (found := re.match(r"make ([a-z]+)", line))}
    assert named <= set(TARGETS)


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_described_with_its_default(name: str) -> None:
    lines = {cells[0]: cells[1] for cells in rows(document("docs/settings.md"))}
    default = Settings.model_fields[name].default
    shown = str(default.relative_to(ROOT) if isinstance(default, Path) else default)
    assert lines[f"`{PREFIX}{name.upper()}`"].strip("`") == (shown.lower() if isinstance(default, bool) else shown)


@pytest.mark.parametrize("name", documents())
def test_no_setting_is_described_that_there_is_not(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", document(name)))
    assert named <= {each.upper() for each in Settings.model_fields}


def test_every_setting_says_what_would_be_right() -> None:
    assert set(REMEDIES) == set(Settings.model_fields)


def test_every_command_is_in_the_readme() -> None:
    assert len(every_command()) > 1
    assert [command for command in every_command() if f"`{command}`" not in document("README.md")] == []


def test_only_commands_that_there_are_have_a_section() -> None:
    headed = {title.strip("`") for title in sections(document("docs/cli.md")) if title.startswith("`cli.py ")}
    assert headed == set(every_command())


@pytest.mark.parametrize("command", every_command())
def test_every_option_is_described_and_no_other(command: str) -> None:
    assert set(described(command)) == {typed(each) for each in every_command()[command].params}


@pytest.mark.parametrize("command", every_command())
def test_an_option_is_described_with_its_default_and_its_words(command: str) -> None:
    for parameter in every_command()[command].params:
        default, words = described(command)[typed(parameter)]
        if parameter.default is not None:
            assert default == f"`{getattr(parameter.default, 'value', parameter.default)}`", typed(parameter)
        assert (default == "required") is parameter.required, typed(parameter)
        choices = getattr(parameter.type_descriptor.annotation, "__members__", {})
        assert [each.value for each in choices.values() if f"`{each.value}`" not in words] == [], typed(parameter)


@pytest.mark.parametrize("line", [line for name in documents() for line in fenced(document(name)) if EXAMPLE in line])
def test_an_example_can_be_typed(line: str) -> None:
    words = shlex.split(line.split(EXAMPLE)[1])
    typed_for, command = next(
        (name, each) for name, each in every_command().items() if f"cli.py {' '.join(words)} ".startswith(f"{name} ")
    )
    given = words[len(typed_for.split()) - 1 :]
    command.make_context(typed_for, given)


@pytest.mark.parametrize("name", documents())
def test_every_command_that_is_named_is_there(name: str) -> None:
    lines = [*code_spans(document(name)), *fenced(document(name))]
    named = {found for line in lines for found in re.findall(r"\bcli\.py (?:user )?[a-z]+", line)} - {"cli.py user"}
    assert named <= set(every_command())


@pytest.mark.parametrize("name", documents())
def test_every_file_that_is_named_is_there(name: str) -> None:
    beside = (ROOT / name).parent
    assert [word for word in named_files(name) if not is_there(word, beside)] == []


@pytest.mark.parametrize("name", documents())
def test_code_that_is_named_with_its_file_is_there(name: str) -> None:
    assert [f"{each} in {file}" for each, file in named_code(name) if each not in defined(ROOT / file)] == []


def test_every_screen_is_in_the_readme() -> None:
    shown = {cells[0] for cells in rows(sections(document("README.md"))["What you see"])}
    names = {f"{wording()[f'screen.{key}']['zh']} {wording()[f'screen.{key}']['en']}" for key, _, _ in SCREENS}
    assert names <= shown


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_of_a_report_is_described_and_has_its_link(ending: str) -> None:
    assert f"`.{ending}`" in described("cli.py report")["--out"][1]
    assert ending.upper() in document("README.md")
    assert f"reports.{ending}" in wording()


def test_names_of_files_are_found_by_this_test() -> None:
    assert {"tracking/series.py", "data/indicators.csv", "views/<name>.py"} <= set(named_files("CONTRIBUTING.md"))
    assert not is_there("tracking/no_such_file.py", ROOT)
    assert not is_there("no_such_file.csv", ROOT)


@pytest.mark.parametrize("name", documents())
def test_every_link_and_picture_leads_somewhere(name: str) -> None:
    broken = []
    for link in links(document(name)):
        path, _, heading = link.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        if not link.startswith(("http://", "https://")) and (
            not file.exists() or (heading and heading not in anchors(file.read_text("utf-8")))
        ):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("name", documents())
def test_words_of_the_screen_are_quoted_as_they_are(name: str) -> None:
    quoted = re.findall(r'"([^"/\n]*[\u4e00-\u9fff][^"/\n]*) / ([^"\n]+)"', document(name))
    texts = {(text["zh"], text["en"]) for text in wording().values()}
    assert [pair for pair in quoted if pair not in texts] == []


def test_every_document_is_linked_from_another() -> None:
    pointed = {
        ((ROOT / name).parent / link.partition("#")[0]).resolve()
        for name in documents()
        for link in links(document(name))
    }
    alone = [name for name in documents() if (ROOT / name).resolve() not in pointed and name != "README.md"]
    assert [name for name in alone if not name.startswith("docs/decisions/")] == []


def test_every_document_that_the_source_names_is_there() -> None:
    named = {
        word
        for file in our_files()
        if file.suffix in {".py", ".sh", ".yaml", ".toml", ".txt", ".js", ".css"} or file.name == "Makefile"
        for word in re.findall(r"\b(?:docs/[\w/-]+|README|CONTRIBUTING|CHANGELOG)\.md\b", file.read_text("utf-8"))
    }
    assert "docs/settings.md" in named
    assert sorted(word for word in named if not (ROOT / word).exists()) == []


def test_decisions_are_numbered_without_a_gap() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert [file.name for file in files if not document(f"docs/decisions/{file.name}").startswith("# ")] == []


def test_every_decision_says_what_and_why() -> None:
    for file in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = file.read_text("utf-8")
        assert re.match(rf"# {int(file.name[:4])}\. \S", text), file.name
        assert "**Decided.**" in text and ("**Why.**" in text or "why" in text), file.name
