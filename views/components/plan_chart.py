"""Pictures of the screen Plan, drawn from plain values: from what zones have to what they are asked or assumed to have,
and the course of the group.
"""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from models.catalogue import Unit
from storage.palette import ink
from tracking.format import with_unit
from tracking.what_if import Case, Paths, as_before, course, outcome, wanted
from views.components.charts import axis_words, frame
from views.components.page import capital
from views.state import Reader

ROW, AROUND = 26, 88
"""Pixels of a zone's line, and of all that stands around the lines."""

LEAST_HEIGHT = 300
Value = Decimal | None


def _height(zones: int) -> int:
    """The same for both pictures, since they stand side by side."""
    return max(LEAST_HEIGHT, AROUND + ROW * zones)


def steps_figure(
    reader: Reader,
    names: Sequence[str],
    start: Sequence[Value],
    end: Sequence[Value],
    unit: Unit,
    words: tuple[str, str],
) -> go.Figure:
    """A hollow point for what a zone has, a full one for where it should get, the first zone on top."""
    figure = go.Figure()
    colours = {role: ink(role, dark=reader.dark) for role in ("value", "path", "grid", "text", "quiet")}
    for name, first, last in zip(names, start, end, strict=True):
        if first is not None and last is not None:
            figure.add_trace(
                go.Scatter(
                    x=[float(first), float(last)], y=[name, name], mode="lines", hoverinfo="skip", showlegend=False,
                    line={"color": colours["quiet"], "width": 2},
                )
            )  # fmt: skip
    looks = (("circle-open", colours["value"], start), ("circle", colours["path"], end))
    for said, (symbol, colour, values) in zip(words, looks, strict=True):
        figure.add_trace(
            go.Scatter(
                x=[None if each is None else float(each) for each in values], y=list(names), mode="markers", name=said,
                marker={"symbol": symbol, "size": 10, "color": colour, "line": {"width": 2, "color": colour}},
                customdata=[f"{said}: {with_unit(each, unit, reader.language)}" for each in values],
                hovertemplate="%{y} · %{customdata}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(
        **frame(reader, _height(len(names)), 12, {"l": 8, "r": 16, "t": 32, "b": 8}, legend=True),
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        xaxis={
            "gridcolor": colours["grid"], "zeroline": False, "tickformat": ",~f", "fixedrange": True, "nticks": 6,
            "title": axis_words(reader, unit), "automargin": True,
        },
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False, "fixedrange": True},
    )  # fmt: skip
    return figure


def course_figure(reader: Reader, case: Case, paths: Paths) -> go.Figure:
    """The group's values, solid where they are known and dotted where they are assumed; as lately in grey."""
    unit = reader.snapshot.units[case.indicator.unit]
    inks = {role: ink(role, dark=reader.dark) for role in ("value", "path", "projection", "threshold", "grid", "text")}
    points = course(case, paths).points
    known = [each for each in points if each.year <= case.board.as_of]
    usual = [each for each in course(case, as_before(case)).points if each.year > case.board.as_of]
    later = [each for each in points if each.year > case.board.as_of]
    lines = (
        ("plan.course.usual", [*known[-1:], *usual], inks["projection"], "dot"),
        ("plan.course.assumed", [*known[-1:], *later], inks["path"], "dash"),
        ("plan.course.known", known, inks["value"], "solid"),
    )
    figure = go.Figure()
    for key, line, colour, dash in lines:
        said = capital(reader.say(key))
        figure.add_trace(
            go.Scatter(
                x=[each.year for each in line], y=[float(each.value) for each in line], name=said, mode="lines+markers",
                line={"color": colour, "width": 2, "dash": dash},
                marker={"size": 6, "symbol": "circle" if dash == "solid" else "circle-open"},
                customdata=[f"{said}: {with_unit(each.value, unit, reader.language)}" for each in line],
                hovertemplate="%{x} · %{customdata}<extra></extra>",
            )
        )  # fmt: skip
    goal = wanted(case, outcome(case, paths).assessment)
    if goal is not None:
        words = f"{capital(reader.say('chart.threshold'))} {with_unit(goal, unit, reader.language)}"
        figure.add_hline(
            y=float(goal), line={"color": inks["threshold"], "width": 1.5}, annotation_text=words,
            annotation_position="top left", annotation_font={"size": 12, "color": inks["text"]},
        )  # fmt: skip
    figure.update_layout(
        **frame(reader, _height(len(case.mains)), 12, {"l": 8, "r": 16, "t": 40, "b": 24}, legend=True),
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"dtick": 1, "tickformat": "d", "showgrid": False, "fixedrange": True},
        yaxis={
            "gridcolor": inks["grid"], "zeroline": False, "automargin": True, "tickformat": ",~f", "fixedrange": True,
            "title": axis_words(reader, unit),
        },
    )  # fmt: skip
    return figure
