"""Zone: one zone, group or region with all its targets, its trends and its place among peers."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from accounts.rights import may, parents_of_places
from models.calendar import clock
from models.enums import DataSet, PlaceKind
from models.errors import UnknownId
from models.people import Action
from models.places import Place
from settings import get_settings
from storage.engine import reading, shared_engine
from submissions.acts import latest_submission
from tracking.allocation import share_rows
from tracking.attention import counts
from tracking.board import BoardRow, Role
from tracking.comparison import ranking
from tracking.contribution import contributing_rows, how_many_hold, share_of_group
from tracking.evidence import Input, inputs_of
from tracking.format import MISSING, column, difference, percent, plain, with_unit
from tracking.membership import inside, level_of, standing
from tracking.phrases import named, schedule_words, target_words, title, yearly
from tracking.series import Point, Series, Way
from views.components.charts import axis_words, draw, trend_figure
from views.components.choice import choose, hold
from views.components.evidence import input_table, outside
from views.components.page import (
    capital,
    empty,
    figure,
    heading,
    link,
    section,
    show,
    status_badge,
    table,
    tally,
    tight,
    unknown,
)
from views.components.reporting import YEAR
from views.components.shares import shares_of_place
from views.person import whoever
from views.state import DEMONSTRATION_YEAR, Reader, offers_demonstration, read_reader

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
    if not reader.snapshot.zones:
        heading(reader.say("screen.zone"))
        empty(reader, "empty.no_data")
        return
    try:
        place = reader.snapshot.place(reader.place or next(iter(reader.snapshot.zones)))
    except UnknownId as error:
        unknown(reader, error, "zone", "place")
        return
    hold(reader, place=place.code)
    _choice(reader, place)
    rows = _rows(reader, place)
    found = f" {tally(reader, counts(rows))}" if rows else ""
    report = link(reader.address("reports", subject=place.code), reader.say("zone.report"))
    heading(named(place, reader.language), f"{escape(_lead(reader, place, rows))}{found} · {report}")
    _targets(reader, place, rows)
    shares_of_place(reader, share_rows(reader.board, place=place.code))
    if place.kind is PlaceKind.ZONE:
        _contributes(reader, place)
    _trends(reader, place)
    if place.kind is PlaceKind.ZONE:
        _peers(reader, place)
        if reader.data_set is DataSet.REAL:
            _submission(reader, place)


def _submission(reader: Reader, place: Place) -> None:
    """The state of the zone's last submission, for those who may read it."""
    who = whoever()
    with reading(shared_engine(get_settings().database_url)) as session:
        parents = parents_of_places(session)
        if not may(who, Action.READ_SUBMITTED, place.code, parents):
            return
        found = latest_submission(session, who, place.code)
    section(reader.say("zone.submission"))
    if found is None:
        empty(reader, "zone.no_submission")
        return
    step = found.events[-1]
    words = reader.say(
        "zone.submission.state",
        year=found.year,
        state=reader.say(f"submission_state.{found.state.value}"),
        when=clock(step.at),
        who=step.actor,
    )
    screen = "review" if may(who, Action.REVIEW, place.code, parents) else "entry"
    way = link(reader.address(screen, place=place.code, **{YEAR: found.year}), reader.say(f"screen.{screen}"))
    show(f"<p>{escape(words)} {way}</p>")


def _rows(reader: Reader, place: Place) -> list[BoardRow]:
    """What is asked of the place and of all that lies in it; of a zone also the groups' ratios, for orientation."""
    if place.kind is PlaceKind.ZONE:
        return reader.board.of_place(place.code)
    codes = inside(reader.snapshot, place.code)
    return [row for row in reader.board.asked() if row.place.code in codes]


def _choice(reader: Reader, place: Place) -> None:
    regions = [policy.region_code for policy in reader.snapshot.policies.values()]
    codes = [*reader.snapshot.zones, *reader.snapshot.groups, *dict.fromkeys(regions)]
    if place.code not in codes:
        codes.append(place.code)
    choose(
        reader.say("zone.choose"),
        codes,
        place.code,
        lambda chosen: {"place": chosen},
        key="zone_choice",
        words=lambda code: named(reader.snapshot.places[code], reader.language),
        label_visibility="collapsed",
        width=520,
    )


def _lead(reader: Reader, place: Place, rows: list[BoardRow]) -> str:
    """What the place is in the year that is looked from, and how many targets apply."""
    say, words = reader.say, []
    if place.kind is PlaceKind.ZONE:
        held = standing(reader.snapshot, place.code, reader.year)
        if held is None:
            words.append(say("zone.not_yet", year=reader.year))
        else:
            city = named(reader.snapshot.places[held.city_code], reader.language)
            since = say("zone.since", year=held.valid_from) if held.valid_from else ""
            level = say(f"zone_level.{held.level.value}")
            words.append(say("zone.standing", year=reader.year, level=level, city=city, since=since))
    elif place.kind is PlaceKind.GROUP:
        words.append(
            say("zone.members", year=reader.year, number=len(reader.board.reader.members(place.code, reader.year)))
        )
    words.append(say("zone.targets", number=len(rows)) if rows else say("zone.no_targets"))
    return " ".join(words)


