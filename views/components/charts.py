"""Plotly drawings of plain chart values. Nothing is computed here but where a label goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from models.catalogue import Unit
from models.enums import DataSet
from storage.palette import ink, surface
from tracking.chart import ChartPoint, TargetChart, spread
from tracking.format import plain, width, with_unit
from tracking.phrases import named
from tracking.series import Series
from views.state import Reader

HEIGHT, TOP, BOTTOM = 420, 80, 32
"""Pixels of the chart of a target, and of its margins above and below."""

LINE, LETTER = 18, 7.2
"""Pixels from one label to the next below it, and of a Latin letter at the size of labels; a Chinese one takes two."""

FEW = 10
"""Up to so many steps of one an axis of counts has a line for each."""

TREND_HEIGHT = 150
FONT = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif"


@dataclass(frozen=True, slots=True)
class Label:
    """Words at the right of the picture for a line that ends at `value`."""

    value: float
    words: str
    role: str


@dataclass
class Drawing:
    """A figure in the making, and the labels that its lines ask for."""

    reader: Reader
    chart: TargetChart
    place: str
    figure: go.Figure = field(default_factory=go.Figure)
    labels: list[Label] = field(default_factory=list)

    def ink(self, role: str) -> str:
        """The colour of a role in the reader's theme."""
        return ink(role, dark=self.reader.dark)

    def words(self, value: float) -> str:
        """A value as it is written elsewhere on the page."""
        return with_unit(value, self.chart.unit, self.reader.language)

    def label(self, value: float, key: str, role: str) -> None:
        """Names a line by what it is and where it ends."""
        self.labels.append(Label(value, f"{self.reader.say(key)} {plain(value)}", role))


def frame(
    reader: Reader, height: int, letters: int, margin: Mapping[str, int], *, legend: bool = False
) -> dict[str, Any]:
    """What every chart has alike: size and margins in pixels, letters and ground in the reader's theme."""
    ground = surface("ground", dark=reader.dark)
    return {
        "height": height,
        "margin": dict(margin),
        "font": {"family": FONT, "size": letters, "color": ink("text", dark=reader.dark)},
        "paper_bgcolor": ground,
        "plot_bgcolor": ground,
        "showlegend": legend,
        "dragmode": False,
    }


def target_figure(reader: Reader, chart: TargetChart, name: str, place: str) -> go.Figure:
    """The chart of a target: values with real gaps, path, threshold, projection with its spread, deadline, breaks."""
    drawing = Drawing(reader, chart, place)
    _projection(drawing)
    _range_band(drawing)
    _line(drawing, chart.path, "path", "dash", "chart.path")
    _threshold(drawing)
    _reference(drawing)
    _values(drawing)
    _verticals(drawing)
    _layout(drawing, name)
    return drawing.figure


def _layout(drawing: Drawing, name: str) -> None:
    """Axes from the first to the last year that anything stands at, and room at the right for the labels."""
    reader, chart = drawing.reader, drawing.chart
    (first, last), (low, high) = chart.years, chart.extent
    room = (high - low or abs(high) or 1.0) * 0.08
    low, high = low - (room if low else 0), high + room
    drawing.figure.update_layout(
        **frame(reader, HEIGHT, 14, {"l": 8, "r": 16 + _width(drawing.labels), "t": TOP, "b": BOTTOM}),
        hovermode="x unified",
        hoverlabel={"bgcolor": surface("ground", dark=reader.dark), "font": {"family": FONT, "size": 13}},
        title=_title(drawing, name),
        xaxis={
            "dtick": max(1, (last - first) // 12),
            "tickformat": "d",
            "range": [first - 0.4, last + 0.4],
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"size": 12},
        },
        yaxis={
            "range": [low, high],
            "gridcolor": drawing.ink("grid"),
            "zeroline": False,
            "automargin": True,
            "tickformat": ",~f",
            "fixedrange": True,
            **({"dtick": 1} if _few_whole(chart, high - low) else {}),
        },
    )
    _write_labels(drawing, low, high)


def _few_whole(chart: TargetChart, span: float) -> bool:
    """Whether a step of one fits: nobody has two and a half zones."""
    numbers = [p.value for p in (*chart.values, *chart.threshold)]
    return span <= FEW and all(number.is_integer() for number in numbers)


