"""Enter: a zone's figures of a year, saved as they are typed, with everything that is wrong at once."""

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
from submissions.edits import Background, EditFailure, Rules, Values, check, ratio_of, read_background, read_rules
from submissions.record import Draft
from submissions.rounds import Round, rounds_of
from tracking.format import with_unit
from tracking.phrases import named
from views.components.acting import answer
from views.components.choice import choose, hold
from views.components.entry_file import workbook
from views.components.entry_form import form, unit_name, units
from views.components.entry_state import ANSWER, Standing, keep_mine, settle, take_theirs
from views.components.entry_state import hold as hold_draft
from views.components.entry_submit import handing_in, returned
from views.components.page import empty, heading, link, section, show, unknown
from views.components.reporting import YEAR, choose_year, reported_year, round_words, thread
from views.person import person
from views.state import Reader, read_reader


def screen(look: Reader) -> None:
    """One zone and the year of the address; only zones whose drafts one may read are offered."""
    who = person()
    with reading(shared_engine(get_settings().database_url)) as session:
        parents = parents_of_places(session)
        rounds = rounds_of(session, who)
        year = reported_year(rounds)
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
        fresh = read_draft(session, who, zone, year) if zone else None
        background = read_background(session, rules, zone, year) if zone else None
        editable = bool(zone) and may(who, Action.EDIT_DRAFT, str(zone), parents)
        lead = bool(zone) and may(who, Action.SUBMIT, str(zone), parents)
    hold(look, place=zone, **{YEAR: str(year)})
    if look.data_set is DataSet.DEMONSTRATION:
        heading(look.say("screen.entry"))
        real = link(look.address("entry", data=DataSet.REAL.value, place=zone), look.say("entry.to_real"))
        empty(look, "entry.no_demonstration", real)
    elif fresh is None or background is None:
        heading(look.say("screen.entry"))
        empty(look, "entry.no_right" if look.snapshot.places else "empty.no_data")
    else:
        asked = next((each for each in rounds if each.year == year and fresh.zone in each.zones), None)
        place = look.snapshot.places[fresh.zone]
        about = f"{round_words(look, asked, year)} {look.say('entry.lead')}"
        heading(look.say("entry.title", zone=named(place, look.language), year=year), escape(about))
        with st.container(horizontal=True):
            _choose_zone(look, zones, fresh.zone)
            choose_year(look, rounds, year, "entry_year")
        editable = editable and fresh.state in OPEN
        _entering(look, rules, fresh, background, asked, editable=editable, lead=lead)


def _choose_zone(look: Reader, zones: list[str], chosen: str) -> None:
    choose(
        look.say("entry.zone"),
        zones,
        chosen,
        lambda zone: {"place": zone},
        key="entry_zone",
        words=lambda code: named(look.snapshot.places[code], look.language),
        width=360,
    )


def _entering(
    look: Reader,
    rules: Rules,
    fresh: Draft,
    background: Background,
    asked: Round | None,
    *,
    editable: bool,
    lead: bool,
) -> None:
    answer()
    hold_draft(fresh)
    now = settle((rules, fresh))
    draft = now.draft
    _notices(look, rules, now)
    returned(look, rules, draft)
    last_year, ranges = background.last_year, background.ranges
    failures = check(rules, draft.values, last_year, ranges, excused(rules, draft))
    waiting = len(unreadable(rules, draft)) + len(unexplained(failures, draft.entries))
    left, right = st.columns((3, 1), gap="medium")
    with right, st.container(key="entry_side"):
        _standing(look, rules, draft, failures)
        handing_in(look, rules, draft, last_year, waiting, asked, lead=lead)
        _ratios(look, rules, draft, last_year)
        section(look.say("entry.excel"))
        form_of = Form(rules, look.snapshot.places[draft.zone], draft.year, look.language)
        workbook(look, form_of, draft, last_year, ranges, editable=editable)
    with left:
        if not editable:
            empty(look, "entry.read_only", state=look.say(f"submission_state.{draft.state.value}"))
        chosen = units(look, rules)
        shown = [each for each in failures if each.edit != "given"]
        form(look, rules, draft, now.mine, last_year, shown, chosen, editable=editable)
        thread(look, rules, draft.events)


def _notices(look: Reader, rules: Rules, now: Standing) -> None:
    """What the last save was refused with; what somebody else changed, and the two ways on where both typed."""
    if refused := st.session_state.pop(ANSWER, ""):
        show(f'<p class="t-wrong" role="alert">{escape(refused)}</p>')
    known = [code for code in now.theirs if code in rules.statistics and code in now.draft.entries]
    if known:
        lines = "".join(f"<li>{_saved(look, rules, now.draft, code)}</li>" for code in known)
        words = look.say("entry.conflict" if now.mine else "entry.other_saved", who=now.draft.last_saved_by)
        show(f'<div class="t-empty" role="alert"><p>{escape(words)}</p><ul>{lines}</ul></div>')
    if known and now.mine:
        given, both = {"fresh": now.draft}, {"fresh": now.draft, "mine": now.mine}
        with st.container(horizontal=True):
            st.button(look.say("entry.keep_mine"), key="entry_mine", on_click=keep_mine, kwargs=given)
            st.button(look.say("entry.take_theirs"), key="entry_theirs", on_click=take_theirs, kwargs=both)


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


screen(read_reader())
