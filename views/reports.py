"""Reports: the gap report of a zone, a policy or a region, first on the screen, then as a file."""

from html import escape

import streamlit as st

from models.enums import Method
from models.errors import UnknownId
from reports.gap_report import Report, ReportRow, Subject, build_report
from tracking.format import MISSING, plain
from tracking.phrases import named
from views.components.page import badge, empty, heading, link, section, show, table, unknown
from views.state import Reader, read_reader


def screen(reader: Reader) -> None:
    """The report that the address names; without one that of the first policy."""
    wanted = st.query_params.get("subject") or next(iter(reader.snapshot.policies))
    try:
        subject = Subject.find(reader.snapshot, wanted)
    except UnknownId as error:
        unknown(reader, error, "reports", "subject")
        return
    _choice(reader, subject)
    method = _method(reader)
    built = build_report(reader.snapshot, subject, reader.year, reader.language, method)
    heading(built.title)
    for line in built.summary:
        show(f"<p>{escape(line)}</p>")
    _files(reader, subject, method)
    if not built.rows:
        empty(reader, "reports.empty")
        return
    _rows(reader, built)
    _sources(reader, built)


def _choice(reader: Reader, subject: Subject) -> None:
    snapshot = reader.snapshot
    regions = sorted({policy.region_code for policy in snapshot.policies.values()})
    codes = [*snapshot.policies, *regions, *snapshot.groups, *snapshot.zones]
    if subject.code not in codes:
        codes.append(subject.code)
    st.selectbox(
        reader.say("reports.subject"),
        codes,
        index=codes.index(subject.code),
        key="report_subject",
        format_func=lambda code: _named(reader, code),
        on_change=_take_subject,
    )


def _named(reader: Reader, code: str) -> str:
    policy = reader.snapshot.policies.get(code)
    if policy is not None:
        return reader.say("reports.policy", title=policy.title if reader.language.value == "zh" else policy.title_en)
    return named(reader.snapshot.places[code], reader.language)


def _take_subject() -> None:
    st.query_params["subject"] = st.session_state["report_subject"]


def _method(reader: Reader) -> Method:
    given = st.query_params.get("method")
    method = Method(given) if given in list(Method) else Method.LINEAR
    st.segmented_control(
        reader.say("reports.method"),
        list(Method),
        default=method,
        key="report_method",
        format_func=lambda each: reader.say(f"method.{each.value}"),
        on_change=_take_method,
    )
    return method


def _take_method() -> None:
    chosen = st.session_state["report_method"]
    if chosen is not None:
        st.query_params["method"] = chosen.value


def _files(reader: Reader, subject: Subject, method: Method) -> None:
    formats = ("xlsx", "csv")
    links = " · ".join(
        link(
            reader.address(f"download/report.{each}", subject=subject.code, method=method.value),
            reader.say(f"reports.{each}"),
        )
        for each in formats
    )
    links += " · " + link(reader.address("download/values.csv"), reader.say("reports.values"))
    show(f'<p class="lead">{escape(reader.say("reports.download"))} {links}</p>')


def _rows(reader: Reader, built: Report) -> None:
    say = reader.say
    section(say("reports.table"))
    head = [
        say("overview.target"),
        say("evidence.place"),
        say("target.asked"),
        say("target.value"),
        say("target.gap"),
        say("target.lag"),
        say("target.status"),
        say("reports.sentence"),
    ]
    table(head, [_row(reader, each) for each in built.rows], numbers=(3, 4, 5), label=say("reports.table"))


def _row(reader: Reader, each: ReportRow) -> tuple[str, ...]:
    address = reader.address("target", target=each.target_id, place=each.place_code, indicator=each.judged_indicator)
    return (
        link(address, each.title),
        escape(each.place),
        escape(each.asked),
        f"{plain(each.value)} {escape(each.unit)}" if each.value is not None else MISSING,
        f"{plain(each.gap)} {escape(each.gap_unit)}" if each.gap is not None else MISSING,
        MISSING if each.lag is None else plain(each.lag, 1),
        badge(reader, each.status_class, each.status_word),
        escape(each.sentence),
    )


def _sources(reader: Reader, built: Report) -> None:
    section(reader.say("reports.notes"))
    notes = "".join(f"<li>{escape(note)}</li>" for note in built.notes)
    show(f'<ul class="quiet">{notes}</ul>')
    if not built.sources:
        return
    section(reader.say("reports.sources"))
    shown = "".join(
        f"<li>{escape(each.title)} {_address(each.address)} <span class='quiet'>{escape(each.published_on)}</span></li>"
        for each in built.sources
    )
    show(f"<ul>{shown}</ul>")


def _address(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{escape(address)}</a>'


screen(read_reader())
