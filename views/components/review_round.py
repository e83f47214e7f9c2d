"""The round of a region: opening it, its days, how far each zone is, who is missing, approving several at once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from accounts.contacts import Reached
from exchange.comparison_table import write_xlsx
from models import RoundEvent
from models.calendar import clock, today
from models.enums import RoundState, SubmissionState
from submissions import acts, rounds
from submissions.rounds import Round, Standing
from tracking.format import MISSING
from tracking.membership import lies_in, standing
from tracking.phrases import named
from views.components.acting import step_button, typed
from views.components.entry_file import XLSX
from views.components.page import Card, capital, cards, empty, link, section, table, when
from views.components.reporting import YEAR
from views.person import person
from views.state import Reader

DAYS_GIVEN = 60
"""What a new round offers as its due date, in days from now."""

WORDS, OPENS, DUE, ZONES = "review_round_words", "review_opens_on", "review_due_on", "review_zones"


def state_words(look: Reader, found: Standing) -> str:
    """The state of a zone in a round, in words."""
    return look.say(f"submission_state.{found.state.value}" if found.state else "review.not_started")


def board(
    look: Reader, found: Round, zones: Sequence[Standing], flags: Mapping[str, int], contacts: Sequence[Reached]
) -> None:
    """The counts, the table, the list of the missing, and what can be approved together."""
    counted = {state: sum(each.state is state for each in zones) for state in (None, *SubmissionState)}
    late = sum(each.late for each in zones)
    cards(
        [
            Card(str(number), look.say(f"submission_state.{state.value}" if state else "review.not_started"))
            for state, number in counted.items()
        ]
        + [Card(str(late), look.say("review.late"))]
    )
    heads = [look.say(f"review.head.{each}") for each in ("zone", "state", "handed_in", "on_time", "last", "flags")]
    table(heads, [_line(look, found, each, flags) for each in sorted(zones, key=_urgency)])
    with st.container(horizontal=True):
        st.download_button(
            look.say("review.missing"),
            lambda: write_xlsx(missing_table(look, zones, contacts), look.say("review.missing")),
            file_name=look.say("review.missing.file", region=_name(look, found.region), year=found.year) + ".xlsx",
            mime=XLSX,
            on_click="ignore",
            disabled=not any(each.missing for each in zones),
        )
    _several(look, found, zones, flags)


def _urgency(each: Standing) -> tuple[int, str]:
    order = (SubmissionState.SUBMITTED, SubmissionState.RETURNED, SubmissionState.DRAFT, None, SubmissionState.APPROVED)
    return order.index(each.state), each.zone


def _line(look: Reader, found: Round, each: Standing, flags: Mapping[str, int]) -> list[str]:
    name = named(look.snapshot.places[each.zone], look.language)
    seen = each.state not in (None, SubmissionState.DRAFT)
    address = look.address("review", place=each.zone, **{YEAR: found.year})
    last = f"{clock(each.last_step.at)} {each.last_step.actor}" if each.last_step and seen else MISSING
    return [
        link(address, name) if seen else escape(name),
        escape(capital(state_words(look, each))),
        escape(clock(each.handed_in)) if each.handed_in and not each.missing else MISSING,
        escape(look.say("review.late" if each.late else "review.not_due" if each.missing else "review.on_time")),
        escape(last),
        str(flags[each.zone]) if each.zone in flags else MISSING,
    ]


def missing_table(
    look: Reader, zones: Sequence[Standing], contacts: Sequence[Reached] = ()
) -> list[list[str | int | None]]:
    """Who has not handed in, for the telephone: the zone, its city, how far it is, when it is due, whom to call."""
    heads: list[str | int | None] = [
        look.say(f"review.missing.{each}") for each in ("number", "zone", "city", "state", "due", "late", "whom")
    ]
    rows: list[list[str | int | None]] = [heads]
    for number, each in enumerate((each for each in zones if each.missing), start=1):
        held = standing(look.snapshot, each.zone, today().year)
        city = named(look.snapshot.places[held.city_code], look.language) if held else ""
        days = (today() - each.due_on).days
        rows.append(
            [
                number,
                _name(look, each.zone),
                city,
                state_words(look, each),
                f"{each.due_on}",
                days if days > 0 else None,
                _whom(look, each.zone, contacts),
            ]
        )
    return rows


def _whom(look: Reader, zone: str, contacts: Sequence[Reached]) -> str:
    """The people of a zone, each with role and telephone."""
    of_zone = [each for each in contacts if each.zone == zone]
    roles = (f"{each.name}（{look.say(f'person_role.{each.role.value}')}）{each.phone}" for each in of_zone)
    return look.say("reporting.also").join(roles)


def _several(look: Reader, found: Round, zones: Sequence[Standing], flags: Mapping[str, int]) -> None:
    clear = {each.zone: each.version for each in zones if flags.get(each.zone) == 0}
    if not clear:
        return
    section(look.say("review.several"), look.say("review.several.note"))
    chosen = st.multiselect(
        look.say("review.several"),
        list(clear),
        default=list(clear),
        format_func=lambda zone: _name(look, zone),
        key="review_several",
        label_visibility="collapsed",
        placeholder=look.say("review.choose"),
    )
    step_button(
        look.say("review.approve_several", number=len(chosen)),
        lambda session: acts.approve_unflagged(session, person(), found.year, {zone: clear[zone] for zone in chosen}),
        "review.done.approve",
        key="review_approve_several",
        disabled=not chosen,
    )


def opening(look: Reader, region: str, year: int) -> None:
    """A new round: its days and the zones that are asked, all of the region unless some are left out."""
    section(look.say("review.open_title"))
    empty(look, "review.no_round", region=_name(look, region), year=year)
    zones = zones_of(look, region, year)
    _days(look, today(), today() + timedelta(days=DAYS_GIVEN))
    st.multiselect(
        look.say("review.zones"), zones, default=zones, format_func=lambda zone: _name(look, zone), key=ZONES,
        placeholder=look.say("review.choose"),
    )  # fmt: skip
    step_button(
        look.say("review.open"),
        lambda session: rounds.open_round(session, person(), region, year, *_typed_days(), st.session_state[ZONES]),
        "review.done.open",
        key="review_open",
        type="primary",
    )


def _days(look: Reader, opens_on: date, due_on: date) -> None:
    left, right = st.columns(2)
    left.date_input(look.say("review.opens_on"), opens_on, key=OPENS, format="YYYY-MM-DD")
    right.date_input(look.say("review.due_on"), due_on, key=DUE, format="YYYY-MM-DD")


def _typed_days() -> tuple[date, date]:
    return st.session_state[OPENS], st.session_state[DUE]


def managing(look: Reader, found: Round) -> None:
    """Other days, closing, opening again; each with words, and what was done so far."""
    closed = found.state is RoundState.CLOSED
    with st.expander(look.say("review.manage")):
        _days(look, found.opens_on, found.due_on)
        st.text_input(look.say("review.round_words"), key=WORDS, max_chars=300)
        with st.container(horizontal=True):
            step_button(
                look.say("review.change_days"),
                lambda session: rounds.change_round(session, person(), found.id, *_typed_days(), typed(WORDS)),
                "review.done.change",
                key="review_change",
                disabled=closed,
            )
            end = rounds.reopen_round if closed else rounds.close_round
            step_button(
                look.say("review.reopen_round" if closed else "review.close_round"),
                lambda session: end(session, person(), found.id, typed(WORDS)),
                "review.done.open" if closed else "review.done.close",
                key="review_close",
            )
        heads = [look.say(f"reporting.thread.{each}") for each in ("when", "who", "what", "words")]
        table(heads, [_event(look, each) for each in reversed(found.events)])


def _event(look: Reader, each: RoundEvent) -> list[str]:
    what = capital(look.say(f"round_act.{each.act.value}"))
    words = f"{each.opens_on} – {each.due_on} {each.words}".strip()
    return [when(each.at), escape(each.actor), escape(what), escape(words)]


def zones_of(look: Reader, region: str, year: int) -> list[str]:
    """The zones that lie in a region in a year."""
    found = ((zone, standing(look.snapshot, zone, year)) for zone in look.snapshot.zones)
    return [zone for zone, held in found if held and lies_in(look.snapshot, held.city_code, region)]


def _name(look: Reader, code: str) -> str:
    return named(look.snapshot.places[code], look.language)
