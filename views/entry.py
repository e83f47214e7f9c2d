"""Enter: a zone's figures of a year, saved as they are typed, with everything that is wrong at once."""

from decimal import Decimal
from html import escape

import streamlit as st

from accounts.rights import may, parents_of_places
from exchange.template import Form
from models.enums import DataSet, PlaceKind, Severity
from models.errors import UnknownId
from models.people import Action
from settings import get_settings
from storage.engine import reading, shared_engine
from submissions.drafts import OPEN, excused, read_draft, unexplained, unreadable
from submissions.edits import EditFailure, Rules, Values, check, known_ranges, ratio_of, read_rules
from submissions.record import Draft
from tracking.format import with_unit
from tracking.phrases import named
from views.components.choice import choose, hold
from views.components.entry_file import workbook
from views.components.entry_form import form, unit_name, units
from views.components.entry_state import ANSWER, PENDING, held, keep_mine, take_theirs
from views.components.page import empty, heading, link, section, show, unknown
from views.person import person
from views.state import Reader, read_reader


def screen(look: Reader) -> None:
    """One zone and the year of the address; only zones whose drafts one may read are offered."""
    who = person()
    with reading(shared_engine(get_settings().database_url)) as session:
        parents = parents_of_places(session)
        zones = [
            code
            for code, place in look.snapshot.places.items()
            if place.kind is PlaceKind.ZONE and may(who, Action.READ_DRAFTS, code, parents)
        ]
        if look.place is not None and look.place not in look.snapshot.places:
            hold(look)
            unknown(look, UnknownId("place", look.place), "entry", "place")
            return
        zone = look.place if look.place in zones else None
        if look.place is None and zones:
            zone = zones[0]
        rules = read_rules(session)
        fresh = read_draft(session, who, zone, look.year) if zone else None
        editable = bool(zone) and may(who, Action.EDIT_DRAFT, str(zone), parents)
    hold(look, place=zone)
    if look.data_set is DataSet.DEMONSTRATION:
        heading(look.say("screen.entry"))
        real = link(look.address("entry", data=DataSet.REAL.value, place=zone), look.say("entry.to_real"))
        empty(look, "entry.no_demonstration", real)
    elif fresh is None:
        heading(look.say("screen.entry"))
        empty(look, "entry.no_right" if look.snapshot.places else "empty.no_data")
    else:
        _entering(look, zones, rules, fresh, editable=editable and fresh.state in OPEN)


def _entering(look: Reader, zones: list[str], rules: Rules, fresh: Draft, *, editable: bool) -> None:
    place = look.snapshot.places[fresh.zone]
    heading(look.say("entry.title", zone=named(place, look.language), year=look.year), escape(look.say("entry.lead")))
    choose(
        look.say("entry.zone"),
        zones,
        fresh.zone,
        lambda chosen: {"place": chosen},
        key="entry_zone",
        words=lambda code: named(look.snapshot.places[code], look.language),
        width=360,
    )
    draft, changed = held(fresh)
    _notices(look, rules, draft, changed)
    last_year = _figures(look, rules, fresh.zone, fresh.year - 1)
    ranges = known_ranges(rules.ratios, _reported(look, rules))
    failures = check(rules, draft.values, last_year, ranges, excused(rules, draft))
    left, right = st.columns((3, 1), gap="medium")
    with right, st.container(key="entry_side"):
        _standing(look, rules, draft, failures)
        _ratios(look, rules, draft, last_year)
        section(look.say("entry.excel"))
        workbook(look, Form(rules, place, look.year, look.language), draft, last_year, ranges, editable=editable)
    with left:
        if not editable:
            empty(look, "entry.read_only", state=look.say(f"submission_state.{draft.state.value}"))
        chosen = units(look, rules)
        shown = [each for each in failures if each.edit != "given"]
        form(look, rules, draft, last_year, shown, chosen, editable=editable)


