"""Overview: how do we stand? Six numbers, what needs attention, and the matrix of targets and places."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from models.enums import DataSet, StatusClass
from models.errors import UnknownId
from models.places import Place
from models.policy import PolicyDocument
from storage.palette import look
from tracking.attention import counts, needs_attention
from tracking.board import Board, BoardRow, Role
from tracking.format import with_unit
from tracking.phrases import named, sentence, title
from views.components.page import badge, cards, empty, heading, link, section, show, unknown
from views.state import DEMONSTRATION_YEAR, Reader, read_reader, years_offered


def screen(reader: Reader) -> None:
    """The start page."""
    try:
        policy = reader.snapshot.policy(reader.policy) if reader.policy else None
    except UnknownId as error:
        unknown(reader, error, "", "policy")
        return
    rows = [row for row in reader.board.rows if policy is None or row.policy.id == policy.id]
    asked = [row for row in rows if row.role is not Role.MEMBER]
    heading(reader.say("overview.title"), escape(_lead(reader, asked)))
    _numbers(reader, asked)
    if all(row.status_class is StatusClass.NOT_JUDGED for row in asked):
        _nothing_judged(reader)
    _attention(reader, asked)
    _choice(reader)
    for each in reader.snapshot.policies.values():
        if policy is None or each.id == policy.id:
            _matrix(reader, each, [row for row in rows if row.policy.id == each.id])
    _legend(reader)
    section(reader.say("overview.round"))
    empty(reader, "overview.no_round")


def _lead(reader: Reader, asked: list[BoardRow]) -> str:
    found = counts(asked)
    good = found[StatusClass.MET] + found[StatusClass.ON_TRACK]
    bad = found[StatusClass.BEHIND] + found[StatusClass.OFF] + found[StatusClass.MISSED]
    targets = len({row.target.id for row in asked})
    return reader.say(
        "overview.lead",
        year=reader.year,
        targets=targets,
        rows=len(asked),
        good=good,
        bad=bad,
        rest=found[StatusClass.NOT_JUDGED],
    )


def _numbers(reader: Reader, asked: list[BoardRow]) -> None:
    found = counts(asked)
    total = max(1, len(asked))
    cards(
        (
            badge(reader, each, str(number)),
            reader.say(f"status_class.{each.value}"),
            reader.say("overview.share", share=round(100 * number / total)),
        )
        for each, number in found.items()
    )


def _nothing_judged(reader: Reader) -> None:
    """Every verdict is missing: why, and where there is something to see."""
    words = escape(reader.say("overview.nothing", year=reader.year))
    earlier = max(years_offered(reader.snapshot), key=lambda year: (_judged(reader.board_of(year)), year))
    if _judged(reader.board_of(earlier)):
        words += " " + link(reader.address("", year=earlier), reader.say("overview.earlier", year=earlier))
    if reader.data_set is DataSet.REAL and reader.snapshot.demonstration_available:
        address = reader.address("", data=DataSet.DEMONSTRATION.value, year=DEMONSTRATION_YEAR)
        words += " " + link(address, reader.say("overview.try_demonstration"))
    show(f'<p class="lead">{words}</p>')


def _judged(board: Board) -> int:
    return sum(row.status_class is not StatusClass.NOT_JUDGED for row in board.asked())


def _attention(reader: Reader, asked: list[BoardRow]) -> None:
    grave = needs_attention(asked)
    if not grave:
        return
    section(reader.say("overview.attention"))
    lines = "".join(
        f"<li>{badge(reader, row.status_class, reader.say(f'status.{row.status.value}'))} "
        f"{link(_target(reader, row), title(row.target, reader.language))} — "
        f"{escape(sentence(reader.snapshot, row, reader.language))}</li>"
        for row in grave
    )
    show(f"<ul>{lines}</ul>")


def _target(reader: Reader, row: BoardRow) -> str:
    judged = row.indicator.code if row.indicator.code != row.target.indicator_code else None
    return reader.address("target", target=row.target.id, place=row.place.code, indicator=judged)


def _choice(reader: Reader) -> None:
    section(reader.say("overview.matrix"), reader.say("overview.matrix.note"))
    policies = [None, *reader.snapshot.policies]
    st.selectbox(
        reader.say("overview.policy"),
        policies,
        index=policies.index(reader.policy),
        format_func=lambda each: (
            _policy_name(reader, reader.snapshot.policies[each]) if each else reader.say("overview.all_policies")
        ),
        key="overview_policy",
        on_change=_take_policy,
    )


def _take_policy() -> None:
    chosen = st.session_state["overview_policy"]
    if chosen:
        st.query_params["policy"] = chosen
    else:
        st.query_params.pop("policy", None)


def _places(reader: Reader, rows: Iterable[BoardRow]) -> list[Place]:
    """The columns: the groups and regions that are asked first, then their zones."""
    found = {row.place.code: row.place for row in rows}
    return sorted(found.values(), key=lambda place: place.position)


def _matrix(reader: Reader, policy: PolicyDocument, rows: list[BoardRow]) -> None:
    places = _places(reader, rows)
    name = link(reader.address("policies", policy=policy.id), _policy_name(reader, policy))
    show(f"<h2>{name}</h2>")
    head = "".join(
        f'<th class="place{" own" if place.code not in reader.snapshot.zones else ""}" scope="col">'
        f"{link(_place(reader, place), _short(reader, place))}</th>"
        for place in places
    )
    lines: dict[tuple[str, str], list[BoardRow]] = {(row.target.id, row.indicator.code): [] for row in rows}
    for row in rows:
        lines[row.target.id, row.indicator.code].append(row)
    body = "".join(_line(reader, found, places) for found in lines.values())
    show(
        f'<div class="t-scroll"><table class="t-matrix"><thead><tr><th class="name" scope="col">'
        f"{escape(reader.say('overview.target'))}</th>{head}<th></th></tr></thead><tbody>{body}</tbody></table></div>",
        label=policy.title,
    )


def _policy_name(reader: Reader, policy: PolicyDocument) -> str:
    return policy.title if reader.language.value == "zh" else policy.title_en


def _place(reader: Reader, place: Place) -> str:
    return reader.address("zone", place=place.code)


def _short(reader: Reader, place: Place) -> str:
    """A group by its level, a zone without the words that every zone's name ends in."""
    group = reader.snapshot.groups.get(place.code)
    if group is not None:
        return reader.say(f"overview.group.{group.level.value if group.level else 'all'}")
    name = named(place, reader.language)
    return name.removesuffix("高新区").removesuffix(" High-tech Zone")


