"""Reports: the gap report of a zone, a policy or a region, first on the screen, then as a file."""

from collections.abc import Mapping
from html import escape

import streamlit as st
from sqlalchemy import Engine

from models.calendar import clock
from models.enums import Method
from models.errors import NotAllowed, UnknownId
from models.observation import Source
from reports.formats import FORMATS, file_name, write_all
from reports.gap_report import Report, ReportRow, Subject
from reports.gap_report_paper import ALLOCATED_HEAD, MOVES_HEAD, allocated_line, head_of
from reports.issued import Asked, draft, issue, issued, rebuild
from reports.moves import Move
from settings import get_settings
from storage.engine import shared_engine
from tracking.format import MISSING, difference, with_unit
from tracking.phrases import lag_words, named, policy_title
from views.components.acting import refusal
from views.components.choice import choose, hold, switch
from views.components.evidence import outside
from views.components.page import (
    badge,
    capital,
    chinese,
    empty,
    figure,
    heading,
    link,
    section,
    show,
    table,
    tight,
    unknown,
    when,
)
from views.person import person
from views.state import Reader, go, read_reader

TOGETHER = "report_together"


def screen(reader: Reader) -> None:
    """The report that the address names; without one that of the first policy."""
    if not reader.snapshot.policies:
        heading(reader.say("screen.reports"))
        empty(reader, "empty.no_data")
        return
    if number := st.query_params.get("number"):
        _numbered(reader, number)
        return
    wanted = st.query_params.get("subject") or next(iter(reader.snapshot.policies))
    try:
        subject = Subject.find(reader.snapshot, wanted)
    except UnknownId as error:
        unknown(reader, error, "reports", "subject")
        return
    method = _method()
    hold(reader, subject=subject.code, method=method.value)
    _choices(reader, subject, method)
    known_on = reader.snapshot.known_on
    asked = Asked(subject.code, reader.year, reader.data_set, reader.language, method, reader.known, known_on)
    built = draft(_engine(), person(), asked)
    _head(built)
    _files(reader, {"subject": subject.code, "method": method.value})
    if not built.rows and not built.allocated:
        empty(reader, "reports.empty", link(reader.address("policies"), reader.say("screen.policies")))
        return
    with st.container(horizontal=True):
        st.button(reader.say("reports.issue"), key="report_issue", on_click=_issue, args=(asked,))
        _all(reader, built)
    _body(reader, built)
    _earlier(reader, subject)


def _numbered(reader: Reader, number: str) -> None:
    """A report that was issued, made again from the state of the data that it was made from."""
    hold(reader)
    try:
        again = rebuild(_engine(), person(), number)
    except UnknownId as error:
        unknown(reader, error, "reports", "number")
        return
    except NotAllowed as refused:
        heading(reader.say("screen.reports"))
        empty(reader, "reports.closed", number=number, words=refusal(reader, refused))
        return
    _head(again.report)
    record = again.record
    told = {"number": record.number, "when": clock(record.created_at), "who": record.issued_by}
    now = link(reader.address("reports", subject=record.subject), reader.say("reports.of_now"))
    show(f"<p>{escape(reader.say('reports.issued', **told))} {now}</p>")
    kind, key = ("t-done", "reports.agrees") if again.agrees else ("t-wrong", "reports.differs")
    show(f'<p class="{kind}">{escape(reader.say(key, sha=record.content_sha256[:16]))}</p>')
    _files(reader, {"number": record.number})
    _all(reader, again.report)
    _body(reader, again.report)


def _engine() -> Engine:
    return shared_engine(get_settings().database_url)


def _issue(asked: Asked) -> None:
    go(number=issue(_engine(), person(), asked).number)


def _head(built: Report) -> None:
    first, *gravest = built.summary
    heading(built.title, escape(first))
    if gravest:
        show(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in gravest)}</ul>")


def _body(reader: Reader, built: Report) -> None:
    _rows(reader, built)
    _allocated(reader, built)
    section(reader.say("report.sheet.moves"), built.since)
    if built.moves:
        table(head_of(MOVES_HEAD, reader.language), [_move(reader, each) for each in built.moves])
    _sources(reader, built)


def _allocated(reader: Reader, built: Report) -> None:
    """Zones on the shares that they were allocated: apart from what the policies ask of them."""
    if not built.allocated:
        return
    section(reader.say("report.sheet.allocated"), reader.say("share.note"))
    lines = []
    for each in built.allocated:
        target, place, asked, value, gap, _verdict, allocation = allocated_line(each, reader.language)
        way = reader.address("target", target=each.target_id, place=each.place_code, share=1)
        version = reader.address("plan", target=each.target_id, version=each.version)
        verdict = badge(reader, each.status_class, each.verdict)
        shown = (link(way, target), escape(place), tight(asked), figure(way, value), escape(gap), verdict)
        lines.append([*shown, link(version, allocation)])
    label = reader.say("report.sheet.allocated")
    table(head_of(ALLOCATED_HEAD, reader.language), lines, numbers=(3, 4), label=label)


def _move(reader: Reader, each: Move) -> list[str]:
    before = f"{each.status_before} {each.value_before}".strip() or MISSING
    after = f"{badge(reader, each.class_after, each.status_after)} {escape(each.value_after)}"
    return [
        link(reader.address("target", target=each.target_id), each.title),
        escape(each.place),
        escape(before),
        after,
        escape(each.causes),
    ]


