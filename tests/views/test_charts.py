"""The chart of a target: real gaps, hollow points, labels that do not lie over each other, marks that stay with it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.views.conftest import Open
from tests.views.reading import Page, figures, read, words_of
from views.components.charts import BOTTOM, HEIGHT, LINE, TOP

DEMO = {"data": "demonstration", "lang": "zh", "year": "2024"}
KINDS = {
    "share": "inner-mongolia-2021/rd-intensity-national",
    "count": "guangxi-2018/zones",
    "multiple of a reference": "hebei-2020/rd-intensity",
    "coverage": "inner-mongolia-2021/league-coverage",
    "annual growth": "lincang-2019/growth",
    "range": "lincang-2019/technology-teams",
    "level of money": "guangxi-2018/industrial-output",
    "each zone, no deadline": "hebei-2020/leading-industries",
    "new definition": "guangxi-2018/high-tech-share",
}
EACH = pytest.mark.parametrize("target", KINDS.values(), ids=KINDS.keys())


def chart(open_screen: Open, target: str, **address: str) -> dict[str, Any]:
    return figures(open_screen("target", **{**DEMO, **address}, target=target))[0]


def labels(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The direct labels: at the right edge of the paper, at the height of their line."""
    return [a for a in figure["layout"]["annotations"] if a.get("xref") == "paper" and a.get("yref") != "paper"]


