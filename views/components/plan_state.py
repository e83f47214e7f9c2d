"""What the screen Plan does with what is typed: numbers read, work done in one transaction, refusals in words."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from html import escape

import streamlit as st
from sqlmodel import Session

from models.catalogue import Unit
from models.enums import DataSet, Language
from models.errors import NotAllowed, PlanRefused, Refused
from models.people import Action
from settings import get_settings
from storage.engine import shared_engine, unit_of_work
from storage.translations import told
from tracking.format import plain
from tracking.phrases import named
from views.components.acting import ANSWER
from views.components.page import capital, link, show
from views.state import DEMONSTRATION_YEAR, Reader, offers_demonstration, read_reader

LONGEST = 30


def refused_words(reader: Reader, refused: Refused) -> str:
    """A refusal as one sentence in the reader's language, zones by their names."""
    if isinstance(refused, NotAllowed):
        kind = "not_allowed" if refused.action == Action.ALLOCATE.value else "not_shown"
        return reader.say(f"plan.refused.{kind}", place=named(reader.snapshot.places[refused.place], reader.language))
    if not isinstance(refused, PlanRefused):
        return told(refused, reader.language)
    values = {name: _value(reader, each) for name, each in refused.values.items()}
    return capital(reader.say(f"plan.refused.{refused.kind}", **values))


def refused(reader: Reader, why: Refused, target_id: str) -> None:
    """A refusal instead of a table, with ways to where there is something: an earlier year, the demonstration set."""
    ways = []
    if isinstance(why, PlanRefused) and why.kind == "over":
        year = int(str(why.values["year"])) - 1
        part = st.query_params.get("part")
        earlier = reader.address("plan", target=target_id, year=year, part=part)
        ways.append(link(earlier, reader.say("overview.earlier", year=year)))
    if reader.data_set is DataSet.REAL and offers_demonstration(reader.snapshot) and ways:
        shown = reader.address("plan", data=DataSet.DEMONSTRATION.value, year=DEMONSTRATION_YEAR)
        ways.append(link(shown, reader.say("overview.try_demonstration")))
    show(f'<p class="t-empty">{escape(refused_words(reader, why))} {" · ".join(ways)}</p>')


def unit_words(reader: Reader, unit: Unit) -> str:
    """A unit beside a number that is typed; in English things are simply counted."""
    return getattr(unit, reader.language.value) or (unit.symbol if reader.in_chinese else reader.say("plan.number_of"))


def _value(reader: Reader, value: object) -> object:
    if isinstance(value, list):
        names = [named(reader.snapshot.places[code], reader.language) for code in value]
        return ("、" if reader.language is Language.ZH else ", ").join(names)
    return plain(value, 9) if isinstance(value, Decimal) else value


def typed_number(text: str) -> Decimal:
    """A number as it was typed; raises PlanRefused for what is none."""
    words = text.strip().replace(",", "").replace("，", "").replace("−", "-")
    try:
        number = Decimal(words)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(words) > LONGEST or abs(number.adjusted()) > LONGEST:
        raise PlanRefused("no_number", f"{words[:LONGEST]!r} is no number: write digits", typed=text.strip()[:LONGEST])
    return number


def run(work: Callable[[Session], int], done: str) -> int | None:
    """Does some work in one transaction; what came of it, or why not, is said on the next page."""
    reader = read_reader()
    try:
        with unit_of_work(shared_engine(get_settings().database_url)) as session:
            made = work(session)
    except Refused as refused:
        st.session_state[ANSWER] = ("t-wrong", refused_words(reader, refused))
        return None
    st.session_state[ANSWER] = ("t-done", reader.say(done, number=made))
    return made
