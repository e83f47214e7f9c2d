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
from tracking.contribution import how_many_hold
from tracking.format import with_unit
from tracking.phrases import named, policy_title, sentence, short, target_words, title
from views.components.choice import choose, hold
from views.components.home import five_things, home, of_own_regions, running_rounds
from views.components.page import (
    Card,
    badge,
    capital,
    cards,
    empty,
    figure,
    heading,
    link,
    section,
    show,
    status_badge,
    tally,
    tight,
    unknown,
)
from views.components.shares import shares_of_all
from views.state import DEMONSTRATION_YEAR, Reader, offers_demonstration, read_reader, years_offered

ATTENTION = 4
"""So many of the gravest are told in sentences; the rest is one click on a number away."""

Line = list[BoardRow]
"""One line of the matrix: a target (by one indicator) in all its places."""


def screen(reader: Reader) -> None:
    """The start page; `policy` and `status` in the address narrow the matrix."""
    try:
        policy = reader.snapshot.policy(reader.policy) if reader.policy else None
    except UnknownId as error:
        unknown(reader, error, "", "policy")
        return
    hold(reader)
    if not reader.snapshot.targets:
        heading(reader.say("overview.title"))
        empty(reader, "empty.no_data")
        return
    rows = [row for row in reader.board.rows if policy is None or row.policy.id == policy.id]
    asked = [row for row in rows if row.role is not Role.MEMBER]
    wanted = _wanted_status()
    heading(reader.say("overview.title"), escape(_lead(reader, asked)))
    _numbers(reader, asked, wanted)
    if all(row.status_class is StatusClass.NOT_JUDGED for row in asked):
        _nothing_judged(reader)
    home(reader)
    concerning = asked if policy else of_own_regions(reader, asked)
    if not five_things(reader, concerning):
        _attention(reader, concerning)
    section(reader.say("overview.matrix"), reader.say("overview.matrix.note"))
    with st.container(horizontal=True, vertical_alignment="center"):
        _choice(reader)
        _legend(reader, wanted)
    own = {row.policy.id for row in of_own_regions(reader, asked)}
    chosen = [each for each in reader.snapshot.policies.values() if policy is None or each.id == policy.id]
    shown = sorted(chosen, key=lambda each: each.id not in own)
    found = [_matrix(reader, each, [row for row in rows if row.policy.id == each.id], wanted) for each in shown]
    if not any(found):
        empty(reader, "overview.none_of_status", link(_filtered(reader, None), reader.say("overview.unfiltered")))
    shares_of_all(reader, [row for row in reader.board.shares if policy is None or row.policy.id == policy.id])
    running_rounds(reader)


def _wanted_status() -> StatusClass | None:
    given = st.query_params.get("status")
    return StatusClass(given) if given in list(StatusClass) else None


def _filtered(reader: Reader, status: StatusClass | None) -> str:
    return reader.address("", policy=reader.policy, status=status.value if status else None)


def _lead(reader: Reader, asked: Line) -> str:
    found = counts(asked)
    good = found[StatusClass.MET] + found[StatusClass.ON_TRACK]
    bad = found[StatusClass.BEHIND] + found[StatusClass.OFF] + found[StatusClass.MISSED]
    targets = len({row.target.id for row in asked})
    rest = found[StatusClass.NOT_JUDGED]
    return reader.say(
        "overview.lead", year=reader.year, targets=targets, rows=len(asked), good=good, bad=bad, rest=rest
    )


def _numbers(reader: Reader, asked: Line, wanted: StatusClass | None) -> None:
    """Each number narrows the matrix to its status; the chosen one takes that back."""
    total = max(1, len(asked))
    cards(
        Card(
            badge(reader, each, str(number)),
            capital(reader.say(f"status_class.{each.value}")),
            reader.say("overview.share", share=round(100 * number / total)),
            _filtered(reader, None if each is wanted else each),
            chosen=each is wanted,
        )
        for each, number in counts(asked).items()
    )