def _targets(reader: Reader, place: Place, rows: list[BoardRow]) -> None:
    if not rows:
        return
    section(reader.say("zone.all_targets"), reader.say("zone.orientation") if place.kind is PlaceKind.ZONE else "")
    say = reader.say
    names = ("asked", "value", "year", "gap", "lag", "needed", "status")
    head = [say("overview.column.name"), *(say(f"evidence.{n}" if n == "year" else f"target.{n}") for n in names)]
    lines, told = [], set()
    for row in rows:
        if row.role is Role.EACH and place.kind is not PlaceKind.ZONE:
            if row.target.id not in told:
                lines.append(_asked_of_each(reader, row))
            told.add(row.target.id)
        else:
            lines.append(_target(reader, place, row))
    table(head, lines, numbers=(2, 3, 4, 5, 6), label=say("zone.all_targets"))


def _asked_of_each(reader: Reader, row: BoardRow) -> tuple[str, ...]:
    """A target that asks every zone is one line of a group; the zones stand on its own page."""
    held, _judged, asked = how_many_hold(reader.board, row.target.id)
    address = reader.address("target", target=row.target.id)
    words = reader.say("overview.held", hold=held, members=asked)
    each = escape(reader.say("role.each"))
    name = f'{link(address, title(row.target, reader.language))} <span class="quiet">{each}</span>'
    asks = tight(target_words(reader.snapshot, row.target, reader.language))
    return name, asks, figure(address, words), str(reader.year), MISSING, MISSING, MISSING, ""


def _target(reader: Reader, place: Place, row: BoardRow) -> tuple[str, ...]:
    verdict, language = row.assessment, reader.language
    unit = reader.snapshot.units[row.indicator.unit]
    judged = row.indicator.code if row.indicator.code != row.target.indicator_code else None
    name = title(row.target, language) + (f" · {named(row.indicator, language)}" if judged else "")
    address = reader.address("target", target=row.target.id, place=row.place.code, indicator=judged)
    shown = link(address, name)
    if row.place.code != place.code:
        shown += f' <span class="quiet">{escape(named(row.place, language))}</span>'
    if row.role is Role.MEMBER:
        shown += f' <span class="quiet">{escape(reader.say("role.member"))}</span>'
    return (
        shown,
        tight(target_words(reader.snapshot, row.target, language)),
        figure(address, with_unit(verdict.value, unit, language)),
        str(verdict.year or MISSING),
        difference(verdict.gap, unit, language),
        schedule_words(verdict, language),
        yearly(row, verdict.needed_per_year, unit, language),
        status_badge(reader, row),
    )


def _contributes(reader: Reader, place: Place) -> None:
    """The groups' targets that the zone adds to, with its part of the group's value."""
    rows = [line for row in contributing_rows(reader.board, place.code) if (line := _part(reader, place, row))]
    if not rows:
        return
    say = reader.say
    section(say("zone.contributes"), say("zone.contributes.note"))
    names = (
        "overview.column.name",
        "zone.group",
        "zone.own",
        "zone.group_value",
        "contribution.share",
        "evidence.year",
    )
    table(
        [*(say(n) for n in names), say("zone.group_status")], rows, numbers=(2, 3, 4, 5), label=say("zone.contributes")
    )


def _part(reader: Reader, place: Place, row: BoardRow) -> tuple[str, ...] | None:
    part = share_of_group(reader.board.reader, row, place.code)
    if part is None:
        return None
    unit = reader.snapshot.units[row.indicator.unit]
    address = reader.address("target", target=row.target.id, place=row.place.code)
    own, group = column([part.value, part.group], unit, reader.language)
    return (
        link(address, title(row.target, reader.language)),
        escape(named(row.place, reader.language)),
        own,
        figure(address, group),
        percent(part.percent),
        str(row.assessment.year),
        status_badge(reader, row),
    )


def _trends(reader: Reader, place: Place) -> None:
    """Small charts of what the place is measured by, up to the year looked from; without a value it says why."""
    found = [(code, reader.board.reader.series(code, place.code)) for code in TRENDS]
    cut = [Series(s.indicator, s.place_code, tuple(p for p in s.points if p.year <= reader.year)) for _, s in found]
    shown = [series for series in cut if series.points]
    section(reader.say("zone.trends"))
    if not shown:
        _no_values(reader, place)
        return
    columns = st.columns(3)
    for at, series in enumerate(shown):
        with columns[at % 3]:
            _trend(reader, place, series)
    with st.expander(reader.say("target.table")):
        _trend_table(reader, shown)


