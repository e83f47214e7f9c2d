"""The document on the desk: adding one, correcting what is known of it, exporting, looking again, deleting."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st
from sqlmodel import Session

from exchange.confirmed import write_confirmed
from exchange.model_proposals import Endpoint, propose_by_model
from ledger import documents, proposing
from ledger.catalogue import Catalogue
from ledger.documents import Description
from ledger.record import Desk, document
from models import PolicyDocument
from models.enums import ProposalSource
from models.errors import DeskRefused, DocumentRefused
from models.extraction import SourceText
from settings import get_settings
from storage.translations import told, translated
from targets.extraction import ENGINE_VERSION
from targets.extraction.metadata import read_metadata
from targets.extraction.read import read_document
from tracking.phrases import named
from views.components.desk_acts import run, run_act
from views.components.page import chinese, section, show
from views.person import person
from views.state import Reader, go, read_reader

SOURCE = "desk_source"
PASTED = "desk_pasted"
"""The document that was read, and the text that was pasted: neither is lost by a wrong turn."""

SNIPPET = 24


def described(look: Reader, policy: PolicyDocument) -> str:
    """Issuer, number and date of a policy in one line."""
    issued = policy.issued_on or policy.issued or look.say("policies.undated")
    parts = [chinese(look, policy.issuer), chinese(look, policy.number), escape(str(issued)), escape(policy.id)]
    return " · ".join(part for part in parts if part and part != '<span lang="zh"></span>')


def adding(look: Reader, catalogue: Catalogue, regions: Sequence[str]) -> None:
    """Two steps: the document is read, then what it says of itself is offered for correction."""
    section(look.say("desk.adding"), look.say("desk.adding.note"))
    source: SourceText | None = st.session_state.get(SOURCE)
    if source is None:
        upload, paste = st.tabs([look.say("desk.upload"), look.say("desk.paste")])
        with upload:
            st.html(f"<style>:root{{--t-choose:'{look.say('desk.choose_file')}'}}</style>")
            st.file_uploader(look.say("desk.upload.label"), key="desk_upload")
            st.button(look.say("desk.read"), key="desk_read_upload", on_click=_read_upload)
        with paste:
            st.text_area(look.say("desk.paste.label"), height=240, key="desk_paste")
            st.button(look.say("desk.read"), key="desk_read_paste", on_click=_read_paste)
        return
    notes = " ".join(translated(each, look.language) for each in source.notes)
    show(
        f"<p>{escape(look.say('desk.was_read', name=source.name, letters=len(source.text)))} "
        f'<span class="quiet">{escape(notes)}</span></p>'
        f'<div class="t-text t-first" lang="zh" tabindex="0"><p>{escape(source.text[:1500])}</p></div>'
    )
    first, found = documents.describe(source.text, catalogue)
    places = {name: source.text[span.start : span.end][:SNIPPET] for name, span in found.places.items()}
    _description(look, first, catalogue, regions, "desk_new", places)
    with st.container(horizontal=True):
        st.button(look.say("desk.add"), key="desk_add", type="primary", on_click=_add)
        st.button(look.say("desk.other_document"), key="desk_other", on_click=_forget)


def _description(
    look: Reader,
    first: Description,
    catalogue: Catalogue,
    regions: Sequence[str],
    key: str,
    places: dict[str, str] | None = None,
) -> None:
    """The fields of a description; where a value was read from stands under its field's question mark."""

    def hint(field: str) -> str | None:
        at = (places or {}).get(field)
        return look.say("desk.read_at", words=at) if at else None

    def text(field: str, value: Any) -> None:
        words = "" if value is None else str(value)
        st.text_input(look.say(f"desk.about.{field}"), words, key=f"{key}_{field}", help=hint(field))

    text("title", first.title)
    left, right = st.columns(2)
    with left:
        text("issuer", first.issuer)
        text("number", first.number)
        text("issued_on", first.issued_on)
        text("period_start", first.period_start)
    with right:
        offered = ["", *regions]
        at = offered.index(first.region) if first.region in offered else 0
        st.selectbox(
            look.say("desk.about.region"), offered, index=at, key=f"{key}_region",
            format_func=lambda code: named(catalogue.places[code], look.language) if code else look.say("desk.choose"),
        )  # fmt: skip
        text("title_en", first.title_en)
        text("issued", first.issued)
        text("period_end", first.period_end)
    text("address", first.address)


def _read_description(key: str) -> Description:
    """What was typed; raises DeskRefused for a year or a day that is none."""

    def typed(field: str) -> str:
        return str(st.session_state.get(f"{key}_{field}") or "").strip()

    def year(field: str) -> int | None:
        words = typed(field)
        if words and not (words.isdigit() and len(words) == 4):
            raise DeskRefused(field, f"{words[:40]} is no number: write digits, with a point where needed")
        return int(words) if words else None

    day = None
    if typed("issued_on"):
        try:
            day = date.fromisoformat(typed("issued_on"))
        except ValueError:
            sentence = f"{typed('issued_on')[:40]} is no day: write it as 2020-09-30"
            raise DeskRefused("issued_on", sentence) from None
    return Description(
        title=typed("title"),
        issuer=typed("issuer"),
        region=typed("region"),
        title_en=typed("title_en"),
        number=typed("number"),
        issued=year("issued") if day is None else day.year,
        issued_on=day,
        period_start=year("period_start"),
        period_end=year("period_end"),
        address=typed("address"),
    )


