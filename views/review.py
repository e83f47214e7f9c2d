"""Review: how far the zones of a round are, and one submission at a time with everything a decision needs."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from sqlmodel import Session

from accounts.contacts import contacts_of
from accounts.rights import may, parents_of_places
from models.calendar import clock
from models.enums import DataSet, PlaceKind, SubmissionAct, SubmissionState
from models.errors import Refused, UnknownId
from models.people import Action, Person
from settings import get_settings
from storage.engine import reading, shared_engine, unit_of_work
from submissions.acts import checked, open_for_review, read_submitted
from submissions.edits import read_background, read_rules
from submissions.record import Draft, read_record
from submissions.rounds import Round, Standing, completeness, rounds_of
from tracking.phrases import named
from views.components import review_one
from views.components.acting import answer, refusal
from views.components.choice import choose, hold
from views.components.page import capital, empty, heading, link, show, unknown
from views.components.peers import peers
from views.components.reporting import YEAR, choose_year, reported_year, round_words, thread
from views.components.review_round import board, managing, opening, zones_of
from views.person import person
from views.state import Reader, read_reader


def screen(look: Reader) -> None:
    """A zone in the address is one submission; a region, or nothing, is the list of its zones."""
    who = person()
    with reading(shared_engine(get_settings().database_url)) as session:
        parents = parents_of_places(session)
        rounds = [each for each in rounds_of(session, who) if may(who, Action.MANAGE_ROUNDS, each.region, parents)]
        regions = [code for code in _regions(look) if may(who, Action.MANAGE_ROUNDS, code, parents)]
    year = reported_year(rounds)
    place = look.snapshot.places.get(look.place or "")
    if look.place is not None and place is None:
        hold(look)
        unknown(look, UnknownId("place", look.place), "review", "place")
    elif look.data_set is DataSet.DEMONSTRATION:
        heading(look.say("screen.review"))
        real = link(look.address("review", data=DataSet.REAL.value), look.say("entry.to_real"))
        empty(look, "review.no_demonstration", real)
    elif not regions:
        heading(look.say("screen.review"))
        empty(look, "review.no_right" if look.snapshot.places else "empty.no_data")
    elif place is not None and place.kind is PlaceKind.ZONE:
        hold(look, place=place.code, **{YEAR: str(year)})
        _one(look, who, place.code, year)
    else:
        known = [each.region for each in rounds if each.year == year]
        region = place.code if place is not None and place.code in regions else (known or regions)[0]
        hold(look, place=region, **{YEAR: str(year)})
        _list(look, who, regions, region, rounds, year)


def _regions(look: Reader) -> list[str]:
    """Provinces and the country: those are asked by a department."""
    kinds = (PlaceKind.PROVINCE, PlaceKind.COUNTRY)
    return [
        code for code, place in look.snapshot.places.items() if place.kind in kinds and zones_of(look, code, look.year)
    ]


def _list(look: Reader, who: Person, regions: list[str], region: str, rounds: Sequence[Round], year: int) -> None:
    found = next((each for each in rounds if each.year == year and each.region == region), None)
    name = named(look.snapshot.places[region], look.language)
    heading(look.say("review.title", region=name, year=year), escape(round_words(look, found, year)))
    with st.container(horizontal=True):
        choose(
            look.say("review.region"),
            regions,
            region,
            lambda chosen: {"place": chosen},
            key="review_region",
            words=lambda code: named(look.snapshot.places[code], look.language),
            width=240,
            filter_mode=None,
        )
        choose_year(look, [each for each in rounds if each.region == region], year, "review_year")
    answer()
    if found is None:
        opening(look, region, year)
        peers(look, region)
        return
    with reading(shared_engine(get_settings().database_url)) as session:
        zones = completeness(session, who, found.id)
        flags = _flags(session, zones, year)
        contacts = contacts_of(session, who, [each.zone for each in zones if each.missing])
    board(look, found, zones, flags, contacts)
    managing(look, found)
    peers(look, region)


def _flags(session: Session, zones: Sequence[Standing], year: int) -> dict[str, int]:
    """How many soft edits of each submission that waits are answered by an explanation."""
    rules = read_rules(session)
    waiting = [each.zone for each in zones if each.state is SubmissionState.SUBMITTED]
    return {zone: len(checked(session, rules, read_record(session, zone, year)).flags) for zone in waiting}


def _one(look: Reader, who: Person, zone: str, year: int) -> None:
    name = named(look.snapshot.places[zone], look.language)
    heading(look.say("review.one", zone=name, year=year))
    back = link(look.address("review", **{YEAR: year}), look.say("review.back"))
    answer()
    try:
        _note_that_it_is_open(who, zone, year)
        with reading(shared_engine(get_settings().database_url)) as session:
            rules = read_rules(session)
            draft = read_submitted(session, who, zone, year)
            result = checked(session, rules, draft)
            background = read_background(session, rules, zone, year)
    except Refused as refused:
        show(f'<p class="t-empty">{escape(refusal(look, refused))} {back}</p>')
        return
    show(f"<p>{escape(_standing(look, draft))} {back}</p>")
    if draft.state is SubmissionState.SUBMITTED:
        review_one.effect(look, draft)
        review_one.flags(look, result)
    review_one.changes(look, rules, draft)
    if draft.state is not SubmissionState.RETURNED:
        review_one.deciding(look, rules, draft)
    review_one.figures(look, rules, draft, background, {each.statistics[0] for each in result.flags})
    thread(look, rules, [each for each in draft.events if each.act is not SubmissionAct.SAVE])


def _note_that_it_is_open(who: Person, zone: str, year: int) -> None:
    """Whoever may decide and looks at it has opened it: from now on the zone cannot recall it."""
    engine = shared_engine(get_settings().database_url)
    with reading(engine) as session:
        record = read_record(session, zone, year)
        opens = may(who, Action.REVIEW, zone, parents_of_places(session))
    if opens and record.state is SubmissionState.SUBMITTED and record.events[-1].act is SubmissionAct.SUBMIT:
        with unit_of_work(engine) as session:
            open_for_review(session, who, zone, year, record.version)


def _standing(look: Reader, draft: Draft) -> str:
    step = draft.last(SubmissionAct.SUBMIT)
    assert step is not None
    state = capital(look.say(f"submission_state.{draft.state.value}"))
    said = look.say("review.standing", state=state, who=step.actor, when=clock(step.at))
    return f"{said}{look.say('review.standing.words', words=step.words)}" if step.words else said


screen(read_reader())
