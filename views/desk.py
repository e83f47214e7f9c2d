"""The desk: a policy officer adds a policy, and turns what is proposed in it into targets, one by one."""

from html import escape

import streamlit as st

from accounts.rights import may, parents_of_places
from ledger.catalogue import Catalogue, read_catalogue
from ledger.record import Desk, Entry, read_desk
from models.enums import ProposalState
from models.errors import UnknownId
from models.extraction import Tier
from models.people import Action
from settings import get_settings
from storage.engine import reading, shared_engine
from tracking.phrases import policy_title
from views.components.choice import choose, hold
from views.components.desk_acts import acted, answer, run_act
from views.components.desk_card import card, history
from views.components.desk_document import adding, described, document_tools
from views.components.page import empty, heading, link, section, show, table, unknown
from views.components.reader import Marked, reader
from views.person import person
from views.state import Reader, read_reader

SHOWN = ("open", "all", "confirmed", "rejected", "possible")
"""Which entries are offered: those to be decided, all, by state, and the other numbers."""


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
    last = f"{desk.events[-1].at:%Y-%m-%d} {desk.events[-1].actor}" if desk.events else ""
    confirmed = desk.count(ProposalState.CONFIRMED) or sum(
        target.policy_id == desk.policy.id for target in look.snapshot.targets
    )
    issued = str(desk.policy.issued_on or desk.policy.issued or "")
    return title, issued, str(len(_open(desk))), str(confirmed), escape(last)


def _open(desk: Desk) -> list[Entry]:
    """What waits for a decision: the other numbers need none."""
    return [each for each in desk.entries if each.state is ProposalState.PROPOSED and each.tier is not Tier.POSSIBLE]


def _desk(look: Reader, desk: Desk, catalogue: Catalogue, *, may_edit: bool) -> None:
    policy = desk.policy
    show(f"<p>{link(look.address('desk'), look.say('desk.back'))}</p>")
    heading(policy_title(policy, look.language), described(look, policy))
    answer(look)
    if policy.founding:
        _not_here_yet(look, desk, may_edit=may_edit)
        return
    _progress(look, desk, may_edit=may_edit)
    offered = _offered(desk, st.query_params.get("show"))
    active = _active(desk, offered)
    text, side = st.columns([3, 2], gap="medium")
    with text:
        reader(
            policy.text,
            [_marked(look, each) for each in desk.entries],
            active.id if active else None,
            words={
                "hint": look.say("desk.keys"),
                "select": look.say("desk.add_selection"),
                "quote": look.say("desk.quote_selection"),
            },
            may_edit=may_edit,
            dark=look.dark,
            focus=st.session_state.pop("desk_focus", ""),
            on_act=acted,
        )
    with side:
        _choices(look, desk, offered, active)
        if active is None:
            empty(look, "desk.nothing_left" if desk.entries else "desk.nothing_found")
        else:
            card(look, desk, active, catalogue, may_edit=may_edit)
            history(look, active)
    document_tools(look, desk, catalogue, may_edit=may_edit)


def _not_here_yet(look: Reader, desk: Desk, *, may_edit: bool) -> None:
    """A policy of the data files is shown by the reader of Policies until somebody takes it to the desk."""
    empty(look, "desk.of_files", link(look.address("policies", policy=desk.policy.id), look.say("desk.read_it")))
    if may_edit:
        st.button(look.say("desk.adopt"), key="desk_adopt", on_click=run_act, args=("adopt", None))


def _progress(look: Reader, desk: Desk, *, may_edit: bool) -> None:
    asked = [each for each in desk.entries if each.tier is not Tier.POSSIBLE]
    done = [each for each in asked if each.state is not ProposalState.PROPOSED]
    counts = {state: desk.count(state) for state in ProposalState}
    words = look.say(
        "desk.progress",
        done=len(done),
        asked=len(asked),
        confirmed=counts[ProposalState.CONFIRMED],
        rejected=counts[ProposalState.REJECTED],
        others=sum(each.tier is Tier.POSSIBLE for each in desk.entries),
    )
    st.progress(len(done) / len(asked) if asked else 1.0, text=words)
    ready = [each for each in _open(desk) if each.tier is Tier.HIGH and each.draft.linked]
    if not may_edit or not ready:
        return
    with st.expander(look.say("desk.bulk", number=len(ready))):
        show("<ul>" + "".join(f'<li lang="zh">{escape(each.quote)}</li>' for each in ready) + "</ul>")
        st.button(
            look.say("desk.bulk_confirm", number=len(ready)), key="desk_bulk", on_click=run_act, args=("bulk", None)
        )


def _offered(desk: Desk, wanted: str | None) -> list[Entry]:
    kept = {
        "all": lambda each: each.tier is not Tier.POSSIBLE,
        "confirmed": lambda each: each.state is ProposalState.CONFIRMED,
        "rejected": lambda each: each.state in (ProposalState.REJECTED, ProposalState.MERGED, ProposalState.SPLIT),
        "possible": lambda each: each.tier is Tier.POSSIBLE and each.state is ProposalState.PROPOSED,
    }
    rule = kept.get(wanted or "")
    return [each for each in desk.entries if rule(each)] if rule else _open(desk)


def _active(desk: Desk, offered: list[Entry]) -> Entry | None:
    """The entry of the address, also where the filter leaves it out; else the first that is offered."""
    wanted = st.query_params.get("entry", "")
    named = next((each for each in desk.entries if str(each.id) == wanted), None)
    return named or next(iter(offered), None)


def _choices(look: Reader, desk: Desk, offered: list[Entry], active: Entry | None) -> None:
    counts = {each: len(_offered(desk, each)) for each in SHOWN}
    wanted = st.query_params.get("show")
    choose(
        look.say("desk.show"),
        SHOWN,
        wanted if wanted in SHOWN else "open",
        lambda chosen: {"show": chosen, "entry": None},
        key="desk_show",
        words=lambda each: f"{look.say(f'desk.show.{each}')} ({counts[each]})",
        label_visibility="collapsed",
        filter_mode=None,
    )
    listed = offered if active is None or active in offered else [active, *offered]
    if active is None:
        return
    by_id = {each.id: each for each in listed}
    choose(
        look.say("desk.entry"),
        by_id,
        active.id,
        lambda chosen: {"entry": str(chosen)},
        key="desk_entry",
        words=lambda each: f"{_sign(by_id[each])} {by_id[each].quote[:40]}",
        label_visibility="collapsed",
    )


def _sign(entry: Entry) -> str:
    signs = {
        ProposalState.CONFIRMED: "✓",
        ProposalState.REJECTED: "✕",
        ProposalState.MERGED: "↪",
        ProposalState.SPLIT: "⑂",
    }
    tiers = {Tier.HIGH: "●", Tier.CHECK: "◐", Tier.POSSIBLE: "○"}
    return signs.get(entry.state) or tiers[entry.tier]


def _marked(look: Reader, entry: Entry) -> Marked:
    shown = entry.tier.value if entry.state is ProposalState.PROPOSED else entry.state.value
    shown = "rejected" if entry.state is ProposalState.SPLIT else shown
    state = look.say(f"proposal_state.{entry.state.value}")
    spans = [each for each in (entry.found.deadline_span, entry.found.subject_span) if each is not None]
    near = tuple((each.start, each.end) for each in (*spans, *entry.found.mentions))
    title = f"{look.say(f'tier.{entry.tier.value}')} · {state}"
    return Marked(entry.id, entry.draft.start, entry.draft.end, shown, title, near)


screen(read_reader())
