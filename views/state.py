"""What a reader looks at: language, data set, year, target, place and policy, all of it in the address.

The address is the one truth: a widget mirrors it (views/components/choice.py), and changing one changes the address.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from models.assessment import Cutoffs
from models.calendar import end_of, today
from models.enums import DataSet, Language
from settings import get_settings
from storage.engine import shared_engine
from storage.queries import Snapshot
from storage.wording import say
from tracking.board import Board
from tracking.current import board_of, visible_snapshot
from views.person import whoever

W = TypeVar("W", bound=StrEnum)

KEPT = ("lang", "data", "year", "known")
"""Parameters that stay when a reader goes to another screen."""

FIRST_YEAR_OFFERED = 2015

DEMONSTRATION_YEAR = 2024
"""The last year of the demonstration set: the year it is read in unless the address says another."""


@dataclass(frozen=True)
class Reader:
    """One reader's view of the data, read from the address of the page: no more than the reader may see."""

    language: Language
    data_set: DataSet
    year: int
    target: str | None
    place: str | None
    policy: str | None
    snapshot: Snapshot
    known: date | None = None
    """The day whose knowledge is shown; None for what is known now."""

    @property
    def board(self) -> Board:
        """Every target judged for this reader's data set and year."""
        return self.board_of(self.year)

    def board_of(self, year: int) -> Board:
        """Every target judged as of another year."""
        return board_of(self.snapshot, year, Cutoffs())

    @property
    def dark(self) -> bool:
        """Whether the reader's theme is dark."""
        return st.context.theme.type == "dark"

    def say(self, key: str, **values: object) -> str:
        """A text in the reader's language."""
        return say(key, self.language, **values)

    def address(self, page: str, **changes: object) -> str:
        """The address of a screen for this reader; `page` is empty for Overview."""
        wanted = {**self.kept, **{name: value for name, value in changes.items() if value is not None}}
        return f"/{page}?{urlencode(wanted)}"

    @property
    def kept(self) -> dict[str, str]:
        """What a reader takes along from screen to screen, as it stands in an address."""
        kept = {"lang": self.language.value, "data": self.data_set.value, "year": str(self.year)}
        return kept if self.known is None else {**kept, "known": self.known.isoformat()}

    @property
    def in_chinese(self) -> bool:
        """Whether names and notes are shown in Chinese."""
        return self.language is Language.ZH


def read_reader() -> Reader:
    """Reads the address; what it leaves out comes from the reader's last screen, else from the settings."""
    given = {name: st.query_params.get(name) or st.session_state.get(f"kept_{name}") for name in KEPT}
    language = _word(Language, given["lang"]) or Language(get_settings().language)
    data_set = _word(DataSet, given["data"]) or DataSet.REAL
    engine, who = shared_engine(get_settings().database_url), whoever()
    known = past_day(given["known"])
    known_on = end_of(known) if known else None
    snapshot = visible_snapshot(engine, data_set, who, known_on)
    if data_set is DataSet.DEMONSTRATION and not offers_demonstration(snapshot):
        data_set = DataSet.REAL
        snapshot = visible_snapshot(engine, data_set, who, known_on)
    year = _year(given["year"], snapshot)
    wanted = st.query_params
    reader = Reader(
        language, data_set, year, wanted.get("target"), wanted.get("place"), wanted.get("policy"), snapshot, known
    )
    for name in KEPT:
        st.session_state[f"kept_{name}"] = reader.kept.get(name)
    return reader


def go(**changes: str | None) -> None:
    """Changes the address in one step, so that Back takes one step too; None takes a parameter out."""
    for name in (name for name in KEPT if name in changes):
        st.session_state.pop(f"kept_{name}", None)
    merged = {**st.query_params.to_dict(), **changes}
    st.query_params.from_dict({name: value for name, value in merged.items() if value is not None})


def offers_demonstration(snapshot: Snapshot) -> bool:
    """Whether the switch to the demonstration set is shown at all."""
    return snapshot.demonstration_available and get_settings().demonstration


def years_offered(snapshot: Snapshot) -> list[int]:
    """The years to look from, the latest first."""
    first = max(FIRST_YEAR_OFFERED, snapshot.years[0]) if snapshot.years else this_year()
    return list(range(this_year(), min(first, this_year()) - 1, -1))


def this_year() -> int:
    """The calendar year of now."""
    return datetime.now(UTC).year


def default_year(snapshot: Snapshot) -> int:
    """Real values are read today; the demonstration set in its own last year."""
    return DEMONSTRATION_YEAR if snapshot.data_set is DataSet.DEMONSTRATION else this_year()


def _year(given: str | None, snapshot: Snapshot) -> int:
    offered = years_offered(snapshot)
    return int(given) if given and given.isdigit() and int(given) in offered else default_year(snapshot)


def past_day(given: str | None) -> date | None:
    """A day before today, as an address has it; None for today, for a day to come and for what is no day."""
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if day < today() else None


def _word(words: type[W], given: str | None) -> W | None:
    return words(given) if given in list(words) else None
