"""Zone: one zone, group or region with all its targets, its trends and its place among peers."""

from html import escape

import streamlit as st

from models.enums import PlaceKind
from models.errors import UnknownId
from models.places import Place
from tracking.board import BoardRow, Role
from tracking.comparison import ranking
from tracking.contribution import contributing_rows, share_of_group
from tracking.format import MISSING, difference, percent, plain, with_unit
from tracking.membership import inside, level_of, standing
from tracking.phrases import named, target_words, title, yearly
from views.components.charts import draw_trend
from views.components.page import badge, empty, heading, link, section, show, table, unknown
from views.state import Reader, read_reader

TRENDS = (
    "operating_revenue",
    "zone_gdp",
    "rd_expenditure",
    "high_tech_enterprises",
    "invention_patents",
    "year_end_employees",
)
"""The statistics whose course is shown for a zone: scale, input, innovators, results."""

PEERS = ("rd_intensity", "patents_per_10k", "high_new_tech_share", "strategic_emerging_share", "above_scale_hte_share")
"""The ratios a zone is compared with its peers on; sums would only compare sizes."""


def screen(reader: Reader) -> None:
    """One place; without one in the address the first zone."""
    zones = list(reader.snapshot.zones)
    try:
        place = reader.snapshot.place(reader.place or zones[0])
    except UnknownId as error:
        unknown(reader, error, "zone", "place")
        return
    _choice(reader, place)
    own = [row for row in reader.board.rows if row.place.code in _codes(reader, place)]
    asked = [row for row in own if row.role is not Role.MEMBER]
    rows = own if place.kind is PlaceKind.ZONE else asked
    heading(named(place, reader.language), escape(_lead(reader, place, rows)))
    _targets(reader, place, rows)
    if place.kind is PlaceKind.ZONE:
        _contributes(reader, place)
    _trends(reader, place)
    if place.kind is PlaceKind.ZONE:
        _peers(reader, place)
    section(reader.say("zone.submission"))
    empty(reader, "zone.no_submission")
    section(reader.say("screen.reports"))
    words = reader.say("zone.report", place=named(place, reader.language))
    show(f"<p>{link(reader.address('reports', subject=place.code), words)}</p>")


def _codes(reader: Reader, place: Place) -> frozenset[str]:
    return frozenset({place.code}) if place.kind is PlaceKind.ZONE else inside(reader.snapshot, place.code)


def _choice(reader: Reader, place: Place) -> None:
    codes = [*reader.snapshot.zones, *reader.snapshot.groups, *_provinces(reader)]
    if place.code not in codes:
        codes.append(place.code)
    st.selectbox(
        reader.say("zone.choose"),
        codes,
        index=codes.index(place.code),
        key="zone_choice",
        format_func=lambda code: named(reader.snapshot.places[code], reader.language),
        on_change=_take_place,
    )


def _provinces(reader: Reader) -> list[str]:
    return [policy.region_code for policy in reader.snapshot.policies.values()]


def _take_place() -> None:
    st.query_params["place"] = st.session_state["zone_choice"]


def _lead(reader: Reader, place: Place, rows: list[BoardRow]) -> str:
    words = []
    if place.kind is PlaceKind.ZONE:
        held = standing(reader.snapshot, place.code, reader.year)
        level = level_of(reader.snapshot, place.code, reader.year)
        if held is None or level is None:
            words.append(reader.say("zone.not_yet", year=reader.year))
        else:
            city = named(reader.snapshot.places[held.city_code], reader.language)
            since = reader.say("zone.since", year=held.valid_from) if held.valid_from else ""
            words.append(
                reader.say(
                    "zone.standing",
                    year=reader.year,
                    level=reader.say(f"zone_level.{level.value}"),
                    city=city,
                    since=since,
                )
            )
    words.append(reader.say("zone.targets", number=len(rows)) if rows else reader.say("zone.no_targets"))
    return " ".join(words)


def _targets(reader: Reader, place: Place, rows: list[BoardRow]) -> None:
    if not rows:
        return
    section(reader.say("zone.all_targets"), reader.say("zone.orientation") if place.kind is PlaceKind.ZONE else "")
    say = reader.say
    head = [
        say("overview.target"),
        say("target.asked"),
        say("target.value"),
        say("evidence.year"),
        say("target.gap"),
        say("target.lag"),
        say("target.needed"),
        say("target.status"),
    ]
    table(head, [_target(reader, place, row) for row in rows], numbers=(2, 3, 4, 5, 6), label=say("zone.all_targets"))


