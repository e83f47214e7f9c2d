"""Every sentence that a lower room may make for a reader has its Chinese, and the rest stays as it is."""

import ast
import re

import pytest
import yaml

from models.enums import Language
from models.errors import DeskRefused, UnknownId
from settings import ROOT
from storage.translations import PLACE, told, translated

ENTRIES = yaml.safe_load((ROOT / "data" / "translations.yaml").read_text("utf-8"))
RAISED = ("AccountRefused", "Conflict", "DeskRefused", "DocumentRefused", "Refused")
ROOMS = (ROOT / "targets" / "extraction", ROOT / "ledger", ROOT / "submissions", ROOT / "accounts")
FILES = [file for room in ROOMS for file in room.glob("*.py")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def text_of(node: ast.expr) -> str | None:
    """A sentence in the source, with x for what is put in; None for one that is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)  # type: ignore[misc]
    return None


def sentences() -> list[str]:
    """Of each refusal in the source what it says, and what the rules of the desk yield."""
    found = []
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
                found += [text_of(each) for each in node.args]
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and file.name == "rules.py":
                found.append(text_of(node.value.elts[1]))
    return [each for each in found if each and " " in each]


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_every_refusal_has_its_chinese(sentence: str) -> None:
    assert CHINESE.search(translated(sentence, Language.ZH)), sentence
    assert translated(sentence, Language.EN) == sentence


def test_there_are_refusals_to_look_at() -> None:
    assert len(set(sentences())) > 40


@pytest.mark.parametrize("entry", ENTRIES, ids=[each["en"][:40] for each in ENTRIES])
def test_both_languages_have_the_same_places(entry: dict[str, str]) -> None:
    english = {m["name"] for m in PLACE.finditer(entry["en"])}
    assert {m["name"] for m in PLACE.finditer(entry["zh"])} <= english
    assert CHINESE.search(entry["zh"])


def test_words_of_a_vocabulary_are_said_in_the_readers_language() -> None:
    sentence = "this entry is split by now; the act needs one that is confirmed or rejected"
    assert translated(sentence, Language.ZH) == "该条目现为“已拆分”；此操作只适用于“已确认或已排除”的条目"


def test_every_problem_is_said() -> None:
    refused = DeskRefused("unit", "say the unit, as the text has it", "a count is not negative")
    assert told(refused, Language.ZH) == "请按原文填写单位；数量不能为负"
    assert told(refused, Language.EN) == "say the unit, as the text has it; a count is not negative"


def test_a_sentence_that_nobody_translated_stays_as_it_is() -> None:
    assert translated("something else", Language.ZH) == "something else"


def test_an_id_that_names_nothing_is_told_in_both_languages() -> None:
    # Every kind of thing that the product looks for by an id.
    kinds = {
        found
        for path in ROOT.rglob("*.py")
        if not {".venv", "tests"} & set(path.relative_to(ROOT).parts)
        for found in re.findall(r'UnknownId\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert len(kinds) >= 10
    for kind in kinds:
        chinese, english = (told(UnknownId(kind, "x-1", ["x-2"]), language) for language in Language)
        assert "x-1" in chinese and "x-1" in english and chinese != english
        assert "x-2" in chinese and "x-2" in english, "the nearest that there is"
        assert "x-2" not in told(UnknownId(kind, "x-1"), Language.ZH)
