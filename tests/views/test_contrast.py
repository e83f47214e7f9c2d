"""What is written can be read: every colour of words on every ground it stands on, by the rule of WCAG 2 (4.5 to 1)."""

import pytest

from models.enums import StatusClass
from storage.palette import ink, look, surface

ENOUGH = 4.5
WORDS = ("text", "quiet", "path", "reference", "threshold", "value")
BEHIND_QUOTES = ("mark", "mark_here")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("word", WORDS)
def test_words_stand_out_from_the_page(word: str, dark: bool) -> None:
    assert contrast(ink(word, dark=dark), surface("ground", dark=dark)) >= ENOUGH


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("behind", BEHIND_QUOTES)
def test_a_marked_quote_can_be_read(behind: str, dark: bool) -> None:
    assert contrast(ink("text", dark=dark), surface(behind, dark=dark)) >= ENOUGH


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("status", StatusClass)
def test_a_status_stands_out_from_the_page(status: StatusClass, dark: bool) -> None:
    assert contrast(look(status).colour(dark=dark), surface("ground", dark=dark)) >= ENOUGH


def test_each_status_has_a_sign_and_a_mark_of_its_own() -> None:
    looks = [look(each) for each in StatusClass]
    assert len({each.sign for each in looks}) == len({each.mark for each in looks}) == len(looks)
