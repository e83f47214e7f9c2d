"""Every screen and every download as every role, without the interface; and who sees what a zone reported."""

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from accounts.peers import set_peers
from api.routes import routes
from models import Submission
from models.assessment import Cutoffs
from models.columns import now
from models.enums import DataSet
from models.errors import Conflict, NotAllowed, Refused, UnknownId
from models.people import Grant, Person, PersonRole
from settings import ROOT
from storage.engine import shared_engine, unit_of_work
from storage.observations import Approved, append_approved
from storage.queries import read_snapshot
from tests.api.conftest import client_of
from tests.cast import (
    ADMIN,
    CAST,
    CLERK_A,
    CLERK_B,
    LEAD_A,
    NOBODY_YET,
    OFFICER,
    OTHER_PROVINCE,
    PROVINCE,
    REVIEWER,
    VIEWER,
    ZONE_A,
    ZONE_B,
    ZONE_C,
)
from tests.views.reading import Page, read
from tracking.board import BoardRow
from tracking.comparison import ranking
from tracking.contribution import contributions
from tracking.current import board_of, visible_snapshot
from tracking.membership import members
from tracking.sight import NOBODY, visible
from views.screens import SCREENS

YEAR = 2024
RD = {ZONE_A: 333, ZONE_B: 777, ZONE_C: 999}
"""Of 10,000 thousand yuan of product; of the other zones 500."""
INTENSITY, GROUP = "rd_intensity", f"{PROVINCE}-all"
As = Callable[[Person | None], None]

PEOPLE = {
    "clerk": CLERK_A,
    "lead": LEAD_A,
    "reviewer": REVIEWER,
    "officer": OFFICER,
    "viewer": VIEWER,
    "admin": ADMIN,
    "nobody": NOBODY_YET,
}
TABLE = list(csv.DictReader((ROOT / "tests" / "cases" / "access.csv").open(encoding="utf-8")))
FILES = {key: file for key, file, _path in SCREENS}


@pytest.fixture
def reported(own_database: str) -> Engine:
    """The founding data, with approved figures of every zone of the province, and of one of another."""
    engine = shared_engine(own_database)
    zones = members(visible_snapshot(engine, DataSet.REAL, REVIEWER), GROUP, YEAR)
    with unit_of_work(engine) as session:
        for zone in (*zones, ZONE_C):
            submission = Submission(zone_code=zone, year=YEAR)
            session.add(submission)
            session.flush()
            assert submission.id is not None
            figures = {"rd_expenditure": Decimal(RD.get(zone, 500)), "zone_gdp": Decimal(10_000)}
            known = {code: Approved(value, f"{value:f}") for code, value in figures.items()}
            append_approved(session, zone, YEAR, submission.id, known, now())
        set_peers(session, REVIEWER, PROVINCE, "x", opened=True)
        set_peers(session, REVIEWER, PROVINCE, "x", opened=False)
    return engine