def _nothing_judged(reader: Reader) -> None:
    """Every verdict is missing: why, and where there is something to see."""
    ways = []
    earlier = max(years_offered(reader.snapshot), key=lambda year: (_judged(reader.board_of(year)), year))
    if _judged(reader.board_of(earlier)):
        ways.append(link(reader.address("", year=earlier), reader.say("overview.earlier", year=earlier)))
    if reader.data_set is DataSet.REAL and offers_demonstration(reader.snapshot):
        address = reader.address("", data=DataSet.DEMONSTRATION.value, year=DEMONSTRATION_YEAR)
        ways.append(link(address, reader.say("overview.try_demonstration")))
    empty(reader, "overview.nothing", *ways, year=reader.year)


def _judged(board: Board) -> int:
    return sum(row.status_class is not StatusClass.NOT_JUDGED for row in board.asked())


def _attention(reader: Reader, asked: Line) -> None:
    every = needs_attention(asked, len(asked))
    if not every:
        return
    grave, more = every[:ATTENTION], len(every) - ATTENTION
    section(reader.say("overview.attention"))
    lines = "".join(
        f"<li>{status_badge(reader, row)} "
        f"{link(_target(reader, row), title(row.target, reader.language))}<br>"
        f"{escape(capital(sentence(reader.snapshot, row, reader.language)))}</li>"
        for row in grave
    )
    rest = f'<p class="quiet">{escape(reader.say("overview.more", number=more))}</p>' if more > 0 else ""
    show(f'<ul class="two">{lines}</ul>{rest}')


def _target(reader: Reader, row: BoardRow) -> str:
    judged = row.indicator.code if row.indicator.code != row.target.indicator_code else None
    return reader.address("target", target=row.target.id, place=row.place.code, indicator=judged)


def _choice(reader: Reader) -> None:
    policies = reader.snapshot.policies
    choose(
        reader.say("overview.policy"),
        ["", *policies],
        reader.policy or "",
        lambda chosen: {"policy": chosen or None},
        key="overview_policy",
        words=lambda each: (
            policy_title(policies[each], reader.language) if each else reader.say("overview.all_policies")
        ),
        label_visibility="collapsed",
        width=520,
    )


def _legend(reader: Reader, wanted: StatusClass | None) -> None:
    if wanted is None:
        marks = "".join(badge(reader, each, reader.say(f"status_class.{each.value}")) for each in StatusClass)
        show(f'<div class="t-legend">{marks}</div>')
        return
    only = badge(reader, wanted, reader.say(f"status_class.{wanted.value}"))
    back = link(_filtered(reader, None), reader.say("overview.unfiltered"))
    show(f'<div class="t-legend"><span>{escape(reader.say("overview.only"))} {only}</span>{back}</div>')


def _matrix(reader: Reader, policy: PolicyDocument, rows: Line, wanted: StatusClass | None) -> bool:
    """One policy: each target with what it asks, how it stands, and a mark for each zone; False without a line."""
    lines: dict[tuple[str, str], Line] = {(row.target.id, row.indicator.code): [] for row in rows}
    for row in rows:
        lines[row.target.id, row.indicator.code].append(row)
    shown = [line for line in lines.values() if wanted is None or any(_asked_in(row, wanted) for row in line)]
    if not shown:
        return False
    zones = _zones(row for line in shown for row in line)
    name = link(reader.address("policies", policy=policy.id), policy_title(policy, reader.language))
    head = "".join(
        f'<th class="{each}" scope="col">{escape(reader.say(f"overview.column.{each}"))}</th>'
        for each in ("name", "scope", "asked", "value", "state")
    ) + "".join(_zone_head(reader, zone) for zone in zones)
    body = "".join(_line(reader, line, zones) for line in shown)
    show(
        f'<div class="t-policy"><h2>{name}</h2><span>{_counted(reader, rows)}</span></div>'
        f'<div class="t-scroll whole"><table class="t-matrix"><thead><tr>{head}<th></th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>",
        label=policy_title(policy, reader.language),
    )
    return True


