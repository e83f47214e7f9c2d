"""Two indicators against each other, each zone a named point."""

from collections.abc import Sequence
from dataclasses import dataclass

from plotly.graph_objects import Figure, Scatter

from models.catalogue import Indicator
from storage.palette import ink
from tracking.compare import Pair
from tracking.format import plain, width
from tracking.phrases import named, short
from views.components.charts import axis_words, frame
from views.components.page import capital
from views.state import Reader

HEIGHT, WIDTH = 380, 1000
"""Pixels; the width is about that of a usual screen, since labels have to find their places before it is known."""

LETTER, LINE, POINT = 5.5, 13, 7
"""Pixels of half a full-width letter and of a line, and how far a label stands from the middle of its point."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its point, in pixels."""

    x: float
    y: float
    words: str

    def box(self, place: str) -> Box:
        """What the name covers at one of the places around its point."""
        wide = width(self.words) * LETTER
        low, left = self.y - LINE / 2, self.x - wide / 2
        if place.startswith("middle"):
            left = self.x + POINT if place.endswith("right") else self.x - POINT - wide
        else:
            low = self.y + POINT if place.startswith("top") else self.y - POINT - LINE
        return left, low, left + wide, low + LINE


PLACES = ("top center", "bottom center", "middle right", "middle left")


def label_places(labels: Sequence[Label]) -> list[str]:
    """Where each name stands so that, as far as it can be, none covers another or a point."""
    taken: list[Box] = [(each.x - POINT, each.y - POINT, each.x + POINT, each.y + POINT) for each in labels]
    found = [PLACES[0]] * len(labels)
    for at in sorted(range(len(labels)), key=lambda each: (labels[each].x, labels[each].y)):
        others = [box for number, box in enumerate(taken) if number != at]
        boxes = {place: labels[at].box(place) for place in PLACES}
        found[at] = min(PLACES, key=lambda place: sum(_covered(boxes[place], other) for other in others))
        taken.append(boxes[found[at]])
    return found


def _covered(one: Box, other: Box) -> float:
    """How many square pixels two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across * up if across > 0 and up > 0 else 0.0


def scatter_figure(reader: Reader, made: Sequence[Pair], across: Indicator, up: Indicator) -> Figure:
    """The points with their names; both axes named with their units."""
    xs, ys = [float(each.across) for each in made], [float(each.up) for each in made]
    names = [short(reader.snapshot.places[each.zone], reader.language) for each in made]
    labels = [Label(x, y, name) for x, y, name in zip(_pixels(xs, WIDTH), _pixels(ys, HEIGHT), names, strict=True)]
    figure = Figure(
        Scatter(
            x=xs,
            y=ys,
            mode="markers+text",
            text=names,
            textposition=label_places(labels),
            textfont={"size": 11, "color": ink("quiet", dark=reader.dark)},
            marker={"size": 9, "color": ink("path", dark=reader.dark)},
            customdata=[
                f"{name}: {plain(each.across)}, {plain(each.up)}" for name, each in zip(names, made, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    )
    axis = {"gridcolor": ink("grid", dark=reader.dark), "zeroline": False, "automargin": True, "tickformat": ",~f"}
    titles = []
    for each in (across, up):
        words = axis_words(reader, reader.snapshot.units[each.unit])
        titles.append(f"{capital(named(each, reader.language))} · {words}")
    figure.update_layout(
        **frame(reader, HEIGHT, 12, {"l": 8, "r": 16, "t": 16, "b": 8}),
        xaxis={**axis, "title": titles[0], "fixedrange": True},
        yaxis={**axis, "title": titles[1], "fixedrange": True},
    )
    return figure


def _pixels(values: Sequence[float], size: int) -> list[float]:
    """Where values stand on an axis of so many pixels, which leaves some room at both ends."""
    low, high = min(values), max(values)
    return [(value - low) / ((high - low) or 1.0) * size * 0.85 for value in values]