def screen(key: str, **address: str) -> Page:
    """A screen as the product shows it, menu and all."""
    test = AppTest.from_file(str(ROOT / "views" / "main.py"), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    return read(test.switch_page(FILES[key]).run())


@pytest.mark.parametrize("row", TABLE, ids=[row["address"] for row in TABLE])
@pytest.mark.parametrize("role", PEOPLE)
def test_every_role_gets_what_the_table_says_and_nothing_else(
    settings_of_founding: str, as_person: As, row: dict[str, str], role: str
) -> None:
    address, allowed = row["address"], row[role] == "yes"
    if address.startswith("view:"):
        as_person(PEOPLE[role])
        page = screen(address.removeprefix("view:"), lang="zh")
        assert page.faults == []
        assert ("您的账号没有这项权限" not in page.text) is allowed
        assert allowed or "<table" not in page.body
    else:
        answer = client_of(PEOPLE[role]).get(address)
        assert answer.status_code == (200 if allowed else 403)
        assert allowed or "无权" in answer.text


def test_the_table_names_every_screen_and_every_route() -> None:
    named = [row["address"].partition("?")[0] for row in TABLE]
    assert {each.removeprefix("view:") for each in named if each.startswith("view:")} == set(FILES)
    for route in routes():
        if route.path != "/download/{rest:path}":  # Only says that there is no such file.
            assert any(route.matches({"type": "http", "method": "GET", "path": each})[0].value for each in named), route


@pytest.mark.parametrize("address", [row["address"] for row in TABLE if row["address"].startswith("/download")])
def test_without_a_guard_before_it_a_route_gives_nothing(settings_of_founding: str, address: str) -> None:
    assert client_of(None).get(address).status_code == 403


SEEN = {
    CLERK_A: {ZONE_A},
    LEAD_A: {ZONE_A},
    CLERK_B: {ZONE_B},
    REVIEWER: {ZONE_A, ZONE_B},
    OFFICER: {ZONE_A, ZONE_B},
    VIEWER: {ZONE_A, ZONE_B},
    ADMIN: set(),
}
PEOPLE_AND_SEEN = pytest.mark.parametrize(("who", "zones"), list(SEEN.items()), ids=[each.login for each in SEEN])


def values(who: Person) -> set[str]:
    """The zones of the three whose reported value is in the table of all values."""
    answer = client_of(who).get("/download/values.csv")
    if answer.status_code == 403:
        return set()
    rows = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
    return {row["place"] for row in rows if row["origin"] == "submission"} & set(RD)


@PEOPLE_AND_SEEN
def test_the_table_of_values_holds_what_one_may_see(reported: Engine, who: Person, zones: set[str]) -> None:
    assert values(who) == zones


@PEOPLE_AND_SEEN
def test_published_values_are_for_all_who_read_results(reported: Engine, who: Person, zones: set[str]) -> None:
    snapshot = visible_snapshot(reported, DataSet.REAL, who)
    whole = visible_snapshot(reported, DataSet.REAL, REVIEWER)
    published = [key for key, by_year in whole.observations.items() if any(v.source_id for v in by_year.values())]
    assert len(published) > 100
    assert all(key in snapshot.observations for key in published) is bool(zones)


@PEOPLE_AND_SEEN
def test_a_zone_is_judged_for_those_who_may_see_it(reported: Engine, who: Person, zones: set[str]) -> None:
    board = board_of(visible_snapshot(reported, DataSet.REAL, who), YEAR, Cutoffs())
    judged = {row.place.code for row in board.of_target("hebei-2020/rd-intensity") if row.assessment.value is not None}
    assert judged & set(RD) == zones


@PEOPLE_AND_SEEN
def test_the_result_of_the_group_is_the_same_for_all_and_lists_what_one_may_see(
    reported: Engine, who: Person, zones: set[str]
) -> None:
    if not zones:
        return
    row = _group_row(reported, who)
    point, whole = row.point, _group_row(reported, OFFICER).point
    assert point is not None and whole is not None
    assert (point.value, point.members, point.reported) == (whole.value, 13, 13)
    assert {each.place for each in point.inputs} & set(RD) == zones
    assert len(point.inputs) + point.unlisted == len(whole.inputs) == 26


def _group_row(engine: Engine, who: Person) -> BoardRow:
    board = board_of(visible_snapshot(engine, DataSet.REAL, who), YEAR, Cutoffs())
    series = board.reader.series(INTENSITY, GROUP)
    row = next(each for each in board.of_target("hebei-2020/rd-intensity") if each.place.code == GROUP)
    assert series.at(YEAR) is not None
    return replace(row, series=series, assessment=replace(row.assessment, year=YEAR))


def test_results_of_another_province_do_not_count_what_is_closed(reported: Engine) -> None:
    group = f"{OTHER_PROVINCE}-all"
    for who, known in ((CLERK_A, False), (Person("x", "x", (Grant(PersonRole.VIEWER, OTHER_PROVINCE),)), True)):
        snapshot = visible_snapshot(reported, DataSet.REAL, who)
        assert (group not in snapshot.closed_results) is known


def test_ranks_count_those_who_are_closed_without_naming_them(reported: Engine) -> None:
    for who, ranked, concealed in ((OFFICER, 13, 0), (CLERK_A, 13, 12)):
        board = board_of(visible_snapshot(reported, DataSet.REAL, who), YEAR, Cutoffs())
        found = ranking(board.reader, INTENSITY, board.reader.members(GROUP, YEAR), YEAR)
        assert (found.ranked, found.concealed) == (ranked, concealed)
        assert len(found.rows) == 13 - concealed
        assert found.median == 5.0  # The same for both: a result of the group.
        assert next(row.rank for row in found.rows if row.place.code == ZONE_A) == "13"


def test_a_gap_is_not_split_where_a_part_would_tell_a_peers_value(reported: Engine) -> None:
    row = _group_row(reported, CLERK_A)
    board = board_of(visible_snapshot(reported, DataSet.REAL, CLERK_A), YEAR, Cutoffs())
    wanting = replace(row, assessment=replace(row.assessment, gap=1.0, threshold=99.0, value=5.0))
    found = contributions(board, wanting)
    assert (found.parts, found.reason) == ((), "concealed")


OWN, PEER = "3.33", "7.77"


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("overview", {}),
        ("target", {"target": "hebei-2020/rd-intensity"}),
        ("target", {"target": "hebei-2020/rd-intensity", "place": ZONE_B}),
        ("zone", {"place": ZONE_B}),
        ("zone", {"place": GROUP}),
        ("compare", {"place": GROUP, "indicator": INTENSITY}),
        ("reports", {"subject": ZONE_B}),
        ("reports", {"subject": PROVINCE}),
        ("plan", {"target": "hebei-2020/rd-intensity"}),
        ("review", {"place": ZONE_B}),
        ("entry", {"place": ZONE_B}),
    ],
)
def test_no_screen_tells_a_clerk_what_a_peer_reported(
    reported: Engine, as_person: As, key: str, address: dict[str, str]
) -> None:
    as_person(CLERK_A)
    page = screen(key, lang="zh", data="real", year=str(YEAR), **address)
    assert page.faults == []
    assert PEER not in page.text and "777" not in page.text


