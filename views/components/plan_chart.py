"""From what zones have to what they are asked, or assumed to have: one line a zone, drawn from plain values."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from models.catalogue import Unit
from storage.palette import ink, surface
from tracking.format import with_unit
from views.components.charts import FONT, axis_words
from views.state import Reader

ROW, AROUND = 26, 88
"""Pixels of a zone's line, and of all that stands around the lines."""

Value = Decimal | None


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
        height=AROUND + ROW * len(names),
        margin={"l": 8, "r": 16, "t": 32, "b": 8},
        font={"family": FONT, "size": 12, "color": colours["text"]},
        paper_bgcolor=surface("ground", dark=reader.dark),
        plot_bgcolor=surface("ground", dark=reader.dark),
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        dragmode=False,
        xaxis={
            "gridcolor": colours["grid"], "zeroline": False, "tickformat": ",~f", "fixedrange": True, "nticks": 6,
            "title": axis_words(reader, unit), "automargin": True,
        },
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False, "fixedrange": True},
    )  # fmt: skip
    return figure
