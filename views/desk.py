"""The desk: a policy officer adds a policy, and turns what is proposed in it into targets, one by one."""

from functools import partial
from html import escape

import streamlit as st

from accounts.rights import may, parents_of_places
from ledger.acts import high_ones
from ledger.catalogue import Catalogue, read_catalogue
from ledger.record import Desk, Entry, read_desk
from models.calendar import day_of
from models.enums import ProposalState
from models.errors import UnknownId
from models.extraction import Tier
from models.people import Action
from settings import get_settings
from storage.engine import reading, shared_engine
from tracking.phrases import named, policy_title
from views.components.choice import hold
from views.components.desk_acts import acted, answer, run_act
from views.components.desk_card import card
from views.components.desk_document import adding, described, document_tools
from views.components.desk_draft import edges
from views.components.desk_history import asks, history, whole_history
from views.components.desk_list import active_of, asked, choices, listing, waits
from views.components.page import capital, chinese, empty, heading, link, section, show, table, unknown
from views.components.reader import Marked, reader
from views.person import person
from views.state import Reader, read_reader

DECIDED = (ProposalState.CONFIRMED, ProposalState.REJECTED, ProposalState.MERGED)
"""The states that a mark in the text shows."""


def screen(look: Reader) -> None:
    """Without a policy in the address the list and the form to add one; with one its desk."""
    hold(look)
    who, engine = person(), shared_engine(get_settings().database_url)
    with reading(engine) as session:
        catalogue, parents = read_catalogue(session), parents_of_places(session)
        policies = {each.id: each for each in look.snapshot.policies.values()}
        mine = [each for each in policies.values() if may(who, Action.MANAGE_POLICIES, each.region_code, parents)]
        desk = None
        if look.policy:
            try:
                desk = read_desk(session, look.policy)
            except UnknownId as error:
                unknown(look, error, "desk", "policy")
                return
    regions = [code for code in catalogue.regions if may(who, Action.MANAGE_POLICIES, code, parents)]
    if desk is None:
        _start(look, [each.id for each in mine], catalogue, regions)
    else:
        _desk(look, desk, catalogue, may_edit=may(who, Action.MANAGE_POLICIES, desk.policy.region_code, parents))


def _start(look: Reader, policies: list[str], catalogue: Catalogue, regions: list[str]) -> None:
    heading(look.say("screen.desk"), escape(look.say("desk.lead")))
    answer(look)
    if not catalogue.regions:
        empty(look, "empty.no_data")
        return
    if not regions:
        empty(look, "desk.no_right")
        return
    adding(look, catalogue, regions)
    section(look.say("desk.policies"))
    with reading(shared_engine(get_settings().database_url)) as session:
        desks = [read_desk(session, each) for each in policies]
    names = ("policies.title", "policies.issued", "desk.to_decide", "desk.confirmed_number", "desk.last_act")
    table([look.say(name) for name in names], [_line(look, desk) for desk in desks], numbers=(2, 3))


def _line(look: Reader, desk: Desk) -> tuple[str, ...]:
    title = link(look.address("desk", policy=desk.policy.id), policy_title(desk.policy, look.language))
    last = f"{day_of(desk.events[-1].at)} {desk.events[-1].actor}" if desk.events else ""
    confirmed = desk.count(ProposalState.CONFIRMED) or sum(
        target.policy_id == desk.policy.id for target in look.snapshot.targets
    )
    issued = str(desk.policy.issued_on or desk.policy.issued or "")
    return title, issued, str(sum(map(waits, desk.entries))), str(confirmed), escape(last)


def _desk(look: Reader, desk: Desk, catalogue: Catalogue, *, may_edit: bool) -> None:
    policy = desk.policy
    show(f"<p>{link(look.address('desk'), look.say('desk.back'))}</p>")
    heading(policy_title(policy, look.language), described(look, policy))
    answer(look)
    if policy.founding:
        _not_here_yet(look, desk, may_edit=may_edit)
        return
    _progress(look, desk, catalogue, may_edit=may_edit)
    active = active_of(desk)
    text, side = st.columns([3, 2], gap="medium")
    with text:
        _text(look, desk, active, may_edit=may_edit)
    with side:
        choices(look, desk)
        if active is not None:
            card(look, desk, active, catalogue, may_edit=may_edit)
            history(look, desk, active, catalogue)
        listing(look, desk, active, partial(acted, "desk_list"))
    document_tools(look, desk, catalogue, may_edit=may_edit)
    whole_history(look, desk, catalogue)


