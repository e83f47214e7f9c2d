"""Whether data/wording can be shown: each key once, in both languages, with braces that close."""

import string
from collections.abc import Iterator
from pathlib import Path

import yaml

from storage.datatext import shown, validated
from storage.datayaml import plain, read_node
from storage.faults import DataProblem
from storage.rows import WordRow


def check_words(folder: Path) -> list[DataProblem]:
    """Every problem in the wording and the palette of a data folder; a folder without any uses the product's own."""
    seen: dict[str, str] = {}
    problems: list[DataProblem] = []
    for path in sorted((folder / "wording").glob("*.yaml")):
        problems += _check_file(path, shown(folder, path), seen)
    palette = folder / "palette.yaml"
    if palette.exists():
        problems += read_node(palette, shown(folder, palette))[1]
    return problems


def _check_file(path: Path, name: str, seen: dict[str, str]) -> Iterator[DataProblem]:
    node, problems = read_node(path, name)
    yield from problems
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        yield DataProblem(name, 1, "", "this is not a list of texts", "write `key: {zh: …, en: …}`, one a line")
        return
    for key, value in node.value:
        word, line = str(key.value), key.start_mark.line + 1
        if word in seen:
            yield DataProblem(name, line, word, f"the key stands already in {seen[word]}", "keep one of them")
        seen.setdefault(word, f"{name}, line {line}")
        row, mistakes = validated(WordRow, plain(value), name, line, {})
        yield from (DataProblem(each.file, line, word, each.problem, each.expected) for each in mistakes)
        if row is not None:
            yield from _braces(name, line, word, row.row)


def _braces(name: str, line: int, key: str, row: WordRow) -> Iterator[DataProblem]:
    for language, text in (("zh", row.zh), ("en", row.en)):
        try:
            list(string.Formatter().parse(text))
        except ValueError:
            expected = "write {name}, or {{ for a brace"
            yield DataProblem(name, line, f"{key}.{language}", "a brace is not closed", expected)