def lines(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


@EACH
def test_labels_do_not_lie_over_each_other_and_stay_in_the_picture(open_screen: Open, target: str) -> None:
    figure = chart(open_screen, target)
    low, high = figure["layout"]["yaxis"]["range"]
    line = (high - low) * LINE / (HEIGHT - TOP - BOTTOM)
    heights = sorted(label["y"] for label in labels(figure))
    assert heights
    assert all(above - below >= line * 0.999 for below, above in pairwise(heights))
    assert low <= heights[0] <= heights[-1] <= high


@EACH
def test_every_line_is_named_beside_it(open_screen: Open, target: str) -> None:
    figure = chart(open_screen, target)
    named = [label["text"] for label in labels(figure)]
    drawn = {trace["name"] for trace in figure["data"] if trace.get("name")} - {"评估值"}
    assert len(named) <= 5
    assert {name for name in drawn if not any(words.startswith(name) for words in named)} == set()


@EACH
def test_the_axis_ends_with_what_is_drawn(open_screen: Open, target: str) -> None:
    figure = chart(open_screen, target)
    years = [year for trace in figure["data"] for year in trace["x"]]
    first, last = figure["layout"]["xaxis"]["range"]
    assert last <= max(*years, *deadlines(figure)) + 0.5
    assert first >= min(years) - 0.5


def deadlines(figure: dict[str, Any]) -> list[float]:
    return [shape["x0"] for shape in figure["layout"].get("shapes", []) if shape["type"] == "line"]


@EACH
def test_the_picture_itself_says_that_its_values_are_made_up(open_screen: Open, target: str) -> None:
    subtitle = chart(open_screen, target)["layout"]["title"]["subtitle"]["text"]
    assert "演示数据" in subtitle
    assert "单位：" in subtitle


def test_a_picture_of_published_values_says_no_such_thing(open_screen: Open) -> None:
    figure = chart(open_screen, "guangxi-2018/zones", data="real")
    assert "演示" not in "".join(words_of(figure))


def test_a_year_without_a_value_breaks_the_line(open_screen: Open) -> None:
    figure = chart(open_screen, "guangxi-2018/zones", data="real")
    values = lines(figure, "评估值")[0]
    assert dict(zip(values["x"], values["y"], strict=True))[2016] is None
    assert values["connectgaps"] is False


def test_a_provisional_value_is_hollow(open_screen: Open) -> None:
    figure = chart(open_screen, "hebei-2020/rd-intensity")
    inside = lines(figure, "评估值")[0]["marker"]
    assert inside["color"][-1] == "#FFFFFF"
    assert inside["color"][0] == inside["line"]["color"]


def test_a_range_is_a_band_between_two_lines(open_screen: Open) -> None:
    figure = chart(open_screen, "lincang-2019/technology-teams")
    bands = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    ends = sorted(lines(figure, name)[0]["y"][0] for name in ("下限", "上限"))
    assert [(shape["y0"], shape["y1"]) for shape in bands] == [tuple(ends)]


def test_a_multiple_moves_with_its_reference(open_screen: Open) -> None:
    figure = chart(open_screen, "hebei-2020/rd-intensity")
    asked, reference = lines(figure, "目标值（变动）")[0]["y"], lines(figure, "对照值")[0]["y"]
    assert [None if r is None else pytest.approx(3 * r) for r in reference] == asked


def test_growth_is_a_curve_from_the_baseline(open_screen: Open) -> None:
    path = lines(chart(open_screen, "lincang-2019/growth"), "所需路径")[0]["y"]
    assert [pytest.approx(1.15)] * (len(path) - 1) == [after / before for before, after in pairwise(path)]


def test_the_deadline_and_a_new_definition_are_marked_and_told(open_screen: Open) -> None:
    test = open_screen("target", **DEMO, target="guangxi-2018/high-tech-share")
    words = [a["text"] for a in figures(test)[0]["layout"]["annotations"]]
    assert {"期限 2020", "口径变化"} <= set(words)
    assert "高技术产业（制造业）分类（2017）" in read(test).text


def test_nothing_later_than_the_year_looked_from_is_drawn(open_screen: Open) -> None:
    figure = chart(open_screen, "hebei-2020/rd-intensity", year="2021")
    assert max(lines(figure, "评估值")[0]["x"]) == 2021
    assert max(lines(figure, "对照值")[0]["x"]) == 2021


def test_the_chart_is_a_table_too_with_the_same_numbers(page_of: Callable[..., Page], open_screen: Open) -> None:
    figure = chart(open_screen, "guangxi-2018/zones")
    page = page_of("target", **DEMO, target="guangxi-2018/zones")
    shown = [words for words in lines(figure, "评估值")[0]["customdata"] if words]
    table = page.body.split("<table")[1]
    assert [words for words in shown if f">{words}<" not in table] == []


def test_a_chart_is_saved_under_a_name_that_tells_what_it_shows(open_screen: Open) -> None:
    test = open_screen("target", **DEMO, target="guangxi-2018/zones")
    config = next(node.proto.config for node in test.get("plotly_chart"))
    assert '"filename": "guangxi-2018-zones-450000-all-2024-demonstration"' in config.replace('":"', '": "')


def test_small_charts_are_marked_too(open_screen: Open) -> None:
    test = open_screen("zone", **DEMO, place="nanning")
    found = figures(test)
    assert len(found) == 6
    assert all(any(a["text"] == "演示数据" for a in each["layout"]["annotations"]) for each in found)


def test_a_few_zones_are_counted_in_whole_steps(open_screen: Open) -> None:
    axes = {target: chart(open_screen, target)["layout"]["yaxis"] for target in ("guangxi-2018/zones", KINDS["share"])}
    assert axes["guangxi-2018/zones"]["dtick"] == 1
    assert "dtick" not in axes[KINDS["share"]]


def test_small_charts_and_the_scatter_stand_in_the_frame_of_the_chart_of_a_target(open_screen: Open) -> None:
    address = {**DEMO, "place": "130000-all", "indicator": "operating_revenue", "against": "rd_intensity"}
    compared = figures(open_screen("compare", **address))
    assert len(compared) > 1
    alike = ("paper_bgcolor", "plot_bgcolor", "showlegend", "dragmode")
    frame = chart(open_screen, KINDS["share"])["layout"]
    for figure in compared:
        assert {name: figure["layout"][name] for name in alike} == {name: frame[name] for name in alike}
        assert figure["layout"]["font"]["family"] == frame["font"]["family"]
