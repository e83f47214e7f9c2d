"""Plotly drawings of plain chart values. Nothing is computed here."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from models.catalogue import Unit
from storage.palette import ink
from tracking.chart import ChartPoint, TargetChart
from tracking.format import plain, with_unit
from tracking.phrases import named
from tracking.series import Series
from views.state import Reader

HEIGHT = 420
LABEL_ROOM = 0.22
"""How much of the width is kept free to the right for the direct labels of the lines."""

FONT = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif"


def draw_target(reader: Reader, chart: TargetChart, name: str) -> None:
    """The chart of a target: values with real gaps, path, threshold, projection with its spread, deadline, breaks."""
    figure = go.Figure()
    _projection(reader, figure, chart)
    _range_band(reader, figure, chart)
    _line(reader, figure, chart.path, "path", "dash", reader.say("chart.path"))
    _threshold(reader, figure, chart)
    _values(reader, figure, chart, name)
    _verticals(reader, figure, chart)
    unit = named(chart.unit, reader.language) or chart.unit.symbol
    first, last = chart.years
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        font={"family": FONT, "size": 14, "color": ink("text", dark=reader.dark)},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hovermode="x unified",
        xaxis={
            "dtick": max(1, (last - first) // 12),
            "range": [first - 0.6, last + 0.6 + LABEL_ROOM * (last - first + 1)],
            "showgrid": False,
            "automargin": True,
        },
        yaxis={
            "title": {"text": reader.say("chart.axis", unit=unit)},
            "gridcolor": ink("grid", dark=reader.dark),
            "zeroline": False,
            "automargin": True,
            "rangemode": "tozero" if _near_zero(chart) else "normal",
        },
    )
    st.plotly_chart(figure, theme=None, width="stretch", config=_tools(name), key=f"chart-{name}")


def _near_zero(chart: TargetChart) -> bool:
    numbers = [p.value for p in (*chart.values, *chart.threshold)]
    return bool(numbers) and min(numbers) >= 0 and min(numbers) < 0.4 * max(numbers)


def _tools(name: str) -> dict[str, object]:
    """PNG at the camera, SVG by its side; the bar is shown only on hover."""
    return {
        "displaylogo": False,
        "toImageButtonOptions": {"format": "svg", "filename": name},
        "modeBarButtonsToRemove": ["select2d", "lasso2d"],
    }


def _gapped(points: Sequence[ChartPoint]) -> tuple[list[int], list[float | None]]:
    """Years and values with an empty place where a year is missing, so that the line breaks there."""
    by_year = {p.year: p.value for p in points}
    years = list(range(min(by_year), max(by_year) + 1)) if by_year else []
    return years, [by_year.get(year) for year in years]


def _values(reader: Reader, figure: go.Figure, chart: TargetChart, name: str) -> None:
    if not chart.values:
        return
    colour, ground = ink("value", dark=reader.dark), "#0E1117" if reader.dark else "#FFFFFF"
    years, values = _gapped(chart.values)
    hollow = {p.year for p in chart.values if p.hollow}
    figure.add_trace(
        go.Scatter(
            x=years,
            y=values,
            mode="lines+markers",
            name=name,
            line={"color": colour, "width": 2.5},
            marker={
                "size": 9,
                "color": [ground if y in hollow else colour for y in years],
                "line": {"color": colour, "width": 2},
            },
            connectgaps=False,
            hovertemplate="%{y:,.4~g}<extra>%{fullData.name}</extra>",
        )
    )
    last = chart.values[-1]
    _label(reader, figure, last.year, last.value, plain(last.value), "value", above=True)


def _line(reader: Reader, figure: go.Figure, points: Sequence[ChartPoint], role: str, dash: str, words: str) -> None:
    if not points:
        return
    years, values = _gapped(points)
    figure.add_trace(
        go.Scatter(
            x=years,
            y=values,
            mode="lines" if len(points) > 1 else "markers",
            name=words,
            line={"color": ink(role, dark=reader.dark), "width": 2, "dash": dash},
            hovertemplate="%{y:,.4~g}<extra>%{fullData.name}</extra>",
        )
    )


def _threshold(reader: Reader, figure: go.Figure, chart: TargetChart) -> None:
    if chart.path:
        middle = chart.path[len(chart.path) // 2]
        _label(reader, figure, middle.year, middle.value, reader.say("chart.path"), "path", above=True)
    if not chart.threshold or chart.threshold == chart.path:
        return
    words = reader.say("chart.threshold_moving" if chart.moving_threshold else "chart.threshold")
    _line(reader, figure, chart.threshold, "threshold", "solid", words)
    end = chart.threshold[-1]
    _label(reader, figure, end.year, end.value, f"{words} {plain(end.value)}", "threshold")
    if chart.moving_threshold and chart.reference:
        _line(reader, figure, chart.reference, "reference", "solid", reader.say("chart.reference"))
        last = chart.reference[-1]
        _label(reader, figure, last.year, last.value, reader.say("chart.reference"), "reference")


def _range_band(reader: Reader, figure: go.Figure, chart: TargetChart) -> None:
    if not chart.threshold_high:
        return
    low, high = chart.threshold[0].value, chart.threshold_high[0].value
    figure.add_hrect(y0=low, y1=high, fillcolor=ink("band", dark=reader.dark), line_width=0, layer="below")
    _line(reader, figure, chart.threshold_high, "threshold", "solid", reader.say("chart.upper"))


def _projection(reader: Reader, figure: go.Figure, chart: TargetChart) -> None:
    if len(chart.projection) < 2:
        return
    years = [b.year for b in chart.projection]
    outline = [b.high for b in chart.projection] + [b.low for b in reversed(chart.projection)]
    colour = ink("projection", dark=reader.dark)
    figure.add_trace(
        go.Scatter(
            x=years + years[::-1],
            y=outline,
            fill="toself",
            fillcolor=ink("band", dark=reader.dark),
            line={"width": 0},
            hoverinfo="skip",
            mode="lines",
        )
    )
    words = reader.say("chart.projection")
    figure.add_trace(
        go.Scatter(
            x=years,
            y=[b.middle for b in chart.projection],
            mode="lines",
            name=words,
            line={"color": colour, "width": 2, "dash": "dot"},
            hovertemplate="%{y:,.4~g}<extra>%{fullData.name}</extra>",
        )
    )
    end = chart.projection[-1]
    _label(reader, figure, end.year, end.middle, words, "projection")


def _verticals(reader: Reader, figure: go.Figure, chart: TargetChart) -> None:
    quiet = ink("quiet", dark=reader.dark)
    if chart.deadline is not None:
        figure.add_vline(x=chart.deadline, line={"color": quiet, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=chart.deadline,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=reader.say("chart.deadline", year=chart.deadline),
            font={"color": quiet, "size": 12},
        )
    for year, words in chart.breaks:
        figure.add_vline(x=year - 0.5, line={"color": quiet, "width": 1, "dash": "longdash"})
        figure.add_annotation(
            x=year - 0.5,
            y=0,
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            showarrow=False,
            text=words,
            font={"color": quiet, "size": 12},
        )


def _label(
    reader: Reader, figure: go.Figure, year: int, value: float, words: str, role: str, *, above: bool = False
) -> None:
    """A direct label at the end of a line instead of a legend."""
    figure.add_annotation(
        x=year,
        y=value,
        text=words,
        showarrow=False,
        xanchor="center" if above else "left",
        yanchor="bottom" if above else "middle",
        xshift=0 if above else 8,
        yshift=8 if above else 0,
        font={"color": ink(role, dark=reader.dark), "size": 13},
    )


def draw_trend(reader: Reader, series: Series, unit: Unit) -> None:
    """A small chart of one statistic: the line, its last value, nothing else."""
    colour = ink("value", dark=reader.dark)
    points = [ChartPoint(p.year, float(p.value), p.provisional) for p in series.points]
    years, values = _gapped(points)
    name = named(series.indicator, reader.language)
    last = points[-1]
    figure = go.Figure(
        go.Scatter(
            x=years,
            y=values,
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 5},
            connectgaps=False,
            hovertemplate="%{x}: %{y:,.4~g}<extra></extra>",
        )
    )
    figure.add_annotation(
        x=last.year,
        y=last.value,
        text=with_unit(last.value, unit, reader.language),
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        yshift=6,
        font={"color": colour, "size": 13},
    )
    figure.update_layout(
        height=190,
        margin={"l": 4, "r": 12, "t": 40, "b": 4},
        title={"text": name, "font": {"size": 14}, "x": 0, "y": 0.97},
        font={"family": FONT, "size": 12, "color": ink("text", dark=reader.dark)},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        xaxis={"showgrid": False, "dtick": max(1, len(years) // 4), "automargin": True},
        yaxis={
            "gridcolor": ink("grid", dark=reader.dark),
            "rangemode": "tozero",
            "nticks": 4,
            "zeroline": False,
            "automargin": True,
        },
    )
    st.plotly_chart(
        figure, theme=None, width="stretch", config={"displayModeBar": False}, key=f"trend-{series.indicator.code}"
    )