def _text(look: Reader, desk: Desk, active: Entry | None, *, may_edit: bool) -> None:
    """The text with its marks; how each looks is told above it."""
    acts = ("previous", "next", "select", "quote", "help", "keys")
    looks = [
        *((each.value, look.say(f"tier.{each.value}")) for each in Tier),
        *((each.value, look.say(f"proposal_state.{each.value}")) for each in DECIDED),
        *((each, look.say(f"desk.near.{each}")) for each in ("deadline", "subject", "mention")),
    ]
    reader(
        desk.policy.text,
        [_marked(look, each, is_active=each == active) for each in desk.entries],
        active.id if active else None,
        words={each: look.say(f"desk.reader.{each}") for each in acts}
        | {"label": policy_title(desk.policy, look.language)},
        legend=looks,
        may_edit=may_edit,
        dark=look.dark,
        focus=st.session_state.pop("desk_focus", ""),
        on_act=partial(acted, "reader"),
    )


def _not_here_yet(look: Reader, desk: Desk, *, may_edit: bool) -> None:
    """A policy of the data files is shown by the reader of Policies until somebody takes it to the desk."""
    empty(look, "desk.of_files", link(look.address("policies", policy=desk.policy.id), look.say("desk.read_it")))
    if may_edit:
        st.button(look.say("desk.adopt"), key="desk_adopt", on_click=run_act, args=("adopt", None))


def _progress(look: Reader, desk: Desk, catalogue: Catalogue, *, may_edit: bool) -> None:
    work = [each for each in desk.entries if asked(each)]
    done = [each for each in work if each.state is not ProposalState.PROPOSED]
    counts = {state: desk.count(state) for state in ProposalState}
    words = look.say(
        "desk.progress",
        done=len(done),
        asked=len(work),
        confirmed=counts[ProposalState.CONFIRMED],
        rejected=counts[ProposalState.REJECTED],
        others=len(desk.entries) - len(work),
    )
    st.progress(len(done) / len(work) if work else 1.0, text=words)
    ready = high_ones(desk)
    if not may_edit or not ready:
        return
    with st.expander(look.say("desk.bulk", number=len(ready))):
        names = ("desk.field.quote", "desk.field.indicator_code", "desk.field.place_code", "desk.bulk.asked")
        rows = [_bulk_line(look, each, catalogue) for each in ready]
        table([look.say(name) for name in names], rows, label=look.say("desk.bulk", number=len(ready)))
        st.button(
            look.say("desk.bulk_confirm", number=len(ready)), key="desk_bulk", on_click=run_act, args=("bulk", None)
        )


def _bulk_line(look: Reader, entry: Entry, catalogue: Catalogue) -> tuple[str, ...]:
    """What one entry will ask, of whom, until when: to be read before many are confirmed at once."""
    draft = entry.draft
    measured = catalogue.indicators[draft.indicator_code or ""]
    place = catalogue.places[draft.place_code or ""]
    return (
        chinese(look, entry.quote),
        escape(capital(named(measured, look.language))),
        escape(named(place, look.language)),
        escape(asks(look, draft)),
    )


def _marked(look: Reader, entry: Entry, *, is_active: bool) -> Marked:
    shown = entry.tier.value if entry.state is ProposalState.PROPOSED else entry.state.value
    shown = "rejected" if entry.state is ProposalState.SPLIT else shown
    state = look.say(f"proposal_state.{entry.state.value}")
    near = [(entry.found.deadline_span, "deadline"), (entry.found.subject_span, "subject")]
    near += [(each, "mention") for each in entry.mentions]
    start, end = edges(entry) if is_active else (entry.draft.start, entry.draft.end)
    title = f"{look.say(f'tier.{entry.tier.value}')} · {state}"
    return Marked(
        entry.id, start, end, shown, title, tuple((each.start, each.end, what) for each, what in near if each)
    )


screen(read_reader())