def _earlier(reader: Reader, subject: Subject) -> None:
    """The reports of this subject that have a number."""
    found = issued(_engine(), subject.code, reader.data_set)
    section(reader.say("reports.numbers"), reader.say("reports.numbers.note"))
    if not found:
        empty(reader, "reports.no_numbers")
        return
    heads = [reader.say(f"reports.numbers.{each}") for each in ("number", "when", "who", "year")]
    table(
        heads,
        [
            [
                link(reader.address("reports", number=each.number), each.number),
                when(each.created_at),
                escape(each.issued_by),
                str(each.as_of),
            ]
            for each in found
        ],
    )


def _method() -> Method:
    given = st.query_params.get("method")
    return Method(given) if given in list(Method) else Method.LINEAR


def _choices(reader: Reader, subject: Subject, method: Method) -> None:
    snapshot = reader.snapshot
    regions = sorted({policy.region_code for policy in snapshot.policies.values()})
    codes = [*snapshot.policies, *regions, *snapshot.groups, *snapshot.zones]
    first, *others = [part.code for part in subject.each]
    codes += [code for code in (first, *others) if code not in codes]
    with st.container(horizontal=True, vertical_alignment="center"):
        choose(
            reader.say("reports.subject"),
            codes,
            first,
            lambda chosen: {"subject": ",".join([chosen, *(code for code in others if code != chosen)])},
            key="report_subject",
            words=lambda code: _named(reader, code),
            label_visibility="collapsed",
            width=520,
        )
        switch(
            reader.say("reports.method"),
            Method,
            method,
            lambda chosen: {"method": chosen.value},
            key="report_method",
            words=lambda each: capital(reader.say(f"method.{each.value}")),
            label_visibility="collapsed",
        )

    st.session_state[TOGETHER] = others
    st.multiselect(
        reader.say("reports.together"), [code for code in codes if code != first], key=TOGETHER,
        on_change=_take_together, args=(first,), format_func=lambda code: _named(reader, code),
        placeholder=reader.say("reports.together"), label_visibility="collapsed",
    )  # fmt: skip


def _take_together(first: str) -> None:
    go(subject=",".join([first, *st.session_state[TOGETHER]]))


def _named(reader: Reader, code: str) -> str:
    policy = reader.snapshot.policies.get(code)
    if policy is not None:
        return reader.say("reports.policy", title=policy_title(policy, reader.language))
    return named(reader.snapshot.places[code], reader.language)


def _files(reader: Reader, asked: Mapping[str, str]) -> None:
    links = " · ".join(
        link(reader.address(f"download/report.{each}", **asked), reader.say(f"reports.{each}")) for each in FORMATS
    )
    links += " · " + link(reader.address("download/values.csv"), reader.say("reports.values"))
    show(f"<p>{escape(reader.say('reports.download'))} {links}</p>")


def _all(reader: Reader, built: Report) -> None:
    """Every format in one file, made when asked for: the charts of a large region take some seconds."""
    if not st.button(reader.say("reports.all"), key="report_all"):
        return
    bar = st.progress(0.0, text=reader.say("reports.making"))
    content = write_all(built, lambda done, of: bar.progress(done / of, text=reader.say("reports.making")))
    bar.empty()
    st.download_button(
        reader.say("reports.ready"),
        content,
        f"{file_name(built)}.zip",
        "application/zip",
        key="report_zip",
        on_click="ignore",
        type="primary",
    )


def _rows(reader: Reader, built: Report) -> None:
    say = reader.say
    section(say("reports.table"))
    names = ("asked", "value", "gap", "lag", "status")
    head = [say("overview.column.name"), say("evidence.place"), *(say(f"target.{n}") for n in names)]
    body = [_row(reader, each) for each in built.rows]
    table([*head, say("reports.sentence")], body, numbers=(3, 4, 5), label=say("reports.table"))


def _row(reader: Reader, each: ReportRow) -> tuple[str, ...]:
    address = reader.address("target", target=each.target_id, place=each.place_code, indicator=each.judged_indicator)
    judged = each.judged_indicator or reader.snapshot.target(each.target_id).indicator_code
    unit = reader.snapshot.units[reader.snapshot.indicators[judged].unit]
    return (
        link(address, each.title),
        escape(each.place),
        tight(each.asked),
        figure(address, with_unit(each.value, unit, reader.language)),
        escape(difference(each.gap, unit, reader.language)),
        lag_words(None if each.year == each.baseline_year else each.lag, reader.language),
        badge(reader, each.status_class, each.verdict),
        escape(capital(each.sentence)),
    )


def _sources(reader: Reader, built: Report) -> None:
    section(reader.say("reports.notes"))
    notes = "".join(f"<li>{escape(note)}</li>" for note in built.notes)
    show(f'<ul class="quiet">{notes}</ul>')
    if not built.sources:
        return
    section(reader.say("reports.sources"))
    shown = "".join(f"<li>{_source(reader, each)}</li>" for each in built.sources)
    show(f"<ul>{shown}</ul>")


def _source(reader: Reader, each: Source) -> str:
    web = each.address.startswith(("http://", "https://"))
    name = outside(reader, each.address, each.title) if web else chinese(reader, each.title)
    return f'{name} <span class="quiet">{escape(each.published_on)}</span>'


screen(read_reader())
