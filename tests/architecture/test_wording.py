"""Every word that people read stands in data/wording, in both languages, and is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import TypeGuard

import pytest

from models import enums
from reports.formats import FORMATS
from storage.wording import wording
from tests.architecture.source import product_files, tree
from tests.architecture.vocabulary import FAMILIES

LATIN_IN_CHINESE = {each.upper() for each in FORMATS} | set(
    "CONTRIBUTING DOCX English Esc Excel HTML JSONL MB PDF TXT data init make md policies".split()
)
"""Names of files, formats and commands, which a Chinese sentence writes as they are."""

STANDS_FOR = {"of": {"place", "indicator"}}
"""A place that is filled with several things in an order that one language has of its own (地区的指标)."""

KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
FIRST_PART = re.compile(r"[a-z_]+\.")


class Written(ast.Constant):
    """A constant that is a text."""

    value: str


Text = Written | ast.JoinedStr


def places(text: str) -> set[str]:
    """The {places} of a text that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def things(text: str) -> set[str]:
    """What a text tells: its places, those that stand for several taken apart."""
    return set().union(*(STANDS_FOR.get(name, {name}) for name in places(text)))


def texts_of(node: ast.expr) -> Iterator[Text]:
    """The texts that an expression can be, as far as they are written down there."""
    if isinstance(node, ast.IfExp):
        yield from texts_of(node.body)
        yield from texts_of(node.orelse)
    elif isinstance(node, ast.JoinedStr) or _is_text(node):
        yield node


@cache
def said() -> list[tuple[str, Text, frozenset[str] | None]]:
    """Where, which text, and the names filled in (None: not written down), for every call of `say`."""
    found = []
    for file in product_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and node.args and _name(node.func) == "say":
                names = [keyword.arg for keyword in node.keywords]
                filled = None if None in names else frozenset(name for name in names if name)
                found += [(f"{file.name}:{node.lineno}", text, filled) for text in texts_of(node.args[0])]
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def pattern(text: ast.JoinedStr) -> re.Pattern[str]:
    """The keys that an f-string can be."""
    return re.compile("".join(re.escape(p.value) if _is_text(p) else ".+" for p in text.values))


def _is_text(node: ast.expr) -> TypeGuard[Written]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@cache
def written() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Keys, beginnings of keys that something is added to, and every single word written in the source."""
    keys, begun, words = set(), set(), set()
    for node in (node for file in product_files() for node in ast.walk(tree(file))):
        if isinstance(node, ast.Constant):
            keys.add(str(node.value))
            words.update(re.findall(r"\w+", str(node.value)))
        first = node.values[0] if isinstance(node, ast.JoinedStr) else getattr(node, "left", None)
        if isinstance(first, ast.expr) and _is_text(first) and FIRST_PART.match(first.value):
            begun.add(first.value)
    return frozenset(key for key in keys if KEY.fullmatch(key)), frozenset(begun), frozenset(words)


def used(key: str) -> bool:
    """Whether a key is written down, or made out of a beginning and a word that are written down."""
    keys, begun, words = written()
    return key in keys or any(key.startswith(each) and key.removeprefix(each) in words for each in begun)


@pytest.mark.parametrize("key", sorted(wording()))
def test_a_text_stands_in_both_languages_with_the_same_figures(key: str) -> None:
    texts = wording()[key]
    assert set(texts) == {"zh", "en"}
    assert things(texts["zh"]) == things(texts["en"])


def test_a_chinese_text_has_no_english_left_in_it() -> None:
    words = {key: set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{.*?\}", "", t["zh"]))) for key, t in wording().items()}
    assert {key: found - LATIN_IN_CHINESE for key, found in words.items() if found - LATIN_IN_CHINESE} == {}


def test_an_english_text_has_no_chinese_left_in_it() -> None:
    foreign = {key for key, text in wording().items() if re.search("[\u4e00-\u9fff\uff00-\uffef]", text["en"])}
    assert foreign == {"language.zh"}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_of_a_vocabulary_has_its_text_and_no_other(family: str) -> None:
    known = {key.split(".", 1)[1] for key in wording() if key.split(".")[0] == family}
    assert known == {word.value for word in FAMILIES[family]}


def test_every_vocabulary_has_its_texts() -> None:
    vocabularies = {
        each for each in vars(enums).values() if isinstance(each, type) and each.__module__ == enums.__name__
    }
    assert vocabularies <= set(FAMILIES.values())


def test_every_key_that_is_said_has_its_text() -> None:
    missing = [
        f"{where}: {text.value}"
        for where, text, _ in said()
        if not isinstance(text, ast.JoinedStr) and text.value not in wording()
    ]
    assert missing == []


def test_every_made_key_leads_to_a_text() -> None:
    made = [(where, pattern(text)) for where, text, _ in said() if isinstance(text, ast.JoinedStr)]
    assert made
    assert [f"{where}: {each.pattern}" for where, each in made if not any(map(each.fullmatch, wording()))] == []


def test_every_place_in_a_text_is_filled() -> None:
    empty = [
        f"{where}: {text.value} needs {needed - filled}"
        for where, text, filled in said()
        if not isinstance(text, ast.JoinedStr) and filled is not None
        if not (needed := places("".join(wording()[text.value].values()))) <= filled
    ]
    assert empty == []


def test_no_text_is_without_use() -> None:
    free = [key for key in wording() if key.split(".")[0] not in FAMILIES]
    assert sorted(key for key in free if not used(key)) == []
