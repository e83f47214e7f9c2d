"""Handing in and taking back: what is handed in in words, what still stands in the way, what was returned and why."""

from decimal import Decimal
from html import escape

import streamlit as st

from models.calendar import clock
from models.enums import RoundState, SubmissionAct, SubmissionState
from submissions import acts
from submissions.drafts import OPEN, excused
from submissions.edits import Rules, Values, change_in_percent
from submissions.figures import in_words
from submissions.record import Draft
from submissions.rounds import Round
from tracking.format import percent
from views.components.acting import step_button, typed
from views.components.page import section, show
from views.components.reporting import name_of, reason_words, reasons_of
from views.person import person
from views.state import Reader

MOST_CHANGES = 5
WORDS = "entry_submit_words"


def returned(look: Reader, rules: Rules, draft: Draft) -> None:
    """Why it came back: the words for all of it, and those for single cells as links to them."""
    step = draft.last(SubmissionAct.RETURN, SubmissionAct.REOPEN)
    if draft.state is not SubmissionState.RETURNED or step is None:
        return
    said = zip(reasons_of(step), reason_words(look, rules, step), strict=True)
    lines = "".join(
        f'<li><a href="#cell-{escape(code)}" target="_self">{escape(words)}</a></li>' for code, words in said
    )
    told = look.say("entry.returned", who=step.actor, when=clock(step.at), words=step.words)
    show(f'<div class="t-empty" role="alert"><p>{escape(told)}</p><ul>{lines}</ul></div>')


def handing_in(
    look: Reader, rules: Rules, draft: Draft, last_year: Values, open_problems: int, asked: Round | None, *, lead: bool
) -> None:
    """The button of the lead, with a summary in words; for others who may press it."""
    section(look.say("entry.submit.title"))
    if draft.state in OPEN:
        _submit(look, rules, draft, last_year, open_problems, asked, lead=lead)
    elif draft.state is SubmissionState.SUBMITTED:
        _recall(look, draft, lead=lead)
    else:
        show(f"<p>{escape(look.say('entry.approved'))}</p>")


def _submit(
    look: Reader, rules: Rules, draft: Draft, last_year: Values, open_problems: int, asked: Round | None, *, lead: bool
) -> None:
    show("".join(f"<p>{escape(each)}</p>" for each in summary(look, rules, draft, last_year)))
    first = draft.state is SubmissionState.DRAFT
    if open_problems:
        show(f'<p class="t-wrong">{escape(look.say("entry.submit.problems", number=open_problems))}</p>')
    elif first and (asked is None or asked.state is not RoundState.OPEN):
        show(f'<p class="t-asked">{escape(look.say("entry.submit.no_round"))}</p>')
    elif not lead:
        show(f"<p>{escape(look.say('entry.submit.by_lead'))}</p>")
    else:
        st.text_input(look.say("entry.submit.words"), key=WORDS, max_chars=500)
        key = (draft.zone, draft.year, draft.version)
        step_button(
            look.say("entry.submit"),
            lambda session: acts.submit(session, person(), *key, typed(WORDS)),
            "entry.submit.thanks",
            key="entry_submit",
            type="primary",
        )


def _recall(look: Reader, draft: Draft, *, lead: bool) -> None:
    last = draft.events[-1]
    if last.act is SubmissionAct.OPEN:
        show(f"<p>{escape(look.say('entry.submit.opened', who=last.actor, when=clock(last.at)))}</p>")
        return
    show(f"<p>{escape(look.say('entry.submit.done', who=last.actor, when=clock(last.at)))}</p>")
    if lead:
        key = (draft.zone, draft.year, draft.version)
        step_button(
            look.say("entry.recall"),
            lambda session: acts.recall(session, person(), *key),
            "entry.recalled",
            key="entry_recall",
        )


def summary(look: Reader, rules: Rules, draft: Draft, last_year: Values) -> list[str]:
    """What would be handed in: how many figures, how many empty with a reason, what changed most against last year."""
    filled = sum(draft.values.get(code) is not None for code in rules.statistics)
    empty, told = len(excused(rules, draft)), sum(bool(each.explanation.strip()) for each in draft.entries.values())
    said = [look.say("entry.summary", filled=filled, all=len(rules.statistics), empty=empty, told=told - empty)]
    if changes := _largest(look, rules, draft, last_year):
        said.append(look.say("entry.summary.changes", changes=look.say("entry.summary.and").join(changes)))
    return said


def _largest(look: Reader, rules: Rules, draft: Draft, last_year: Values) -> list[str]:
    found: list[tuple[Decimal, str]] = []
    for code, statistic in rules.statistics.items():
        value = draft.values.get(code)
        change = change_in_percent(value, last_year.get(code))
        if value is not None and change:
            words = in_words(value, rules.units[statistic.unit], look.language)
            name = name_of(look, rules, code)
            found.append((change, look.say("entry.summary.change", name=name, value=words, change=percent(change))))
    return [words for _, words in sorted(found, key=lambda each: -abs(each[0]))[:MOST_CHANGES]]
