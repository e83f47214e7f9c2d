"""The address is the one truth: widgets show what it says, and a choice changes it and nothing else."""

from collections.abc import Callable

import pytest

from models.enums import DataSet, Language, StatusClass
from settings import get_settings
from storage.engine import shared_engine
from tests.views.conftest import Open
from tests.views.reading import Page, read
from tracking.attention import counts
from tracking.board import Board, Role
from tracking.current import current_board

START = {"data": "demonstration", "lang": "zh", "year": "2022"}


@pytest.fixture
def board(settings_of_founding: str) -> Board:
    return current_board(shared_engine(settings_of_founding), DataSet.DEMONSTRATION, 2022)


def test_switches_show_what_the_address_says(open_screen: Open) -> None:
    test = open_screen("main", **START)
    assert test.selectbox(key="switch_year").value == 2022
    assert test.segmented_control(key="switch_data").value == DataSet.DEMONSTRATION
    assert test.segmented_control(key="switch_lang").value == Language.ZH


def test_a_language_is_switched_and_data_and_year_stay(open_screen: Open) -> None:
    test = open_screen("main", **START)
    test.segmented_control(key="switch_lang").set_value(Language.EN).run()
    assert test.query_params == {**START, "lang": "en"}
    assert read(test).headings[0] == (1, "How do we stand?")


def test_another_data_set_is_seen_from_its_own_year(open_screen: Open) -> None:
    test = open_screen("main", **START)
    test.segmented_control(key="switch_data").set_value(DataSet.REAL).run()
    assert test.query_params == {"data": "real", "lang": "zh"}
    assert test.selectbox(key="switch_year").value != 2022


def test_a_year_is_switched_and_the_rest_stays(open_screen: Open) -> None:
    test = open_screen("main", **START)
    test.selectbox(key="switch_year").select(2020).run()
    assert test.query_params == {**START, "year": "2020"}
    assert "2020" in read(test).text


@pytest.mark.parametrize(
    ("screen", "widget", "chosen", "changed"),
    [
        ("overview", "overview_policy", "hebei-2020", {"policy": "hebei-2020"}),
        ("target", "target_choice", "guangxi-2018/incubators", {"target": "guangxi-2018/incubators"}),
        ("zone", "zone_choice", "nanning", {"place": "nanning"}),
        ("reports", "report_subject", "nanning", {"subject": "nanning"}),
    ],
)
def test_a_choice_goes_into_the_address(
    open_screen: Open, screen: str, widget: str, chosen: str, changed: dict[str, str]
) -> None:
    test = open_screen(screen, **START)
    test.selectbox(key=widget).select(chosen).run()
    assert test.query_params == {**START, **changed}
    assert test.selectbox(key=widget).value == chosen


def test_another_place_of_a_target_goes_into_the_address(open_screen: Open) -> None:
    test = open_screen("target", **START, target="hebei-2020/rd-intensity")
    test.selectbox(key="target_place").select("hebei-2020/rd-intensity@baoding").run()
    assert test.query_params["place"] == "baoding"
    assert "保定高新区" in read(test).headings[0][1]


def test_another_target_forgets_the_place_of_the_last(open_screen: Open) -> None:
    test = open_screen("target", **START, target="lincang-2019/growth", place="lincang", indicator="operating_revenue")
    test.selectbox(key="target_choice").select("hebei-2020/rd-intensity").run()
    assert test.query_params == {**START, "target": "hebei-2020/rd-intensity"}


def test_zones_picked_to_compare_go_into_the_address_and_out_again(open_screen: Open) -> None:
    address = {**START, "place": "130000-all", "indicator": "rd_intensity"}
    test = open_screen("compare", **address)
    test.multiselect(key="compare_zones").set_value(["baoding", "tangshan"]).run()
    assert test.query_params == {**address, "zones": "baoding,tangshan"}
    assert test.multiselect(key="compare_zones").value == ["baoding", "tangshan"]
    test.multiselect(key="compare_zones").set_value([]).run()
    assert test.query_params == address


def test_one_indicator_of_several_goes_into_the_address(open_screen: Open) -> None:
    test = open_screen("target", **START, target="lincang-2019/growth")
    choice = test.selectbox(key="target_place")
    choice.select_index(1).run()
    assert test.query_params["indicator"] in str(test.selectbox(key="target_place").value)


def test_the_demonstration_set_cannot_be_chosen_where_it_is_left_out(
    open_screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DEMONSTRATION", "false")
    get_settings.cache_clear()
    test = open_screen("main", data="demonstration")
    assert len(test.segmented_control(key="switch_data").options) == 1
    page = read(test)
    assert not [link for link in page.links if "data=demonstration" in link]
    assert "演示数据：" not in page.text


def test_the_six_numbers_are_those_of_the_board(page_of: Callable[..., Page], board: Board) -> None:
    page = page_of("overview", **START)
    found = counts(row for row in board.rows if row.role is not Role.MEMBER)
    shown = [link for link in page.links if "status=" in link]
    assert len(shown) == len(StatusClass)
    for status, number in found.items():
        assert any(f"status={status.value}" in link for link in shown)
        assert any(words.endswith(f" {number}") for words in page.words)
    assert sum(found.values()) == len([row for row in board.rows if row.role is not Role.MEMBER])


def test_a_number_narrows_the_matrix_to_its_status(page_of: Callable[..., Page], board: Board) -> None:
    page = page_of("overview", **START, status="missed")
    lines = page.body.count('<td class="name">')
    wanted = {(r.target.id, r.indicator.code) for r in board.asked() if r.status_class is StatusClass.MISSED}
    assert 0 < lines == len(wanted)
    assert lines < page_of("overview", **START).body.count('<td class="name">')


def test_a_status_that_nothing_has_says_so_and_leads_back(page_of: Callable[..., Page]) -> None:
    page = page_of("overview", data="real", lang="zh", status="met")
    assert "没有处于这一状态的目标" in page.text
    assert page.body.count("<table") == 0
