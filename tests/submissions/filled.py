"""A filled form, and the people who hand it in and look at it."""

from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session

from models.calendar import today
from models.people import Person
from submissions.acts import checked, submit
from submissions.drafts import read_draft, save_draft
from submissions.edits import Values, read_rules
from submissions.record import Entry
from submissions.rounds import open_round
from tests.cast import CLERK_A, LEAD_A, PROVINCE, REVIEWER, ZONE_A, ZONE_B

YEAR = 2024
OPENED, DUE = today() - timedelta(days=10), today() + timedelta(days=10)


def round_opened(session: Session, opens_on: date = OPENED, due_on: date = DUE) -> int:
    """A round of the province for zones A and B."""
    return open_round(session, REVIEWER, PROVINCE, YEAR, opens_on, due_on, [ZONE_A, ZONE_B])


def typed(session: Session, figures: Values) -> dict[str, Entry]:
    """Figures as somebody types them, in the stored unit of each."""
    statistics = read_rules(session).statistics
    known = {code: value for code, value in figures.items() if value is not None and code in statistics}
    return {code: Entry(f"{value:f}", statistics[code].unit) for code, value in known.items()}


def fill(session: Session, figures: Values, version: int = 0, *, zone: str = ZONE_A, person: Person = CLERK_A) -> int:
    """Types a whole form, explains what is asked and says why the rest is empty; the version comes back."""
    rules = read_rules(session)
    entries = typed(session, figures)
    entries |= {code: Entry("", each.unit, "无此项") for code, each in rules.statistics.items() if code not in entries}
    version = save_draft(session, person, zone, YEAR, version, entries)
    draft = read_draft(session, person, zone, YEAR)
    asked = {each.statistics[0] for each in checked(session, rules, draft).flags}
    told = {code: Entry(draft.entries[code].typed, draft.entries[code].unit, "已核实") for code in asked}
    return save_draft(session, person, zone, YEAR, version, told) if told else version


def handed_in(session: Session, figures: dict[str, Decimal]) -> int:
    """A round is open, the form is filled and handed in; the version comes back."""
    round_opened(session)
    return submit(session, LEAD_A, ZONE_A, YEAR, fill(session, figures))
