"""Accounts in words: the roles of a person and where they hold, and the browser of a session."""

from collections.abc import Iterable
from html import escape

from accounts.demonstration import CAST
from models.people import Grant, Person
from tracking.format import MISSING
from tracking.phrases import named
from views.components.page import capital
from views.state import Reader

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("QQBrowser", "QQ"), ("MicroMessenger", "WeChat"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip
"""Signs in the name that a browser gives itself; many name others too, so the first one counts."""


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


def browser_name(agent: str) -> str:
    """What a browser calls itself, in the words that people call it by; the whole of it is under the pointer."""
    known = [next((word for sign, word in each if sign in agent), "") for each in (BROWSERS, SYSTEMS)]
    return f'<span title="{escape(agent)}">{escape(" · ".join(filter(None, known)) or agent or MISSING)}</span>'