def _read_upload() -> None:
    upload = st.session_state.get("desk_upload")
    _take(upload.getvalue() if upload else b"", upload.name if upload else "")


def _read_paste() -> None:
    text = str(st.session_state.get("desk_paste") or "")
    st.session_state[PASTED] = text
    _take(text.encode(), f"{read_reader().say('desk.pasted')}.txt")


def _take(data: bytes, name: str) -> None:
    look = read_reader()
    try:
        with st.spinner(look.say("desk.working")):
            st.session_state[SOURCE] = read_document(data, name)
    except DocumentRefused as refused:
        st.session_state["desk_answer"] = ("error", told(refused, look.language))


def _forget() -> None:
    """Back to the choice of a document; what was pasted stands there again."""
    st.session_state[SOURCE] = None
    st.session_state["desk_paste"] = st.session_state.get(PASTED, "")


def _add() -> None:
    source: SourceText | None = st.session_state.get(SOURCE)
    if source is None:
        return

    def work(session: Session) -> int:
        made = documents.add_document(session, person(), source, _read_description("desk_new"))
        number = proposing.propose(session, person(), made)
        go(policy=made, entry=None, show=None)
        return number

    with st.spinner(read_reader().say("desk.working")):
        added = run(work, "desk.done.add")
    if added:
        st.session_state[SOURCE] = None
        st.session_state.pop(PASTED, None)


def document_tools(look: Reader, desk: Desk, catalogue: Catalogue, *, may_edit: bool) -> None:
    """What is done with the whole document."""
    policy = desk.policy
    section(look.say("desk.document"))
    with st.container(horizontal=True):
        st.download_button(
            look.say("desk.export"), write_confirmed(desk, catalogue), f"{policy.id}.jsonl", "application/jsonl",
            key="desk_export", on_click="ignore",
        )  # fmt: skip
        if may_edit:
            st.button(
                look.say("desk.repropose", engine=ENGINE_VERSION), key="desk_repropose", on_click=run_act,
                args=("repropose", None),
            )  # fmt: skip
    if not may_edit:
        return
    if get_settings().model_url:
        _model(look, desk, catalogue)
    with st.expander(look.say("desk.describe")):
        first = Description(
            title=policy.title, issuer=policy.issuer, region=policy.region_code, title_en=policy.title_en,
            number=policy.number, issued=policy.issued, issued_on=policy.issued_on, period_start=policy.period_start,
            period_end=policy.period_end, address=policy.address,
        )  # fmt: skip
        found = read_metadata(policy.text).places
        places = {name: policy.text[span.start : span.end][:SNIPPET] for name, span in found.items()}
        _description(look, first, catalogue, list(catalogue.regions), "desk_about", places)
        st.button(look.say("desk.save"), key="desk_describe", on_click=_redescribe)
    with st.expander(look.say("desk.delete")):
        st.text_input(look.say("desk.reason.delete"), key="desk_delete_reason")
        st.button(look.say("desk.delete_now"), key="desk_delete", on_click=_delete)


def _model(look: Reader, desk: Desk, catalogue: Catalogue) -> None:
    """Asks the model that is set; what it points at and the rules can read comes to the desk, marked as its."""
    name, policy = get_settings().model_name, desk.policy
    if not st.button(look.say("desk.model", name=name), key="desk_model"):
        return
    bar = st.progress(0.0, text=look.say("desk.model.asking"))
    endpoint = Endpoint.of(get_settings().model_url, name, get_settings().model_key)
    found = propose_by_model(
        endpoint, policy.text, documents.metadata_of(policy, catalogue), told=lambda done, of: bar.progress(done / of)
    )

    def work(session: Session) -> int:
        own, candidates = document(session, policy.id), list(found.candidates)
        return proposing.put(session, person(), own, catalogue, candidates, ProposalSource.MODEL, name)

    if run(work, "desk.done.model") and found.failures:
        st.session_state["desk_answer"] = ("error", look.say("desk.model.failed", failures=len(found.failures)))
    st.rerun()


def _redescribe() -> None:
    policy = st.query_params.get("policy") or ""
    run(
        lambda session: documents.redescribe(session, person(), policy, _read_description("desk_about")),
        "desk.done.describe",
    )


def _delete() -> None:
    policy = st.query_params.get("policy") or ""
    reason = str(st.session_state.get("desk_delete_reason") or "")
    if run(lambda session: documents.withdraw(session, person(), policy, reason), "desk.done.delete"):
        go(policy=None, entry=None, show=None)
