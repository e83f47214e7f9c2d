"""What Overview tells each reader first."""

import os
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import settings
from models.enums import DataSet
from models.people import Person
from storage.engine import reading, shared_engine, unit_of_work
from submissions import acts
from submissions.edits import reported_figures
from tests.cast import CLERK_A, CLERK_B, LEAD_A, OFFICER, REVIEWER, VIEWER, ZONE_A
from tests.submissions.filled import YEAR, handed_in, round_opened


@pytest.fixture(autouse=True)
def database(own_database: str) -> str:
    return own_database


def overview(**address: str) -> str:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(settings.ROOT / "views" / "overview.py"), default_timeout=60)
    for name, value in {"lang": "zh", **address}.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return " ".join(str(each.proto.body) for each in test.get("html"))


def hand_in(database: str) -> int:
    with reading(shared_engine(database)) as session:
        figures = dict(reported_figures(session, DataSet.DEMONSTRATION)[(ZONE_A, YEAR)])
    with unit_of_work(shared_engine(database)) as session:
        return handed_in(session, figures)


def test_a_clerk_is_told_what_is_due_and_how_much_is_left(database: str, as_person: Callable[[Person], None]) -> None:
    as_person(CLERK_A)
    assert "待填报" not in overview()
    with unit_of_work(shared_engine(database)) as session:
        round_opened(session)
    said = overview()
    assert "待填报" in said and f"保定高新区{YEAR}年填报" in said and "还有 10 天" in said and "已填 0/45 项" in said
    assert f"place={ZONE_A}&amp;for={YEAR}" in said
    assert "待审核" not in said and "唐山高新区2024年填报" not in said
    assert "待填报" not in overview(data="demonstration")


def test_a_returned_form_is_told_with_its_words_as_text(database: str, as_person: Callable[[Person], None]) -> None:
    version = hand_in(database)
    with unit_of_work(shared_engine(database)) as session:
        acts.give_back(session, REVIEWER, ZONE_A, YEAR, version, "请核对<script>", {})
    as_person(LEAD_A)
    assert "退回意见：请核对&lt;script&gt;" in overview()


def test_a_reviewer_is_told_what_waits(database: str, as_person: Callable[[Person], None]) -> None:
    hand_in(database)
    as_person(REVIEWER)
    said = overview()
    assert "待审核（1）" in said and "今天提交" in said and "河北省 2024 年填报任务" in said
    for other in (CLERK_A, CLERK_B, OFFICER, VIEWER):
        as_person(other)
        assert "待审核（" not in overview()


def test_who_handed_in_is_told_what_became_of_it(database: str, as_person: Callable[[Person], None]) -> None:
    version = hand_in(database)
    for person in (CLERK_A, LEAD_A):
        as_person(person)
        assert "已提交（lead-a，" in overview() and "待填报" not in overview()
    as_person(CLERK_B)
    assert "等待审核" not in overview()
    with unit_of_work(shared_engine(database)) as session:
        acts.approve(session, REVIEWER, ZONE_A, YEAR, version, "")
    as_person(LEAD_A)
    assert "由reviewer审核通过" in overview()


@pytest.mark.parametrize("person", [CLERK_A, OFFICER], ids=lambda each: each.login)
def test_everybody_is_told_of_the_own_province_first(as_person: Callable[[Person], None], person: Person) -> None:
    as_person(person)
    told = overview(data="demonstration", year="2023").partition("目标与地区")[0]
    assert "河北" in told and not any(other in told for other in ("广西", "内蒙古", "临沧", "连云港"))
    of_guangxi = overview(data="demonstration", year="2023", policy="guangxi-2018").partition("目标与地区")[0]
    assert "广西" in of_guangxi


@pytest.mark.parametrize("person", [OFFICER, VIEWER, REVIEWER], ids=lambda each: each.login)
def test_a_leader_is_told_five_things(as_person: Callable[[Person], None], person: Person) -> None:
    as_person(person)
    said = overview(data="demonstration", year="2023")
    assert "要点" in said and "差距最大" in said
    topics = ("转差", "临近期限", "差距最大", "向好", "数据缺口")
    assert sum(each in said for each in topics) >= 3
    assert "数据缺口" in overview(year="2019"), "not much is published"


def test_how_far_the_round_is_is_for_those_of_the_region(database: str, as_person: Callable[[Person], None]) -> None:
    hand_in(database)
    as_person(VIEWER)
    assert "河北省 2024 年填报任务" in overview()
    as_person(CLERK_B)
    assert "河北省 2024 年填报任务" not in overview()
