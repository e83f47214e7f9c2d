"""What Enter and Review share: the year that is reported, the round that asks for it, and what happened so far."""

import json
from collections.abc import Sequence
from html import escape

import streamlit as st

from models import SubmissionEvent
from models.calendar import today
from models.enums import RoundState, SubmissionAct
from submissions.edits import Rules
from submissions.rounds import Round
from tracking.format import MISSING
from views.components.choice import choose
from views.components.page import capital, section, table, when
from views.state import Reader, this_year

YEAR = "for"
"""The parameter of the address that names the year whose figures are reported: not the year a board is read in."""

YEARS_BACK = 10


def reported_year(rounds: Sequence[Round]) -> int:
    """The year of the address, else that of the round that runs, else last year."""
    given = st.query_params.get(YEAR, "")
    if given.isdigit() and int(given) in years_offered(rounds):
        return int(given)
    running = [each.year for each in rounds if each.state is RoundState.OPEN]
    return max(running, default=this_year() - 1)


def years_offered(rounds: Sequence[Round]) -> list[int]:
    """The years to report for, the latest first."""
    return sorted({each.year for each in rounds} | set(range(this_year() - YEARS_BACK, this_year() + 1)), reverse=True)


def choose_year(look: Reader, rounds: Sequence[Round], year: int, key: str) -> None:
    """The year as a choice; years with a round say so."""
    asked = {each.year: each for each in rounds}
    choose(
        look.say("reporting.year"),
        years_offered(rounds),
        year,
        lambda chosen: {YEAR: str(chosen)},
        key=key,
        words=lambda each: (
            look.say("reporting.year.round", year=each, state=look.say(f"round_state.{asked[each].state.value}"))
            if each in asked
            else str(each)
        ),
        width=220,
        filter_mode=None,
    )


def round_words(look: Reader, found: Round | None, year: int) -> str:
    """The round in one sentence: when it is due, how many days are left or gone by."""
    if found is None:
        return look.say("reporting.no_round", year=year)
    state = look.say(f"round_state.{found.state.value}")
    days = (found.due_on - today()).days
    if found.state is not RoundState.OPEN:
        return look.say("reporting.round", state=state, opens=found.opens_on, due=found.due_on)
    key = "reporting.round.left" if days >= 0 else "reporting.round.over"
    return look.say(key, due=found.due_on, days=abs(days))


def thread(look: Reader, rules: Rules, events: Sequence[SubmissionEvent]) -> None:
    """Every step with its words, the latest first; saves that follow each other are one line."""
    if not events:
        return
    section(look.say("reporting.thread"))
    heads = [look.say(f"reporting.thread.{each}") for each in ("when", "who", "what", "words")]
    table(heads, [_line(look, rules, each) for each in reversed(_runs(events))])


def _runs(events: Sequence[SubmissionEvent]) -> list[list[SubmissionEvent]]:
    runs: list[list[SubmissionEvent]] = []
    for event in events:
        last = runs[-1][-1] if runs else None
        if last and last.act is SubmissionAct.SAVE and event.act is SubmissionAct.SAVE and last.actor == event.actor:
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs


def _line(look: Reader, rules: Rules, run: list[SubmissionEvent]) -> list[str]:
    last = run[-1]
    what = capital(look.say(f"submission_act.{last.act.value}"))
    if last.act is SubmissionAct.SAVE:
        cells = {code for event in run for code in json.loads(event.changes)}
        words = look.say("reporting.thread.saved", cells=len(cells), saves=len(run))
    else:
        said = [each for each in (last.words, *reason_words(look, rules, last)) if each]
        words = look.say("reporting.also").join(said)
    return [when(last.at), escape(last.actor), escape(what), escape(words or MISSING)]


def reason_words(look: Reader, rules: Rules, event: SubmissionEvent | None) -> list[str]:
    """What a reviewer said of single cells, each with the name of its statistic."""
    found = reasons_of(event).items()
    return [look.say("reporting.reason", name=name_of(look, rules, code), words=words) for code, words in found]


def reasons_of(event: SubmissionEvent | None) -> dict[str, str]:
    """What was said of single cells, by statistic."""
    found: dict[str, str] = json.loads(event.reasons) if event else {}
    return found


def name_of(look: Reader, rules: Rules, code: str) -> str:
    """The name of a statistic; its code where the form has it no more."""
    return str(getattr(rules.statistics[code], look.language.value)) if code in rules.statistics else code