def _trend(reader: Reader, place: Place, series: Series) -> None:
    """The name of a statistic with its last value, and its course below."""
    unit, last = reader.snapshot.units[series.indicator.unit], series.points[-1]
    name = capital(named(series.indicator, reader.language))
    value = reader.say("evidence.dated", year=last.year, value=with_unit(last.value, unit, reader.language))
    axis = axis_words(reader, unit)
    shown = f'{escape(name)} <strong>{escape(value)}</strong><br><span class="quiet">{escape(axis)}</span>'
    show(f'<p class="t-trend">{shown}</p>')
    words = f"{name} · {named(place, reader.language)}"
    draw(trend_figure(reader, series, unit), f"{place.code}-{series.indicator.code}", words=words)


def _no_values(reader: Reader, place: Place) -> None:
    """Why there is nothing, and where there is something: the region's page, the demonstration set."""
    ways = []
    region = reader.board.reader.region(place.code, reader.year)
    if region != place.code:
        name = named(reader.snapshot.places[region], reader.language)
        ways.append(link(reader.address("zone", place=region), reader.say("zone.see_region", region=name)))
    if reader.data_set is DataSet.REAL and offers_demonstration(reader.snapshot):
        address = reader.address("zone", place=place.code, data=DataSet.DEMONSTRATION.value, year=DEMONSTRATION_YEAR)
        ways.append(link(address, reader.say("overview.try_demonstration")))
    empty(reader, f"zone.no_values.{reader.data_set.value}", *ways)


def _trend_table(reader: Reader, shown: Sequence[Series]) -> None:
    """The small charts as one table; a published value leads to its source, another says how it was made."""
    years = sorted({point.year for series in shown for point in series.points})
    rows = []
    for series in shown:
        unit = reader.snapshot.units[series.indicator.unit]
        points = [series.at(year) for year in years]
        words = column([point.value if point else None for point in points], unit, reader.language)
        rows.append(
            [
                escape(capital(named(series.indicator, reader.language))),
                *map(lambda p, w: _traced(reader, p, w), points, words),
            ]
        )
    head = [reader.say("evidence.series"), *map(str, years)]
    table(head, rows, numbers=range(1, len(head)), label=reader.say("zone.trends"))


def _traced(reader: Reader, point: Point | None, words: str) -> str:
    if point is None:
        return words
    made = inputs_of(reader.snapshot, point)
    if len(made) == 1 and made[0].source is not None and made[0].source.address:
        return outside(reader, made[0].source.address, words)
    how = reader.say(f"way.{point.way.value}")
    if point.way is Way.FROM_ZONES:
        how += " " + reader.say("zone.reported", reported=point.reported, members=point.members)
    return f'<span title="{escape(how)}">{escape(words)}</span>'


def _peers(reader: Reader, place: Place) -> None:
    """Where the zone stands among the zones of its province and level; the others are not named."""
    level = level_of(reader.snapshot, place.code, reader.year)
    group = f"{reader.board.reader.region(place.code, reader.year)}-{level.value}" if level else ""
    if group not in reader.snapshot.groups:
        return
    found = [peer for code in PEERS if (peer := _peer(reader, place, code, group))]
    say = reader.say
    section(say("zone.peers"), say("zone.peers.note", group=named(reader.snapshot.places[group], reader.language)))
    if not found:
        empty(reader, "zone.no_peers")
        return
    names = ("evidence.indicator", "evidence.year", "target.value", "zone.median", "zone.quartiles", "ranking.rank")
    table([say(n) for n in names], [line for line, _ in found], numbers=(2, 3, 4, 5), label=say("zone.peers"))
    with st.expander(say("evidence.show_inputs")):
        input_table(reader, [each for _, made in found for each in made])


def _peer(reader: Reader, place: Place, indicator: str, group: str) -> tuple[tuple[str, ...], tuple[Input, ...]] | None:
    """One line of the comparison, and what the zone's own value was made from."""
    own = [p for p in reader.board.reader.series(indicator, place.code).points if p.year <= reader.year]
    if not own:
        return None
    year = own[-1].year
    found = ranking(reader.board.reader, indicator, reader.board.reader.members(group, year), year)
    mine = next(each for each in found.rows if each.place.code == place.code)
    row = reader.snapshot.indicators[indicator]
    unit = reader.snapshot.units[row.unit]
    value, median = column([mine.value, found.median], unit, reader.language)
    quarters = " – ".join(plain(q) for q in found.quartiles) if found.quartiles else MISSING
    rank = reader.say("zone.rank_of", rank=mine.rank, ranked=found.ranked)
    line = (escape(capital(named(row, reader.language))), str(year), value, median, quarters, rank)
    return line, inputs_of(reader.snapshot, own[-1])


screen(read_reader())
