"""What a request asks for, read from its query; what cannot be meant is refused in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request

from accounts.rights import require_somewhere
from models.calendar import day_of, end_of, today
from models.enums import DataSet, Language, Method
from models.errors import Refused
from models.people import Action, Person
from reports.gap_report import Subject
from reports.issued import Asked
from settings import get_settings
from storage.engine import shared_engine
from storage.queries import Snapshot
from storage.wording import say
from tracking.current import visible_snapshot
from tracking.sight import NOBODY

W = TypeVar("W", bound=StrEnum)

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""The years that can be looked from: the first zones are of the eighties."""


def language_of(query: Mapping[str, str]) -> Language:
    """The language asked for; one that there is not is the one of the settings, so that a refusal can be read."""
    given = query.get("lang", "")
    return Language(given) if given in list(Language) else Language(get_settings().language)


def word_of(query: Mapping[str, str], name: str, words: type[W], default: W) -> W:
    """One word of a vocabulary; Refused names those that there are."""
    given = query.get(name, default.value)
    if given not in list(words):
        choices = ", ".join(word.value for word in words)
        raise Refused(say("refused.word", language_of(query), name=name, given=given, choices=choices))
    return words(given)


def year_of(query: Mapping[str, str]) -> int:
    """The year to look from."""
    given = query.get("year", "")
    if not (given.isascii() and given.isdigit() and FIRST_YEAR <= int(given[:5]) <= LAST_YEAR):
        span = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise Refused(say("refused.year", language_of(query), given=given, example="year=2024", **span))
    return int(given)


def subject_of(query: Mapping[str, str]) -> str:
    """Whom a report is asked about."""
    given = query.get("subject", "")
    if not given:
        raise Refused(say("refused.subject", language_of(query), example="subject=hebei-2020"))
    return given


def known_on_of(query: Mapping[str, str]) -> datetime | None:
    """The end of the day whose knowledge is asked for; None for now. Refuses what is no day, and a day to come."""
    given = query.get("known", "")
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        day = None
    if day is None or day > today():
        raise Refused(say("refused.known", language_of(query), given=given, example="known=2026-03-01"))
    return end_of(day) if day < today() else None


def person_of(request: Request) -> Person:
    """Who asks, as the guard before the routes found out; nobody in particular where none stands there."""
    found = request.scope.get("person", NOBODY)
    assert isinstance(found, Person)
    return found


def snapshot_of(query: Mapping[str, str], person: Person) -> Snapshot:
    """As much of the data set asked for as the person may see; NotAllowed where that is nothing.

    The demonstration set is refused where it is left out.
    """
    settings, data_set = get_settings(), word_of(query, "data", DataSet, DataSet.REAL)
    require_somewhere(person, Action.EXPORT)
    snapshot = visible_snapshot(shared_engine(settings.database_url), data_set, person, known_on_of(query))
    if data_set is DataSet.DEMONSTRATION and not (settings.demonstration and snapshot.demonstration_available):
        raise Refused(say("refused.demonstration", language_of(query), example="data=real"))
    return snapshot


def asked_of(query: Mapping[str, str], person: Person) -> Asked:
    """What a gap report is asked for; what is missing or cannot be meant is refused in a sentence."""
    known_on, snapshot = known_on_of(query), snapshot_of(query, person)
    return Asked(
        Subject.find(snapshot, subject_of(query)).code,
        year_of(query),
        snapshot.data_set,
        word_of(query, "lang", Language, Language(get_settings().language)),
        word_of(query, "method", Method, Method.LINEAR),
        day_of(known_on) if known_on else None,
        known_on,
    )
