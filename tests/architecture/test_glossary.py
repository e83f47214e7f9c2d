"""One word a thing: the glossary, the vocabulary of the source and the words on the screens are the same."""

import re
from dataclasses import fields, is_dataclass

import pytest
from sqlmodel import SQLModel

import models
from models import assessment, quantity
from models.assessment import FIGURES, Cutoffs
from models.enums import STATUS_CLASS, StatusClass
from storage.wording import wording
from tests.architecture.markdown import document, rows, sections
from tests.architecture.vocabulary import FAMILIES

WORD_ELSEWHERE = {
    "status": "report.column.verdict",
    "was_met": "target.was_met",
    "cagr_status": "report.column.second_opinion",
}
"""Figures whose word on screens and in reports stands under another key than `report.column.<figure>`."""


def entries(heading: str) -> dict[str, list[str]]:
    """The table under a heading that contains the words: name -> English, Chinese, and what it means in both."""
    found = [text for title, text in sections(document("docs/glossary.md")).items() if heading in title]
    assert len(found) == 1, f"docs/glossary.md has {len(found)} headings with {heading}"
    return {cells[0].strip("`"): cells[1:] for cells in rows(found[0])}


def vocabulary(family: str) -> dict[str, list[str]]:
    return entries(f"(`{FAMILIES[family].__name__}`)")


def without_unit(words: str) -> str:
    """`进度差（百分点）` and `Progress %` name the figure and its unit; the glossary names the figure."""
    return re.sub(r"（.*?）|\s*\(.*?\)|\s*%$", "", words)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_of_a_vocabulary_is_in_the_glossary(family: str) -> None:
    assert set(vocabulary(family)) == {word.value for word in FAMILIES[family]}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_glossary_uses_the_words_of_the_screens(family: str) -> None:
    texts = {word: wording()[f"{family}.{word}"] for word in vocabulary(family)}
    shown = {word: [text["en"], text["zh"]] for word, text in texts.items()}
    assert {word: cells[:2] for word, cells in vocabulary(family).items()} == shown


def test_every_record_is_in_the_glossary() -> None:
    tables = {name for name in models.__all__ if issubclass(getattr(models, name), SQLModel)}
    values = {
        name
        for module in (assessment, quantity)
        for name, each in vars(module).items()
        if is_dataclass(each) and each.__module__ == module.__name__
    }
    assert set(entries("Records")) == tables | values


def test_every_figure_is_in_the_glossary_in_the_order_of_the_command() -> None:
    assert list(entries("Figures of an assessment")) == FIGURES


def test_figures_are_called_as_in_the_reports() -> None:
    differing = {}
    for name, cells in entries("Figures of an assessment").items():
        text = wording().get(WORD_ELSEWHERE.get(name, f"report.column.{name}"))
        if text and cells[:2] != [without_unit(text["en"]), without_unit(text["zh"])]:
            differing[name] = (cells[:2], text)
    assert differing == {}


def test_every_cut_off_is_in_the_glossary_with_its_default() -> None:
    given = {name: float(cells[2]) for name, cells in entries("Cut-offs").items()}
    assert given == {each.name: each.default for each in fields(Cutoffs)}


def test_every_class_lists_its_statuses() -> None:
    listed = {name: re.findall(r"`(\w+)`", cells[2]) for name, cells in vocabulary("status_class").items()}
    assert {name: set(found) for name, found in listed.items()} == {
        each.value: {status.value for status, its_class in STATUS_CLASS.items() if its_class is each}
        for each in StatusClass
    }


def test_no_entry_is_empty_and_no_word_stands_twice_in_a_table() -> None:
    for title, text in sections(document("docs/glossary.md")).items():
        found = list(rows(text))
        assert [cells for cells in found if not all(cells)] == [], title
        names = [cells[0] for cells in found]
        assert len(names) == len(set(names)), title
