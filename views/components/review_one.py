"""One submission under review: its effect on the targets, what is flagged, what changed, all figures, the decision."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st
from sqlmodel import Session

from models import Unit
from models.columns import now
from models.enums import SubmissionAct, SubmissionState
from submissions import acts
from submissions.acts import Checked
from submissions.changes import CellChange, since
from submissions.edits import Background, Rules, change_in_percent
from submissions.figures import in_words
from submissions.record import Draft, Entry
from tracking.effect import Effect, effects, with_values
from tracking.format import MISSING, percent, with_unit
from tracking.phrases import named, target_words, title
from views.components.acting import step_button, typed
from views.components.page import capital, empty, link, section, show, status_badge, table
from views.components.reporting import name_of
from views.person import person
from views.state import Reader

WORDS, CELLS = "review_words", "review_cells"
SHOWN = 40
"""So many verdicts are listed; a figure of one zone seldom moves more."""


def effect(look: Reader, draft: Draft) -> None:
    """What approving would do to the status of each target, judged as of the year of the figures or of the screen."""
    as_of = max(look.year, draft.year)
    changed = with_values(look.snapshot, draft.zone, draft.year, draft.values, now())
    found = effects(look.board_of(as_of).rows, changed, as_of=as_of)
    moved = sum(each.moved for each in found)
    section(look.say("review.effect"), look.say("review.effect.note", moved=moved, changed=len(found) - moved))
    if not found:
        empty(look, "review.effect.none")
        return
    heads = [look.say(f"review.effect.{each}") for each in ("target", "place", "asked", "before", "after")]
    table(heads, [_effect(look, each) for each in found[:SHOWN]])


def _effect(look: Reader, each: Effect) -> list[str]:
    row = each.after
    address = look.address("target", target=row.target.id, place=row.place.code)
    return [
        link(address, title(row.target, look.language)),
        escape(named(row.place, look.language)),
        escape(target_words(look.snapshot, row.target, look.language)),
        _verdict(look, each, before=True),
        _verdict(look, each, before=False),
    ]


def _verdict(look: Reader, each: Effect, *, before: bool) -> str:
    row = each.before if before else each.after
    if row is None:
        return MISSING
    value = row.assessment.value
    words = MISSING if value is None else with_unit(value, look.snapshot.units[row.indicator.unit], look.language)
    return f"{status_badge(look, row)} {escape(words)}"


def flags(look: Reader, checked: Checked) -> None:
    """The soft edits that fail, each with the explanation of the zone."""
    found = checked.flags
    section(look.say("review.flags", number=len(found)))
    if not found:
        empty(look, "review.flags.none")
        return
    heads = [look.say("review.flags.words"), look.say("review.flags.explanation")]
    entries = checked.draft.entries
    table(heads, [[escape(each.words(look.language)), _explained(entries, each.statistics[0])] for each in found])


def _explained(entries: Mapping[str, Entry], code: str) -> str:
    return escape(entries.get(code, Entry()).explanation) or MISSING


def changes(look: Reader, rules: Rules, draft: Draft) -> None:
    """What is different since it was approved last, and since it was returned last."""
    for key, steps in {
        "review.since_approved": (SubmissionAct.APPROVE,),
        "review.since_returned": (SubmissionAct.RETURN, SubmissionAct.REOPEN),
    }.items():
        if draft.state is SubmissionState.APPROVED:
            return
        found = since(rules, draft, *steps)
        if found is not None:
            section(look.say(key, number=len(found)))
            _changes(look, rules, found)


def _changes(look: Reader, rules: Rules, found: Sequence[CellChange]) -> None:
    if not found:
        empty(look, "review.unchanged")
        return
    heads = [look.say(f"review.change.{each}") for each in ("statistic", "before", "after", "explanation")]
    lines = []
    for each in found:
        unit = rules.units[rules.statistics[each.code].unit]
        values = [_value(look, value, unit) for value in (each.value_before, each.value_after)]
        name = capital(name_of(look, rules, each.code))
        lines.append([escape(name), *values, escape(each.after.explanation) or MISSING])
    table(heads, lines, numbers=(1, 2))


def figures(look: Reader, rules: Rules, draft: Draft, background: Background, flagged: set[str]) -> None:
    """Every figure beside last year's."""
    section(look.say("review.figures"))
    names = ("statistic", "last_year", "this_year", "changed", "explanation")
    heads = [look.say(f"review.figure.{each}", year=draft.year, last=draft.year - 1) for each in names]
    lines = []
    for code, statistic in rules.statistics.items():
        unit, entry = rules.units[statistic.unit], draft.entries.get(code)
        value, last = draft.values.get(code), background.last_year.get(code)
        shown = [_value(look, each, unit) for each in (last, value)]
        change = change_in_percent(value, last)
        name = escape(capital(name_of(look, rules, code)))
        marked = f'<span class="t-asked">{name} ◆</span>' if code in flagged else name
        told = escape(entry.explanation) if entry and entry.explanation else ""
        lines.append([marked, *shown, MISSING if change is None else escape(percent(change)), told])
    table(heads, lines, numbers=(1, 2, 3))


def _value(look: Reader, value: Decimal | None, unit: Unit) -> str:
    return MISSING if value is None else escape(in_words(value, unit, look.language))


def deciding(look: Reader, rules: Rules, draft: Draft) -> None:
    """Return with reasons, cell by cell; approve; reopen."""
    section(look.say("review.decide"))
    st.text_area(look.say("review.words"), key=WORDS, max_chars=2000, height=80)
    key = (draft.zone, draft.year, draft.version)
    if draft.state is SubmissionState.APPROVED:
        _button(look, "reopen", lambda session: acts.reopen(session, person(), *key, typed(WORDS)))
        return
    cells = st.multiselect(
        look.say("review.cells"), list(rules.statistics), format_func=lambda code: capital(name_of(look, rules, code)),
        key=CELLS, placeholder=look.say("review.choose"),
    )  # fmt: skip
    for code in cells:
        st.text_input(capital(name_of(look, rules, code)), key=f"review_cell|{code}", max_chars=500)
    with st.container(horizontal=True):
        _button(look, "approve", lambda session: acts.approve(session, person(), *key, typed(WORDS)), type="primary")
        _button(look, "return", lambda session: acts.give_back(session, person(), *key, typed(WORDS), _reasons()))
    show(f'<p class="quiet">{escape(look.say("review.decide.note"))}</p>')


def _reasons() -> dict[str, str]:
    """What is typed on single cells."""
    return {code: typed(f"review_cell|{code}") for code in st.session_state.get(CELLS, [])}


def _button(look: Reader, act: str, step: Callable[[Session], int], **seen: Any) -> None:
    key = f"review_{act}"
    step_button(look.say(f"review.{act}"), step, f"review.done.{act}", key=key, after=_forget, **seen)


def _forget() -> None:
    """The words belong to the step that was taken, not to the next submission."""
    st.session_state[WORDS], st.session_state[CELLS] = "", []
