"""The form: a row a statistic, with last year's value, the cell, and what was understood of it."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from html import escape

import streamlit as st

from models import Statistic, Unit
from models.enums import Severity
from submissions.edits import EditFailure, Rules, Values, change_in_percent
from submissions.figures import OFFERED, Typed, in_words
from submissions.record import Draft, Entry, understood
from tracking.format import percent
from views.components.entry_state import FIGURE, NOTE, key, typed
from views.components.page import capital, section, show
from views.state import Reader

WIDTHS = (5, 2, 4)


def units(look: Reader, rules: Rules) -> dict[str, str]:
    """The unit of money and of areas for what is typed from now on, by dimension."""
    chosen: dict[str, str] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for dimension, symbols in OFFERED.items():
            chosen[dimension] = st.selectbox(
                look.say(f"entry.unit.{dimension}"),
                symbols,
                index=len(symbols) - 1,
                format_func=lambda symbol: unit_name(look, rules.units[symbol]),
                key=f"entry_unit_{dimension}",
                width=180,
                filter_mode=None,
            )
        show(f'<p class="quiet">{escape(look.say("entry.unit.note"))}</p>')
    return chosen


def unit_name(look: Reader, unit: Unit) -> str:
    """A unit in the reader's language; things that are counted have none in English."""
    return unit.zh if look.in_chinese else unit.en.strip()


def form(
    look: Reader,
    rules: Rules,
    draft: Draft,
    mine: Mapping[str, Entry],
    last_year: Values,
    failures: Collection[EditFailure],
    chosen: Mapping[str, str],
    *,
    editable: bool,
) -> None:
    """All rows under the headings of their parts. `mine` are cells that are typed and could not be saved yet."""
    _head(look, draft.year)
    before = ""
    for code, statistic in rules.statistics.items():
        if statistic.section != before:
            before = statistic.section
            section(look.say(f"form_section.{before}"))
        entry = mine.get(code) or draft.entries.get(code, Entry())
        told = [each for each in failures if code == each.statistics[0]]
        unit = entry.unit if entry.typed else chosen.get(rules.units[statistic.unit].dimension, statistic.unit)
        _row(look, rules, draft, statistic, entry, unit, last_year.get(code), told, editable=editable)


def _head(look: Reader, year: int) -> None:
    left, middle, right = st.columns(WIDTHS)
    with left:
        names = (look.say("entry.head.statistic"), look.say("entry.head.last_year", year=year - 1))
        show(f'<div class="t-entry quiet"><span>{escape(names[0])}</span><span>{escape(names[1])}</span></div>')
    with middle:
        show(f'<div class="quiet">{escape(look.say("entry.head.this_year", year=year))}</div>')
    with right:
        show(f'<div class="quiet">{escape(look.say("entry.head.reading"))}</div>')


def _row(
    look: Reader,
    rules: Rules,
    draft: Draft,
    statistic: Statistic,
    entry: Entry,
    unit: str,
    last: Decimal | None,
    told: list[EditFailure],
    *,
    editable: bool,
) -> None:
    name = capital(getattr(statistic, look.language.value))
    left, middle, right = st.columns(WIDTHS, vertical_alignment="center")
    figure = key(FIGURE, draft, statistic.code)
    st.session_state.setdefault(figure, entry.typed)
    with left:
        before = "—" if last is None else in_words(last, rules.units[statistic.unit], look.language)
        definition = getattr(statistic, f"definition_{look.language.value}")
        show(
            f'<div class="t-entry" id="cell-{statistic.code}" title="{escape(definition)}">'
            f'<span>{escape(name)}</span><span class="quiet">{escape(before)}</span></div>'
        )
    middle.text_input(
        name,
        key=figure,
        label_visibility="collapsed",
        disabled=not editable,
        on_change=typed,
        autocomplete="off",
    )
    with right:
        reading = _reading(look, rules, statistic, Entry(entry.typed, unit), last, told)
        show(f'<div class="t-reading">{reading}</div>')
    left_out = bool(entry.typed) and understood(rules, statistic.code, Entry(entry.typed, unit)) == Typed(None)
    if editable and (entry.explanation or left_out or any(each.severity is Severity.SOFT for each in told)):
        note = key(NOTE, draft, statistic.code)
        st.session_state.setdefault(note, entry.explanation)
        st.columns((5, 6))[1].text_input(
            look.say("entry.why_empty" if left_out else "entry.why"),
            key=note,
            on_change=typed,
            autocomplete="off",
        )


def _reading(
    look: Reader, rules: Rules, statistic: Statistic, entry: Entry, last: Decimal | None, told: list[EditFailure]
) -> str:
    """The unit, the value back in words with its change, and what is wrong with it."""
    unit = rules.units[entry.unit]
    shown = f'<span class="quiet">{escape(unit_name(look, unit))}</span>'
    meant = understood(rules, statistic.code, entry)
    if meant.problem is not None:
        return f'{shown} <span class="t-wrong">{escape(meant.problem.words(look.language))}</span>'
    if meant.value is None:
        return shown
    words = in_words(meant.value, rules.units[statistic.unit], look.language)
    change = change_in_percent(meant.value, last)
    grown = (
        ""
        if change is None
        else f' <span class="quiet">{escape(look.say("entry.change", change=percent(change)))}</span>'
    )
    marks = "".join(_mark(look, each) for each in told)
    return f"{shown} = {escape(words)}{grown}{marks}"


def _mark(look: Reader, failure: EditFailure) -> str:
    kind = "t-wrong" if failure.severity is Severity.HARD else "t-asked"
    return f'<div class="{kind}">{escape(failure.words(look.language))}</div>'