def _title(drawing: Drawing, name: str) -> dict[str, Any]:
    """What is shown, and below it for whom and in which unit: upright, so that nobody has to turn their head.

    The picture says itself that its values are made up: it may be saved without the page around it.
    """
    reader = drawing.reader
    said = [drawing.place, axis_words(reader, drawing.chart.unit)]
    if reader.data_set is DataSet.DEMONSTRATION:
        said.append(reader.say("chart.demonstration"))
    below = {"text": " · ".join(said), "font": {"size": 12, "color": drawing.ink("quiet")}}
    place = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "pad": {"t": 4, "l": 8}}
    return {"text": name, "font": {"size": 15}, "subtitle": below, **place}


def axis_words(reader: Reader, unit: Unit) -> str:
    """The unit of an axis; a plain count has none in English."""
    words = named(unit, reader.language)
    return reader.say("chart.axis", unit=words) if words else reader.say("chart.axis_count")


def _write_labels(drawing: Drawing, low: float, high: float) -> None:
    """Direct labels instead of a legend, each by its line and none over another."""
    a_line = (high - low) * LINE / (HEIGHT - TOP - BOTTOM)
    heights = spread([each.value for each in drawing.labels], a_line, low, high)
    for label, height in zip(drawing.labels, heights, strict=True):
        drawing.figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=label.words,
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"color": drawing.ink(label.role), "size": 13},
        )


def _width(labels: Sequence[Label]) -> int:
    """Pixels that the longest label takes."""
    return round(LETTER * max((width(label.words) for label in labels), default=0))


def _note(figure: go.Figure, words: str, **place: Any) -> None:
    """Small words at a place of the paper (0 to 1)."""
    figure.add_annotation(
        {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12}, **place, "text": words}
    )


def _gapped(points: Sequence[ChartPoint]) -> tuple[list[int], list[float | None]]:
    """Years and values with an empty place where a year is missing, so that the line breaks there."""
    by_year = {p.year: p.value for p in points}
    years = list(range(min(by_year), max(by_year) + 1)) if by_year else []
    return years, [by_year.get(year) for year in years]


def _trace(drawing: Drawing, points: Sequence[ChartPoint], key: str, **look: Any) -> None:
    """A line through the points, broken where a year is missing; a year between two gaps is a dot."""
    years, values = _gapped(points)
    drawing.figure.add_trace(
        go.Scatter(
            x=years,
            y=values,
            name=drawing.reader.say(key),
            connectgaps=False,
            customdata=[None if v is None else drawing.words(v) for v in values],
            hovertemplate="%{customdata}",
            **look,
        )
    )


def _line(drawing: Drawing, points: Sequence[ChartPoint], role: str, dash: str, key: str) -> None:
    if not points:
        return
    _trace(
        drawing,
        points,
        key,
        mode="lines" if len(points) > 1 else "markers",
        line={"color": drawing.ink(role), "width": 2 if dash == "dash" else 1.5, "dash": dash},
        marker={"color": drawing.ink(role), "symbol": "line-ew-open", "size": 12},
    )
    drawing.label(points[-1].value, key, role)


def _values(drawing: Drawing) -> None:
    """Values as points and a line, provisional ones hollow, the last one written beside it."""
    points = drawing.chart.values
    if not points:
        return
    colour, ground = drawing.ink("value"), surface("ground", dark=drawing.reader.dark)
    hollow = {p.year for p in points if p.hollow}
    years, _ = _gapped(points)
    _trace(
        drawing,
        points,
        "target.value",
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        marker={
            "size": 9,
            "color": [ground if year in hollow else colour for year in years],
            "line": {"color": colour, "width": 2},
        },
    )
    last, wanted = points[-1], {p.year: p.value for p in (*drawing.chart.threshold, *drawing.chart.path)}
    below = wanted.get(last.year, last.value) > last.value
    drawing.figure.add_annotation(
        x=last.year,
        y=last.value,
        text=f"<b>{plain(last.value)}</b>",
        showarrow=False,
        yanchor="top" if below else "bottom",
        yshift=-8 if below else 8,
        font={"color": colour, "size": 14},
    )


def _threshold(drawing: Drawing) -> None:
    """What decides: one level, both ends of a range, or a line that moves. Annual growth has its path alone."""
    chart = drawing.chart
    if chart.threshold != chart.path:
        low = "chart.lower" if chart.threshold_high else "chart.threshold"
        _line(
            drawing, chart.threshold, "threshold", "solid", "chart.threshold_moving" if chart.moving_threshold else low
        )
        _line(drawing, chart.threshold_high, "threshold", "solid", "chart.upper")


