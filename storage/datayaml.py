"""Reading YAML with the line of every field. Scalars stay the text they were written as: 2.50 keeps its digits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel

from storage.datatext import Located, read_text, validated
from storage.faults import DataProblem

R = TypeVar("R", bound=BaseModel)

DEEPEST = 10
"""So many levels lie within each other at most; ours have three."""


def read_node(path: Path, name: str) -> tuple[yaml.Node | None, list[DataProblem]]:
    """What a YAML file holds, unread; None for an empty one."""
    _, text, problems = read_text(path, name)
    if problems:
        return None, problems
    try:
        problems = list(_unwanted(text, name))
        return (None, problems) if problems else (yaml.compose(text, Loader=yaml.SafeLoader), [])
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        return None, [DataProblem(name, line, "", "this sign is not allowed in YAML", "take it out")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it breaks off"
        expected = "see quotes, colons and indentation of this line and the one before"
        return None, [DataProblem(name, mark.line + 1 if mark else 0, "", f"this is no YAML ({what})", expected)]


def _unwanted(text: str, name: str) -> Iterator[DataProblem]:
    """References could make a small file endlessly large; deep nesting could exhaust whoever reads it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            yield DataProblem(name, line, "", "references (&, *) are not used here", "write the value out")
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield DataProblem(name, line, "", "this lies too deep in other fields", "write one field a line")
            return


def read_mapping(path: Path, name: str, model: type[R]) -> tuple[Located[R] | None, list[DataProblem]]:
    """The one mapping that a YAML file holds."""
    node, problems = read_node(path, name)
    if problems:
        return None, problems
    if node is None:
        needed = [field for field, info in model.model_fields.items() if info.is_required()]
        return None, [DataProblem(name, 0, "", "the file is empty", f"give at least {', '.join(needed)}")]
    return _row(node, name, model)


def read_list(path: Path, name: str, model: type[R]) -> tuple[list[Located[R]], list[DataProblem]]:
    """The mappings that a YAML file lists."""
    node, problems = read_node(path, name)
    if problems:
        return [], problems
    if not isinstance(node, yaml.SequenceNode):
        what = "the file is empty" if node is None else "this is not a list"
        line = node.start_mark.line + 1 if node else 0
        return [], [DataProblem(name, line, "", what, "begin each entry with `- id: …`; write [] where there is none")]
    found: list[Located[R]] = []
    for each in node.value:
        row, mistakes = _row(each, name, model)
        problems += mistakes
        if row is not None:
            found.append(row)
    return found, problems


def _row(node: yaml.Node, name: str, model: type[R]) -> tuple[Located[R] | None, list[DataProblem]]:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        return None, [DataProblem(name, line, "", "this is not a field with a value", "write `field: value`")]
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    problems = list(repeated(node, name))
    row, mistakes = validated(model, plain(node), name, line, lines)
    return row, problems + mistakes


def repeated(node: yaml.MappingNode, name: str) -> Iterator[DataProblem]:
    """Fields that stand twice, of which YAML would silently take the last."""
    seen: set[str] = set()
    for key, _ in node.value:
        word = str(key.value)
        if word in seen:
            yield DataProblem(name, key.start_mark.line + 1, word, "the field stands here twice", "keep one of them")
        seen.add(word)


def plain(node: yaml.Node) -> Any:
    """Texts, lists and mappings of texts."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    return None if node.tag.endswith(":null") else node.value
