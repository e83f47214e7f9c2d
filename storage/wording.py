"""Every word that people read, from data/wording: one key, a text in Chinese and one in English."""

from functools import cache
from typing import Any

from models.enums import Language
from storage.shipped import FOLDER, shipped


@cache
def wording() -> dict[str, dict[str, str]]:
    """All texts by key and language. A key that stands twice is a bug."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((FOLDER / "wording").glob("*.yaml")):
        for key, texts in shipped(f"wording/{path.name}").items():
            if key in found:
                raise KeyError(f"{key} stands twice in data/wording")
            found[key] = texts
    return found


def say(key: str, language: Language, **values: Any) -> str:
    """The text of a key in a language, its {places} filled."""
    return wording()[key][language.value].format(**values)
