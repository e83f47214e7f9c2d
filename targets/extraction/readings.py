"""How a character is read aloud. Apart, because the dictionary is slow to load."""

from functools import lru_cache

from pypinyin import Style, pinyin


@lru_cache(maxsize=4096)
def readings(character: str) -> list[str]:
    """Every reading of a character, each with its tone: 行 is háng, xíng and more."""
    found: list[str] = pinyin(character, style=Style.TONE, heteronym=True)[0]
    return found
