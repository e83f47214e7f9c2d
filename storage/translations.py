"""Sentences of the lower rooms in the reader's language: the English one is the key in data/translations.yaml.

A place in braces may name a vocabulary, {state:proposal_state}: its word is then said in the reader's language too.
"""

import re
from functools import cache

from models.enums import Language
from models.errors import DeskRefused, UnknownId
from storage.shipped import shipped
from storage.wording import say, wording

PLACE = re.compile(r"\{(?P<name>\w+)(?::(?P<family>[\w.]+))?\}")


@cache
def _sentences() -> list[tuple[re.Pattern[str], str, dict[str, str]]]:
    """Of each sentence: what it looks like in English, the Chinese, and the vocabularies of its places."""
    found = []
    for each in shipped("translations.yaml"):
        families = {m["name"]: m["family"] for m in PLACE.finditer(each["en"]) if m["family"]}
        parts, at = [], 0
        for m in PLACE.finditer(each["en"]):
            parts += [re.escape(each["en"][at : m.start()]), f"(?P<{m['name']}>.*?)"]
            at = m.end()
        parts.append(re.escape(each["en"][at:]))
        found.append((re.compile("".join(parts), re.DOTALL), each["zh"], families))
    return found


def told(error: Exception, language: Language) -> str:
    """What a refusal says, in a language; every problem of a draft is a sentence of its own."""
    if isinstance(error, UnknownId):
        return _unknown(error, language)
    sentences = error.sentences if isinstance(error, DeskRefused) else (str(error),)
    said = [translated(each, language) for each in sentences]
    return ("；" if language is Language.ZH else "; ").join(said)


def _unknown(error: UnknownId, language: Language) -> str:
    """That an id names nothing, and the nearest that do."""
    words = say(f"unknown.{error.what}", language, wanted=error.wanted)
    return f"{words} {say('unknown.nearest', language)} {', '.join(error.nearest)}" if error.nearest else words


def translated(sentence: str, language: Language) -> str:
    """A sentence in a language; one that nobody has translated stays as it is."""
    if language is Language.EN:
        return sentence
    for pattern, chinese, families in _sentences():
        found = pattern.fullmatch(sentence)
        if found:
            values = {name: _word(families.get(name), value, language) for name, value in found.groupdict().items()}
            return chinese.format(**values)
    return sentence


def _word(family: str | None, value: str, language: Language) -> str:
    if family is None:
        return value
    words = [say(f"{family}.{each}", language) for each in value.split(" or ") if f"{family}.{each}" in wording()]
    return "或".join(words) or value