def _target(reader: Reader, place: Place, row: BoardRow) -> tuple[str, ...]:
    verdict, language = row.assessment, reader.language
    unit = reader.snapshot.units[row.indicator.unit]
    judged = row.indicator.code if row.indicator.code != row.target.indicator_code else None
    name = title(row.target, language) + (f" · {named(row.indicator, language)}" if judged else "")
    shown = link(reader.address("target", target=row.target.id, place=row.place.code, indicator=judged), name)
    if row.place.code != place.code:
        shown += f' <span class="quiet">{escape(named(row.place, language))}</span>'
    if row.role is Role.MEMBER:
        shown += f' <span class="quiet">（{escape(reader.say("role.member"))}）</span>'
    return (
        shown,
        escape(target_words(reader.snapshot, row.target, language)),
        with_unit(verdict.value, unit, language),
        str(verdict.year or MISSING),
        difference(verdict.gap, unit, language),
        MISSING if verdict.lag is None else plain(verdict.lag, 1),
        yearly(row, verdict.needed_per_year, unit, language),
        badge(reader, row.status_class, reader.say(f"status.{row.status.value}")),
    )


def _contributes(reader: Reader, place: Place) -> None:
    """The groups' targets that the zone adds to, with its part of the group's value."""
    rows = []
    for row in contributing_rows(reader.board, place.code):
        part = share_of_group(reader.board.reader, row, place.code)
        if part is None:
            continue
        unit = reader.snapshot.units[row.indicator.unit]
        rows.append(
            (
                link(
                    reader.address("target", target=row.target.id, place=row.place.code),
                    title(row.target, reader.language),
                ),
                escape(named(row.place, reader.language)),
                with_unit(part.value, unit, reader.language),
                with_unit(part.group, unit, reader.language),
                percent(part.percent),
                str(row.assessment.year),
                badge(reader, row.status_class, reader.say(f"status.{row.status.value}")),
            )
        )
    if not rows:
        return
    say = reader.say
    section(say("zone.contributes"), say("zone.contributes.note"))
    head = [
        say("overview.target"),
        say("zone.group"),
        say("zone.own"),
        say("zone.group_value"),
        say("contribution.share"),
        say("evidence.year"),
        say("zone.group_status"),
    ]
    table(head, rows, numbers=(2, 3, 4), label=say("zone.contributes"))


def _trends(reader: Reader, place: Place) -> None:
    """Small charts of what the place is measured by; without a single value it says so."""
    found = [reader.board.reader.series(code, place.code) for code in TRENDS]
    shown = [series for series in found if len(series.points) > 0]
    section(reader.say("zone.trends"))
    if not shown:
        empty(reader, "zone.no_values")
        return
    columns = st.columns(3)
    for at, series in enumerate(shown):
        with columns[at % 3]:
            draw_trend(reader, series, reader.snapshot.units[series.indicator.unit])


def _peers(reader: Reader, place: Place) -> None:
    """Where the zone stands among the zones of its province and level; the others are not named."""
    level = level_of(reader.snapshot, place.code, reader.year)
    if level is None:
        return
    province = reader.board.reader.region(place.code, reader.year)
    group = f"{province}-{level.value}"
    if group not in reader.snapshot.groups:
        return
    rows = [row for row in (_peer(reader, place, code, group) for code in PEERS) if row]
    section(
        reader.say("zone.peers"),
        reader.say("zone.peers.note", group=named(reader.snapshot.places[group], reader.language)),
    )
    if not rows:
        empty(reader, "zone.no_peers")
        return
    say = reader.say
    head = [
        say("evidence.indicator"),
        say("evidence.year"),
        say("target.value"),
        say("zone.median"),
        say("zone.quartiles"),
        say("ranking.rank"),
    ]
    table(head, rows, numbers=(2, 3, 4), label=say("zone.peers"))


def _peer(reader: Reader, place: Place, indicator: str, group: str) -> tuple[str, ...] | None:
    own = [p for p in reader.board.reader.series(indicator, place.code).points if p.year <= reader.year]
    if not own:
        return None
    year = own[-1].year
    found = ranking(reader.board.reader, indicator, reader.board.reader.members(group, year), year)
    mine = next(each for each in found.rows if each.place.code == place.code)
    row = reader.snapshot.indicators[indicator]
    unit = reader.snapshot.units[row.unit]
    quarters = " – ".join(plain(q) for q in found.quartiles) if found.quartiles else MISSING
    rank = (
        MISSING if mine.first is None else str(mine.first) if mine.first == mine.last else f"{mine.first}–{mine.last}"
    )
    return (
        escape(named(row, reader.language)),
        str(year),
        with_unit(mine.value, unit, reader.language),
        with_unit(found.median, unit, reader.language),
        quarters,
        reader.say("zone.rank_of", rank=rank, ranked=found.ranked),
    )


screen(read_reader())