def _asked_in(row: BoardRow, wanted: StatusClass) -> bool:
    return row.role is not Role.MEMBER and row.status_class is wanted


def _counted(reader: Reader, rows: Line) -> str:
    """How the policy stands as a whole."""
    return tally(reader, counts(row for row in rows if row.role is not Role.MEMBER))


def _zones(rows: Iterable[BoardRow]) -> list[Place]:
    """The zones that stand beside the place a target asks, in the order of the register."""
    found = {row.place.code: row.place for row in rows if row.role is not Role.SCOPE}
    return sorted(found.values(), key=lambda place: place.position)


def _zone_head(reader: Reader, place: Place) -> str:
    """A zone without the words that every zone's name ends in; the whole name under the pointer."""
    address = reader.address("zone", place=place.code)
    name = link(address, short(place, reader.language), title=named(place, reader.language))
    return f'<th class="place" scope="col">{name}</th>'


def _line(reader: Reader, line: Line, zones: list[Place]) -> str:
    first = line[0]
    name = title(first.target, reader.language)
    if first.indicator.code != first.target.indicator_code:
        name += f" · {named(first.indicator, reader.language)}"
    by_place = {row.place.code: row for row in line if row.role is not Role.SCOPE}
    value, state = _each(reader, first) if first.role is Role.EACH else _one(reader, first)
    return (
        f'<tr><td class="name">{link(_target(reader, first), name)}</td>'
        f'<td class="scope quiet">{escape(_scope(reader, first))}</td>'
        f'<td class="asked">{tight(target_words(reader.snapshot, first.target, reader.language))}</td>'
        f'<td class="value">{value}</td><td class="state">{state}</td>'
        + "".join(_cell(reader, by_place.get(zone.code)) for zone in zones)
        + "<td></td></tr>"
    )


def _scope(reader: Reader, row: BoardRow) -> str:
    """Whom the target asks: a group by its level, each zone, or the zone itself."""
    if row.role is Role.EACH:
        return reader.say("overview.group.each")
    group = reader.snapshot.groups.get(row.place.code)
    if group is None:
        return named(row.place, reader.language)
    return reader.say(f"overview.group.{group.level.value if group.level else 'all'}")


def _one(reader: Reader, row: BoardRow) -> tuple[str, str]:
    """Value with its year, and the status, of a target that asks one place."""
    verdict, unit, address = row.assessment, reader.snapshot.units[row.indicator.unit], _target(reader, row)
    value = figure(address, with_unit(verdict.value, unit, reader.language))
    year = f' <span class="quiet">{verdict.year}</span>' if verdict.year else ""
    return value + year, f'<a href="{escape(address)}" target="_self">{status_badge(reader, row)}</a>'


def _each(reader: Reader, row: BoardRow) -> tuple[str, str]:
    """How many zones hold a target that asks each of them; their own states stand in the cells."""
    held, _judged, asked = how_many_hold(reader.board, row.target.id)
    words = reader.say("overview.held", hold=held, members=asked)
    return figure(reader.address("target", target=row.target.id), words), ""


def _cell(reader: Reader, row: BoardRow | None) -> str:
    if row is None:
        return '<td class="cell"></td>'
    seen, verdict = look(row.status_class), row.assessment
    unit = reader.snapshot.units[row.indicator.unit]
    said = [
        named(row.place, reader.language),
        reader.say(f"status.{row.status.value}"),
        with_unit(verdict.value, unit, reader.language) + (f" ({verdict.year})" if verdict.year else ""),
    ]
    hint, kind = escape(" · ".join(said)), " member" if row.role is Role.MEMBER else ""
    return (
        f'<td class="cell{kind}"><a href="{escape(_target(reader, row))}" target="_self" title="{hint}" '
        f'aria-label="{hint}" style="color:{seen.colour(dark=reader.dark)}">{seen.sign}</a></td>'
    )


screen(read_reader())