def _reference(drawing: Drawing) -> None:
    """The series that a multiple is taken of."""
    _line(drawing, drawing.chart.reference, "reference", "solid", "chart.reference")


def _range_band(drawing: Drawing) -> None:
    chart = drawing.chart
    if chart.threshold_high:
        low, high = chart.threshold[0].value, chart.threshold_high[0].value
        drawing.figure.add_hrect(y0=low, y1=high, fillcolor=drawing.ink("band"), line_width=0, layer="below")


def _projection(drawing: Drawing) -> None:
    """Dotted from the judged value on, in a light band of what the pace varied by."""
    bands = drawing.chart.projection
    if len(bands) < 2:
        return
    years = [b.year for b in bands]
    drawing.figure.add_trace(
        go.Scatter(
            x=years + years[::-1],
            y=[b.high for b in bands] + [b.low for b in reversed(bands)],
            fill="toself",
            fillcolor=drawing.ink("band"),
            line={"width": 0},
            hoverinfo="skip",
            mode="lines",
        )
    )
    line = {"color": drawing.ink("projection"), "width": 2, "dash": "dot"}
    _trace(drawing, [ChartPoint(b.year, b.middle) for b in bands], "chart.projection", mode="lines", line=line)
    drawing.label(bands[-1].middle, "chart.projection", "quiet")


def _verticals(drawing: Drawing) -> None:
    """The deadline, and each change of definition between the years it parts; its words stand below the chart."""
    chart, quiet = drawing.chart, drawing.ink("quiet")
    marks = [(float(year) - 0.5, "longdash", drawing.reader.say("chart.break")) for year, _ in chart.breaks]
    if chart.deadline is not None:
        marks.append((float(chart.deadline), "dot", drawing.reader.say("chart.deadline", year=chart.deadline)))
    for at, dash, words in marks:
        drawing.figure.add_vline(x=at, line={"color": quiet, "width": 1, "dash": dash})
        font = {"color": quiet, "size": 12}
        _note(drawing.figure, words, x=at, xref="x", y=1, yanchor="bottom", yshift=6, font=font)


def trend_figure(
    reader: Reader, series: Series, unit: Unit, *, most: float | None = None, span: tuple[int, int] | None = None
) -> go.Figure:
    """A small chart of one statistic: the line and its points; its words stand above it on the page.

    Charts that stand side by side of the same thing are given the same `most` and the same `span` of years, so that
    heights and years can be compared.
    """
    top = most if most is not None else max(p.value for p in series.points)
    colour = ink("value", dark=reader.dark)
    points = [ChartPoint(p.year, float(p.value), p.provisional) for p in series.points]
    years, values = _gapped(points)
    first, last = span or (years[0], years[-1])
    figure = go.Figure(
        go.Scatter(
            x=years,
            y=values,
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 5},
            connectgaps=False,
            customdata=[None if v is None else with_unit(v, unit, reader.language) for v in values],
            hovertemplate="%{x}: %{customdata}<extra></extra>",
        )
    )
    figure.update_layout(
        **frame(reader, TREND_HEIGHT, 12, {"l": 4, "r": 12, "t": 8, "b": 24}),
        xaxis={
            "showgrid": False,
            "dtick": max(1, (last - first + 1) // 4),
            "tickformat": "d",
            "range": [first - 0.5, last + 0.5],
            "fixedrange": True,
        },
        yaxis={
            "gridcolor": ink("grid", dark=reader.dark),
            "range": [min(0.0, *(p.value for p in points)), 1.1 * float(top) or 1],
            "nticks": 4,
            "zeroline": False,
            "automargin": True,
            "tickformat": ",~f",
            "fixedrange": True,
        },
    )
    if reader.data_set is DataSet.DEMONSTRATION:
        quiet = {"size": 11, "color": ink("quiet", dark=reader.dark)}
        _note(figure, reader.say("chart.demonstration"), font=quiet, x=1, y=0, xanchor="right", yanchor="bottom")
    return figure


DRAWING = {"displaylogo": False, "displayModeBar": True}
"""The camera has to be there for the words PNG and SVG to press it; the style hides it, as it speaks English only."""


def draw(figure: go.Figure, file_name: str, *, words: str) -> None:
    """A figure on the screen, ready to be saved under a name; `words` are for those who cannot see it."""
    tools = {**DRAWING, "toImageButtonOptions": {"format": "png", "filename": file_name, "scale": 2}}
    st.plotly_chart(figure, theme=None, width="stretch", config=tools, key=f"chart-{file_name}", alt=words)
