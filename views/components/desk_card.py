"""The card of one entry: every field, the buttons, and what happened to it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from html import escape
from typing import Any

import streamlit as st

from ledger.acts import CLOSED
from ledger.catalogue import Catalogue
from ledger.linking import indicators_for, place_for
from ledger.record import Desk, Entry
from models.enums import Comparator, Kind, Measure, Nature, ProposalState, Strength
from models.errors import DeskRefused
from models.ledger import Draft
from storage.translations import told, translated
from tracking.phrases import named
from views.components.desk_acts import REASON, ask, asking, confirm_draft, run_act, save, split_into
from views.components.desk_draft import edges, key_of, put_edges, read_draft
from views.components.page import capital, link, show
from views.state import Reader

NONE = ""


def card(look: Reader, desk: Desk, entry: Entry, catalogue: Catalogue, *, may_edit: bool) -> None:
    """One entry with every field; what may be done with it depends on its state."""
    _top(look, desk, entry)
    if may_edit and entry.state is not ProposalState.PROPOSED:
        _buttons(look, entry)
    if may_edit:
        _question(look, desk, entry, catalogue)
    open_one = entry.state in (ProposalState.PROPOSED, ProposalState.CONFIRMED)
    _form(look, desk, entry, catalogue, may_change=may_edit and open_one)


def _top(look: Reader, desk: Desk, entry: Entry) -> None:
    state = look.say(f"proposal_state.{entry.state.value}")
    words = " · ".join((look.say(f"tier.{entry.tier.value}"), look.say(f"proposal_source.{entry.source.value}"), state))
    leads = ""
    if entry.target_id and entry.state is ProposalState.CONFIRMED:
        leads = " · " + link(look.address("target", target=entry.target_id), look.say("desk.to_target"))
    said = [translated(each, look.language) for each in entry.found.reasons]
    why = ("；" if look.in_chinese else "; ").join(said)
    start, end = edges(entry)
    unsaved = "" if (start, end) == (entry.draft.start, entry.draft.end) else f" · {look.say('desk.unsaved_quote')}"
    quote = desk.policy.text[start:end]
    show(
        f'<blockquote lang="zh">{escape(quote)}</blockquote>'
        f'<p class="quiet">{escape(words)}{escape(unsaved)}{leads}</p>'
        + (f'<p class="quiet">{escape(why)}</p>' if why else "")
    )


def _edges(look: Reader, desk: Desk, entry: Entry) -> None:
    """The ends of the quote, moved a character at a time. Its number cannot be cut off: the selection does that."""
    start, end = edges(entry)
    draft, length = entry.draft, len(desk.policy.text)
    whole = (draft.anchor_start, draft.anchor_end) == (draft.start, draft.end)
    first, last = (end - 1, start + 1) if whole else (draft.anchor_start, draft.anchor_end)
    moves = (
        ("start_out", start - 1, end, start > 0),
        ("start_in", start + 1, end, start < first),
        ("end_in", start, end - 1, end > last),
        ("end_out", start, end + 1, end < length),
    )
    with st.container(horizontal=True, gap="small"):
        for name, new_start, new_end, possible in moves:
            st.button(
                look.say(f"desk.edge.{name}"), key=f"desk_{name}", disabled=not possible, on_click=put_edges,
                args=(entry, new_start, new_end), help=look.say(f"desk.edge_help.{name}"),
            )  # fmt: skip


Read = Callable[[], Draft]


def _form(look: Reader, desk: Desk, entry: Entry, catalogue: Catalogue, *, may_change: bool) -> None:
    """What keeps the draft, and every field of it."""
    key = key_of(entry)
    args = (look, entry.id, lambda: read_draft(entry.draft, key), f"{key}_reason")
    if may_change and entry.state is ProposalState.CONFIRMED:
        st.text_input(look.say("desk.reason_of_change"), key=f"{key}_reason")
        st.button(look.say("desk.change"), key="desk_save", on_click=_save, args=args)
    elif may_change:
        with st.container(horizontal=True):
            st.button(look.say("desk.confirm"), key="desk_confirm", type="primary", on_click=_confirm, args=args)
            st.button(look.say("desk.save"), key="desk_save", on_click=_save, args=args)
            _buttons(look, entry)
    if may_change:
        _edges(look, desk, entry)
    _fields(look, entry.draft, catalogue, key, disabled=not may_change)


def _fields(look: Reader, draft: Draft, catalogue: Catalogue, key: str, *, disabled: bool) -> None:
    """The widgets of a draft."""
    of = _Fields(look, key, disabled)
    indicators, places = _namer(look, catalogue.indicators), _namer(look, catalogue.places)
    of.text("indicator", draft.indicator, "desk_first")
    of.choice("indicator_code", _indicator_codes(catalogue, draft), draft.indicator_code or NONE, indicators)
    left, right = st.columns(2)
    with left:
        of.text("scope", draft.scope)
        of.words("kind", Kind, draft.kind)
        of.text("value", _plain(draft.value))
        of.text("unit", draft.unit)
        of.text("deadline", _plain(draft.deadline))
        of.words("nature", Nature, draft.nature)
    with right:
        of.choice("place_code", _place_codes(catalogue, draft), draft.place_code or NONE, places)
        of.words("comparator", Comparator, draft.comparator)
        of.text("value_high", _plain(draft.value_high))
        of.words("measure", Measure, draft.measure)
        of.text("baseline_year", _plain(draft.baseline_year))
        of.words("strength", Strength, draft.strength)
    st.checkbox(look.say("desk.per_zone"), value=draft.per_zone, key=f"{key}_per_zone", disabled=disabled)
    if draft.kind is Kind.MULTIPLE_OF_REFERENCE:
        of.choice("reference_code", [NONE, *catalogue.indicators], draft.reference_code or NONE, indicators)
        of.choice("reference_place", [NONE, *catalogue.regions], draft.reference_place or NONE, places)
    of.text("note", draft.note)


def _namer(look: Reader, known: Mapping[str, Any]) -> Callable[[str], str]:
    """Names an indicator or a place by its code; the empty code is no link."""
    return lambda code: capital(named(known[code], look.language)) if code in known else look.say("desk.none")


class _Fields:
    """Widgets of one draft, each labelled by the name of its field."""

    def __init__(self, look: Reader, key: str, disabled: bool) -> None:
        self.look, self.key, self.disabled = look, key, disabled

    def text(self, field: str, value: str, anchor: str = "") -> None:
        with st.container(key=anchor or None):
            st.text_input(
                self.look.say(f"desk.field.{field}"), value, key=f"{self.key}_{field}", disabled=self.disabled
            )

    def words(self, family: str, vocabulary: type[StrEnum], value: StrEnum) -> None:
        """One word of a vocabulary, named after its field."""
        self.choice(family, list(vocabulary), value, lambda each: capital(self.look.say(f"{family}.{each.value}")))

    def choice(self, field: str, options: list[Any], value: Any, words: Callable[[Any], str]) -> None:
        offered = options if value in options else [value, *options]
        st.selectbox(
            self.look.say(f"desk.field.{field}"), offered, index=offered.index(value), format_func=words,
            key=f"{self.key}_{field}", disabled=self.disabled,
        )  # fmt: skip


def _indicator_codes(catalogue: Catalogue, draft: Draft) -> list[str]:
    """The suggested ones first, then all."""
    near = [each.code for each in indicators_for(catalogue, draft.indicator, draft.kind, draft.unit)]
    return [NONE, *near, *(code for code in catalogue.indicators if code not in near)]


def _place_codes(catalogue: Catalogue, draft: Draft) -> list[str]:
    """Groups and zones first, then regions."""
    return [NONE, *catalogue.groups, *catalogue.zones, *catalogue.regions]


def _plain(value: Decimal | int | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _confirm(look: Reader, entry: int, read: Read, _reason: str) -> None:
    draft = _drafted(look, read)
    if draft is not None:
        confirm_draft(entry, draft)


def _save(look: Reader, entry: int, read: Read, reason: str) -> None:
    draft = _drafted(look, read)
    if draft is not None:
        save(entry, draft, str(st.session_state.get(reason) or ""))


def _drafted(look: Reader, read: Read) -> Draft | None:
    try:
        return read()
    except DeskRefused as refused:
        st.session_state["desk_answer"] = ("error", told(refused, look.language))
        return None


def _buttons(look: Reader, entry: Entry) -> None:
    """What else can be done; each of these asks something first."""
    offered = {ProposalState.PROPOSED: ("reject", "merge", "split")} | dict.fromkeys(CLOSED, ("reopen",))
    for act in offered.get(entry.state, ()):
        st.button(look.say(f"desk.{act}"), key=f"desk_{act}", on_click=ask, args=(act, entry.id))


def _question(look: Reader, desk: Desk, entry: Entry, catalogue: Catalogue) -> None:
    """The reason, the other entry or the parts that the chosen act needs."""
    act = asking(entry.id)
    if not act:
        return
    with st.form(f"desk_question_{act}"):
        if act in ("reject", "reopen"):
            st.text_input(look.say(f"desk.reason.{act}"), key=REASON, placeholder=look.say("desk.reason_hint"))
        elif act == "merge":
            _into(look, desk, entry)
        else:
            words, hint = look.say("desk.parts"), look.say("desk.parts_hint")
            st.text_area(words, value=entry.draft.scope, key="desk_parts", help=hint)
        work, args = (
            (_split, (entry, catalogue, desk.policy.region_code)) if act == "split" else (run_act, (act, entry.id))
        )
        st.form_submit_button(look.say("desk.go"), key="desk_go", on_click=work, args=args)


def _into(look: Reader, desk: Desk, entry: Entry) -> None:
    others = {
        each.id: each.quote
        for each in desk.entries
        if each.id != entry.id and each.state in (ProposalState.PROPOSED, ProposalState.CONFIRMED)
    }
    nearest = sorted(others, key=lambda each: others[each] != entry.quote)
    st.selectbox(
        look.say("desk.into"),
        nearest,
        format_func=lambda each: others[each][:60],
        key="desk_into",
        placeholder=look.say("desk.choose"),
    )


def _split(entry: Entry, catalogue: Catalogue, region: str) -> None:
    """One part a line: the scope that each of them is for."""
    scopes = [line.strip() for line in str(st.session_state.get("desk_parts") or "").splitlines() if line.strip()]
    parts = []
    for scope in scopes:
        place = place_for(catalogue, scope, entry.draft.indicator, region)
        parts.append(entry.draft.model_copy(update={"scope": scope, "place_code": place}))
    split_into(entry.id, parts)
