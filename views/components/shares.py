"""Shares that zones were allocated (分解任务), wherever they are shown: always apart from what policies ask."""

from collections.abc import Iterable
from html import escape

from models.calendar import day_of
from tracking.allocation import in_force
from tracking.attention import counts
from tracking.board import BoardRow
from tracking.format import MISSING, column, difference, with_unit
from tracking.phrases import named, schedule_words, target_words, title, yearly
from views.components.page import capital, figure, link, section, show, status_badge, table, tally, tight
from views.state import Reader


def share_address(reader: Reader, row: BoardRow) -> str:
    """Where a share is judged, with its evidence."""
    return reader.address("target", target=row.target.id, place=row.place.code, share=1)


def allocation_address(reader: Reader, target_id: str, version: int | None = None) -> str:
    """Where a target's allocation stands, or one version of it."""
    return reader.address("plan", target=target_id, version=version)


def shares_of_place(reader: Reader, rows: Iterable[BoardRow]) -> None:
    """What a zone was allocated of its groups' targets."""
    found = list(rows)
    if not found:
        return
    say, language = reader.say, reader.language
    section(say("share.of_zone"), say("share.note"))
    lines = []
    for row in found:
        unit, verdict = reader.snapshot.units[row.indicator.unit], row.assessment
        group = named(reader.snapshot.places[row.target.place_code], language)
        lines.append(
            (
                f"{link(share_address(reader, row), title(row.target, language))} "
                f'<span class="quiet">{escape(group)}</span>',
                tight(target_words(reader.snapshot, row.target, language)),
                figure(share_address(reader, row), with_unit(verdict.value, unit, language)),
                str(verdict.year or MISSING),
                difference(verdict.gap, unit, language),
                schedule_words(verdict, language),
                yearly(row, verdict.needed_per_year, unit, language),
                status_badge(reader, row),
                origin(reader, row),
            )
        )
    names = ("target.value", "evidence.year", "target.gap", "target.lag", "target.needed", "target.status")
    head = [say("overview.column.name"), capital(say("role.share")), *map(say, names), say("share.origin")]
    table(head, lines, numbers=(2, 3, 4, 5, 6), label=say("share.of_zone"))


def shares_of_target(reader: Reader, rows: Iterable[BoardRow]) -> None:
    """How the zones of a group stand on their shares."""
    found = list(rows)
    if not found:
        return
    say, language = reader.say, reader.language
    unit = reader.snapshot.units[found[0].indicator.unit]
    section(say("share.of_target"), say("share.note"))
    asked = column([row.target.value for row in found], unit, language)
    values = column([row.assessment.value for row in found], unit, language)
    lines = [
        (
            link(reader.address("zone", place=row.place.code), named(row.place, language)),
            asked[at],
            figure(share_address(reader, row), values[at]),
            str(row.assessment.year or MISSING),
            difference(row.assessment.gap, unit, language),
            status_badge(reader, row),
        )
        for at, row in enumerate(found)
    ]
    names = ("role.share", "target.value", "evidence.year", "target.gap", "target.status")
    table(
        [say("evidence.place"), *(capital(say(each)) for each in names)],
        lines,
        numbers=(1, 2, 3, 4),
        label=say("share.of_target"),
    )
    show(f'<p class="quiet">{origin(reader, found[0])}</p>')


def shares_of_all(reader: Reader, rows: Iterable[BoardRow]) -> None:
    """Every allocated target with how its zones stand, for the Overview."""
    by_target: dict[str, list[BoardRow]] = {}
    for row in rows:
        by_target.setdefault(row.target.id, []).append(row)
    if not by_target:
        return
    say, language = reader.say, reader.language
    section(say("share.all"), say("share.note"))
    lines = []
    for target_id, found in by_target.items():
        target = reader.snapshot.target(target_id)
        lines.append(
            (
                link(reader.address("target", target=target_id), title(target, language)),
                escape(named(reader.snapshot.places[target.place_code], language)),
                tight(target_words(reader.snapshot, target, language)),
                str(len(found)),
                tally(reader, counts(found)),
                origin(reader, found[0]),
            )
        )
    names = ("overview.column.name", "zone.group", "target.asked", "share.zones", "share.standing", "share.origin")
    table([*map(say, names)], lines, numbers=(3,), label=say("share.all"))


def origin(reader: Reader, row: BoardRow) -> str:
    """The version that a share comes from, as a link; from there it is one step to the quote of the policy."""
    held = in_force(reader.snapshot, row.target.id)
    if held is None:
        return MISSING
    words = reader.say("share.version", version=held.record.version, day=day_of(held.record.at))
    shown = link(allocation_address(reader, row.target.id, held.record.version), words)
    if held.record.target_version == row.target.version:
        return shown
    return f'{shown} <span class="quiet">{escape(reader.say("share.changed"))}</span>'
