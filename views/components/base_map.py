"""The map of an installation that has supplied a reviewed base map: units in shades by quarters, nothing asked of the
network, the number of the review in the corner."""

import plotly.graph_objects as go

from storage.base_map import Ring
from storage.palette import ink
from tracking.format import MISSING
from tracking.tiles import BANDS, TileValue
from views.components.charts import FONT
from views.state import Reader

HEIGHT = 620
LENGTHEN = 1.25
"""A degree of latitude against one of longitude in the middle of the country."""


def map_figure(
    reader: Reader, values: list[TileValue], words: dict[str, str], outlines: dict[str, tuple[Ring, ...]], number: str
) -> go.Figure:
    """One filled outline for each unit, `words` its value; those without a value are left empty."""
    known = {each.tile.code: each for each in values}
    figure = go.Figure()
    for code, rings in outlines.items():
        each = known.get(code)
        name = each.tile.name(reader.language) if each else code
        figure.add_trace(_outline(reader, rings, each.band if each else None, f"{name} {words.get(code, MISSING)}"))
    figure.add_annotation(
        text=number, x=1, y=0, xref="paper", yref="paper", xanchor="right", yanchor="bottom", showarrow=False,
        font={"size": 12, "color": ink("quiet", dark=reader.dark), "family": FONT},
    )  # fmt: skip
    bare = {"visible": False, "fixedrange": True}
    figure.update_layout(
        height=HEIGHT, margin={"l": 0, "r": 0, "t": 0, "b": 0}, showlegend=False, xaxis=bare,
        yaxis={**bare, "scaleanchor": "x", "scaleratio": LENGTHEN},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip
    return figure


def _outline(reader: Reader, rings: tuple[Ring, ...], band: int | None, words: str) -> go.Scatter:
    """All outlines of a unit as one trace; a gap stands between two."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [*(x for x, _ in ring), None]
        ys += [*(y for _, y in ring), None]
    colour = ink("path", dark=reader.dark).lstrip("#")
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    share = 0.0 if band is None else 0.1 + 0.4 * band / BANDS
    return go.Scatter(
        x=xs, y=ys, mode="lines", fill="toself", hoveron="fills", text=words, hoverinfo="text", name=words,
        line={"width": 1, "color": ink("quiet", dark=reader.dark)},
        fillcolor=f"rgba({red},{green},{blue},{share:.2f})",
    )  # fmt: skip