def _line(reader: Reader, rows: list[BoardRow], places: list[Place]) -> str:
    first = rows[0]
    name = title(first.target, reader.language)
    if first.indicator.code != first.target.indicator_code:
        name += f" · {named(first.indicator, reader.language)}"
    by_place = {row.place.code: row for row in rows}
    cells = "".join(_cell(reader, by_place.get(place.code)) for place in places)
    return f'<tr><td class="name">{link(_target(reader, first), name)}</td>{cells}<td></td></tr>'


def _cell(reader: Reader, row: BoardRow | None) -> str:
    if row is None:
        return '<td class="cell"></td>'
    seen = look(row.status_class)
    status = reader.say(f"status.{row.status.value}")
    unit = reader.snapshot.units[row.indicator.unit]
    value = with_unit(row.assessment.value, unit, reader.language)
    hint = f"{named(row.place, reader.language)} · {status} · {value}" + (
        f" ({row.assessment.year})" if row.assessment.year else ""
    )
    kind = " member" if row.role is Role.MEMBER else ""
    return (
        f'<td class="cell{kind}"><a href="{escape(_target(reader, row))}" target="_self" title="{escape(hint)}" '
        f'aria-label="{escape(hint)}" style="color:{seen.colour(dark=reader.dark)}">{seen.sign}</a></td>'
    )


def _legend(reader: Reader) -> None:
    marks = " ".join(badge(reader, each, reader.say(f"status_class.{each.value}")) + "&emsp;" for each in StatusClass)
    show(f'<p class="quiet">{marks}<br>{escape(reader.say("overview.legend"))}</p>')


screen(read_reader())