def _notices(look: Reader, rules: Rules, fresh: Draft, changed: list[str]) -> None:
    """What the last save was refused with; what somebody else changed, and the two ways on where both typed."""
    if refused := st.session_state.pop(ANSWER, ""):
        show(f'<p class="t-wrong" role="alert">{escape(refused)}</p>')
    if changed and fresh.last_saved_by:
        lines = "".join(f"<li>{_saved(look, rules, fresh, code)}</li>" for code in changed if code in rules.statistics)
        pending = st.session_state.get(PENDING)
        words = look.say("entry.conflict" if pending else "entry.other_saved", who=fresh.last_saved_by)
        show(f'<div class="t-empty" role="alert"><p>{escape(words)}</p><ul>{lines}</ul></div>')
    if st.session_state.get(PENDING):
        with st.container(horizontal=True):
            st.button(look.say("entry.keep_mine"), key="entry_mine", on_click=keep_mine, args=(fresh.version,))
            st.button(look.say("entry.take_theirs"), key="entry_theirs", on_click=take_theirs, args=(fresh,))


def _saved(look: Reader, rules: Rules, fresh: Draft, code: str) -> str:
    entry, name = fresh.entries[code], getattr(rules.statistics[code], look.language.value)
    return escape(f"{name}: {entry.typed or '—'} {unit_name(look, rules.units[entry.unit])}")


def _standing(look: Reader, rules: Rules, draft: Draft, failures: list[EditFailure]) -> None:
    """How far the form is, and each problem as a link to its cell."""
    filled = sum(draft.values.get(code) is not None for code in rules.statistics)
    state = look.say(f"submission_state.{draft.state.value}")
    open_ones = unexplained([each for each in failures if each.edit != "given"], draft.entries)
    unread = unreadable(rules, draft)
    hard = len(unread) + sum(each.severity is Severity.HARD for each in open_ones)
    section(look.say("entry.standing", state=state))
    counted = look.say(
        "entry.counted", filled=filled, all=len(rules.statistics), hard=hard, soft=len(unread) + len(open_ones) - hard
    )
    saved = look.say("entry.saved", who=draft.last_saved_by, version=draft.version) if draft.version else ""
    lines = "".join(
        [_problem(code, each.words(look.language), Severity.HARD) for code, each in unread.items()]
        + [_problem(each.statistics[0], each.words(look.language), each.severity) for each in open_ones]
    )
    show(f'<p>{escape(counted)}</p><p class="quiet">{escape(saved)}</p><ul class="t-problems">{lines}</ul>')


def _problem(code: str, words: str, severity: Severity) -> str:
    kind = "t-wrong" if severity is Severity.HARD else "t-asked"
    return f'<li><a href="#cell-{code}" target="_self" class="{kind}">{escape(words)}</a></li>'


def _ratios(look: Reader, rules: Rules, draft: Draft, last_year: Values) -> None:
    """Derived ratios of what is typed so far, beside last year's."""
    lines = []
    for indicator in rules.ratios.values():
        now, before = ratio_of(indicator, draft.values), ratio_of(indicator, last_year)
        if now is None and before is None:
            continue
        unit = rules.units[indicator.unit]
        now_words, before_words = (with_unit(each, unit, look.language) for each in (now, before))
        shown = f'{now_words} <span class="quiet">{before_words}</span>'
        lines.append(f"<dt>{escape(named(indicator, look.language))}</dt><dd>{shown}</dd>")
    if lines:
        section(look.say("entry.ratios"), look.say("entry.ratios.note"))
        show(f'<dl class="t-ratios">{"".join(lines)}</dl>')


def _figures(look: Reader, rules: Rules, zone: str, year: int) -> dict[str, Decimal | None]:
    """The values in force of a zone and year."""
    found = {code: look.snapshot.observations.get((code, zone), {}).get(year) for code in rules.statistics}
    return {code: each.value if each else None for code, each in found.items()}


def _reported(look: Reader, rules: Rules) -> list[dict[str, Decimal | None]]:
    """The figures of every zone and year of which anything is on record."""
    known = {
        (place, year)
        for (code, place), by_year in look.snapshot.observations.items()
        if code in rules.statistics and place in look.snapshot.zones
        for year in by_year
    }
    return [_figures(look, rules, place, year) for place, year in sorted(known)]


screen(read_reader())