def test_a_clerk_sees_the_own_value_and_is_told_what_is_closed(reported: Engine, as_person: As) -> None:
    as_person(CLERK_A)
    page = screen("compare", lang="zh", data="real", year=str(YEAR), place=GROUP, indicator=INTENSITY)
    assert OWN in page.text
    assert "只计入分组结果" in page.text and "另有 12 个高新区的数值未向您开放：计入位次和中位数" in page.text
    as_person(OFFICER)
    page = screen("compare", lang="zh", data="real", year=str(YEAR), place=GROUP, indicator=INTENSITY)
    assert PEER in page.text and "另有 12 个" not in page.text


@pytest.mark.parametrize("subject", [ZONE_B, PROVINCE, "hebei-2020"])
def test_no_report_tells_a_clerk_what_a_peer_reported(reported: Engine, subject: str) -> None:
    address = f"/download/report.csv?subject={subject}&year={YEAR}"
    own = client_of(CLERK_A).get(address).text
    assert PEER not in own and "部分填报数值未向导出人开放" in own
    assert subject != ZONE_B or PEER in client_of(OFFICER).get(address).text


def test_a_published_value_comes_out_from_under_a_reported_one(reported: Engine) -> None:
    whole = visible_snapshot(reported, DataSet.REAL, REVIEWER)
    key, year, value = next(
        (key, year, value)
        for key, by_year in whole.observations.items()
        for year, value in by_year.items()
        if key[1] == ZONE_A and key[0] in whole.statistics and value.source_id
    )
    with unit_of_work(reported) as session:
        own = select(Submission.id).where(Submission.zone_code == ZONE_A, Submission.year == year)
        submission = session.exec(own).one() or 0
        append_approved(session, ZONE_A, year, submission, {key[0]: Approved(Decimal(1), "1")}, now())
    fresh = read_snapshot(reported, DataSet.REAL)
    assert visible(fresh, CLERK_A).observations[key][year].value == 1
    assert visible(fresh, CLERK_B).observations[key][year].value == value.value


def test_opening_shows_peers_to_each_other_and_closing_hides_them_again(reported: Engine) -> None:
    for opened, seen in ((True, {ZONE_A, ZONE_B}), (False, {ZONE_A})):
        with unit_of_work(reported) as session:
            set_peers(session, REVIEWER, PROVINCE, "经全区会议商定", opened=opened)
        assert values(CLERK_A) == seen
        assert values(VIEWER) == {ZONE_A, ZONE_B}
    assert visible_snapshot(reported, DataSet.REAL, NOBODY).observations == {}


@pytest.mark.parametrize("who", [each for each in CAST if each is not REVIEWER], ids=lambda who: who.login)
def test_only_the_reviewer_of_the_region_opens_it(reported: Engine, who: Person) -> None:
    with pytest.raises(NotAllowed), unit_of_work(reported) as session:
        set_peers(session, who, PROVINCE, "x", opened=True)


@pytest.mark.parametrize(
    ("region", "words", "opened", "error"),
    [
        (OTHER_PROVINCE, "x", True, NotAllowed),
        ("100000", "x", True, NotAllowed),
        ("13", "x", True, UnknownId),
        (PROVINCE, "x", False, Conflict),
        (PROVINCE, "  ", True, Refused),
    ],
)
def test_what_cannot_be_opened_is_refused(
    reported: Engine, region: str, words: str, opened: bool, error: type[Refused]
) -> None:
    with pytest.raises(error), unit_of_work(reported) as session:
        set_peers(session, REVIEWER, region, words, opened=opened)


def test_a_reviewer_opens_the_region_from_the_screen(reported: Engine, as_person: As) -> None:
    as_person(REVIEWER)
    test = AppTest.from_file(str(ROOT / "views" / "review.py"), default_timeout=60)
    test.query_params["lang"], test.query_params["data"] = "zh", "real"
    test.run()
    test.text_input(key="peers_words").set_value("经会议商定").run()
    test.button(key="peers_change").click().run()
    assert "已开放" in read(test).text
    assert values(CLERK_A) == {ZONE_A, ZONE_B}
