"""Grants in words: the role, and the place it holds in."""

from collections.abc import Iterable

from accounts.demonstration import CAST
from models.people import Grant, Person
from tracking.phrases import named
from views.components.page import capital
from views.state import Reader


def grants_in_words(look: Reader, grants: Iterable[Grant]) -> list[str]:
    """`审核员：河北省`; a place that left the data files by its code."""
    return [
        f"{capital(look.say(f'person_role.{each.role.value}'))}{'：' if look.in_chinese else ': '}"
        f"{place_name(look, each.place)}"
        for each in grants
    ]


def shown_name(look: Reader, who: Person) -> str:
    """A person's name; those of the demonstration's cast have none, so they are called by what they are."""
    return grants_in_words(look, who.grants)[0] if who.login in CAST and who.grants else who.name


def place_name(look: Reader, code: str) -> str:
    """The name of a place by its code."""
    place = look.snapshot.places.get(code)
    return named(place, look.language) if place else code
