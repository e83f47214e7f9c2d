"""Reports: the gap report of a zone, a policy or a region, first on the screen, then as a file."""

from html import escape

import streamlit as st

from models.enums import Method
from models.errors import UnknownId
from models.observation import Source
from reports.formats import FORMATS
from reports.gap_report import Report, ReportRow, Subject, build_report
from tracking.format import difference, with_unit
from tracking.phrases import lag_words, named, policy_title
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
)
from views.state import Reader, read_reader


def screen(reader: Reader) -> None:
    """The report that the address names; without one that of the first policy."""
    if not reader.snapshot.policies:
        heading(reader.say("screen.reports"))
        empty(reader, "empty.no_data")
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
    built = build_report(reader.snapshot, subject, reader.year, reader.language, method)
    first, *gravest = built.summary
    heading(built.title, escape(first))
    if gravest:
        show(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in gravest)}</ul>")
    _files(reader, subject, method)
    if not built.rows:
        empty(reader, "reports.empty", link(reader.address("policies"), reader.say("screen.policies")))
        return
    _rows(reader, built)
    _sources(reader, built)


def _method() -> Method:
    given = st.query_params.get("method")
    return Method(given) if given in list(Method) else Method.LINEAR


def _choices(reader: Reader, subject: Subject, method: Method) -> None:
    snapshot = reader.snapshot
    regions = sorted({policy.region_code for policy in snapshot.policies.values()})
    codes = [*snapshot.policies, *regions, *snapshot.groups, *snapshot.zones]
    if subject.code not in codes:
        codes.append(subject.code)
    with st.container(horizontal=True, vertical_alignment="center"):
        choose(
            reader.say("reports.subject"),
            codes,
            subject.code,
            lambda chosen: {"subject": chosen},
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


def _named(reader: Reader, code: str) -> str:
    policy = reader.snapshot.policies.get(code)
    if policy is not None:
        return reader.say("reports.policy", title=policy_title(policy, reader.language))
    return named(reader.snapshot.places[code], reader.language)


def _files(reader: Reader, subject: Subject, method: Method) -> None:
    links = " · ".join(
        link(
            reader.address(f"download/report.{each}", subject=subject.code, method=method.value),
            reader.say(f"reports.{each}"),
        )
        for each in FORMATS
    )
    links += " · " + link(reader.address("download/values.csv"), reader.say("reports.values"))
    show(f"<p>{escape(reader.say('reports.download'))} {links}</p>")


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
