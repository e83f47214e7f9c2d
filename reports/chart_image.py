"""The chart of a target for paper: the same plain values and palette as on the screen, drawn without a browser."""

import io
from collections.abc import Sequence

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from models.enums import Language
from reports.gap_report import Picture
from storage.palette import ink, surface
from storage.shipped import FOLDER
from storage.wording import say
from tracking.chart import ChartPoint, TargetChart, spread
from tracking.format import plain

FONT = FOLDER / "fonts" / "NotoSansSC-Regular.otf"
font_manager.fontManager.addfont(FONT)
# Said once, when the module is loaded: drawing itself changes nothing that two reports share.
mpl.rcParams["font.family"] = font_manager.FontProperties(fname=str(FONT)).get_name()
mpl.rcParams["svg.hashsalt"] = "gap report"
mpl.rcParams["axes.unicode_minus"] = True

WIDE, HIGH, DOTS = 6.6, 2.5, 160
"""Inches of the picture, and its dots an inch."""

LABELS = 0.72
"""The part of the width that the axes take; the rest is for the labels of the lines."""

LINE = 0.085
"""The height of a line of words as a part of the axes."""


def svg(picture: Picture, language: Language) -> str:
    """The picture as SVG, its letters as outlines; the same values give the same bytes."""
    out = io.StringIO()
    FigureCanvasSVG(_drawn(picture, language)).print_svg(out, metadata={"Date": None})
    return out.getvalue()


def png(picture: Picture, language: Language) -> bytes:
    """The picture as PNG."""
    out = io.BytesIO()
    FigureCanvasAgg(_drawn(picture, language)).print_png(out, metadata={"Software": None})
    return out.getvalue()


def _drawn(picture: Picture, language: Language) -> Figure:
    chart = picture.chart
    figure = Figure(figsize=(WIDE, HIGH), dpi=DOTS)
    figure.text(0.01, 0.985, picture.title, fontsize=9, va="top", color=_ink("text"))
    figure.text(0.01, 0.905, picture.below, fontsize=7, va="top", color=_ink("quiet"))
    axes = figure.add_axes((0.065, 0.11, LABELS - 0.065, 0.66))
    low, high = _limits(chart)
    axes.set_ylim(low, high)
    axes.set_xlim(chart.years[0] - 0.4, chart.years[1] + 0.4)
    axes.grid(axis="y", color=_ink("grid"), linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=7, colors=_ink("text"))
    axes.yaxis.set_major_formatter(lambda number, _at: plain(float(f"{number:.6g}")))
    if all(p.value.is_integer() for p in (*chart.values, *chart.threshold)):
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    step = max(1, (chart.years[1] - chart.years[0]) // 10)
    axes.set_xticks(range(chart.years[0], chart.years[1] + 1, step))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_ink("grid"))
    labels = _lines(axes, chart, language)
    _values(axes, chart)
    _verticals(axes, chart, language)
    heights = spread([value for value, _words, _role in labels], (high - low) * LINE, low, high)
    for (_value, words, role), height in zip(labels, heights, strict=True):
        axes.annotate(
            words, (1, height), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=7,
            va="center", color=_ink(role), annotation_clip=False,
        )  # fmt: skip
    return figure


def _limits(chart: TargetChart) -> tuple[float, float]:
    low, high = chart.extent
    room = (high - low or abs(high) or 1.0) * 0.1
    return low - (room if low else 0), high + room


Labels = list[tuple[float, str, str]]
"""Where a line ends, what it is called there, and the role of its colour."""


def _lines(axes: Axes, chart: TargetChart, language: Language) -> Labels:
    """Everything but the values: projection with its spread, path, threshold, reference."""
    labels = Labels()

    def line(points: Sequence[ChartPoint], role: str, style: str, key: str) -> None:
        if points:
            years, numbers = _gapped(points)
            alone = "_" if len(points) == 1 else None
            axes.plot(years, numbers, color=_ink(role), linestyle=style, linewidth=1.2, marker=alone)
            labels.append((points[-1].value, f"{say(key, language)} {plain(points[-1].value)}", role))

    bands = chart.projection
    if len(bands) > 1:
        years = [band.year for band in bands]
        axes.fill_between(years, [b.low for b in bands], [b.high for b in bands], color=_ink("band"), linewidth=0)
        axes.plot(years, [b.middle for b in bands], color=_ink("projection"), linestyle=":", linewidth=1.2)
        words = f"{say('chart.projection', language)} {plain(bands[-1].middle)}"
        labels.append((bands[-1].middle, words, "quiet"))
    line(chart.path, "path", "--", "chart.path")
    if chart.threshold != chart.path:
        level = "chart.lower" if chart.threshold_high else "chart.threshold"
        line(chart.threshold, "threshold", "-", "chart.threshold_moving" if chart.moving_threshold else level)
        line(chart.threshold_high, "threshold", "-", "chart.upper")
    if chart.threshold_high:
        axes.axhspan(chart.threshold[0].value, chart.threshold_high[0].value, color=_ink("band"), zorder=0)
    line(chart.reference, "reference", "-", "chart.reference")
    return labels


def _values(axes: Axes, chart: TargetChart) -> None:
    """Values as points and a line, provisional ones hollow, the last one written beside it."""
    if not chart.values:
        return
    colour = _ink("value")
    axes.plot(*_gapped(chart.values), color=colour, linewidth=1.6)
    for hollow in (False, True):
        points = [p for p in chart.values if p.hollow is hollow]
        axes.plot(
            [p.year for p in points], [p.value for p in points], "o", markersize=4.5, color=colour,
            markerfacecolor=surface("ground", dark=False) if hollow else colour,
        )  # fmt: skip
    last, wanted = chart.values[-1], {p.year: p.value for p in (*chart.threshold, *chart.path)}
    bottom, top = axes.get_ylim()
    below = wanted.get(last.year, last.value) > last.value > bottom + (top - bottom) / 6
    axes.annotate(
        plain(last.value), (last.year, last.value), (0, -6 if below else 6), textcoords="offset points", ha="center",
        va="top" if below else "bottom", fontsize=8, color=colour, annotation_clip=False,
    )  # fmt: skip


def _verticals(axes: Axes, chart: TargetChart, language: Language) -> None:
    """The deadline, and each change of definition between the years it parts."""
    marks = [(year - 0.5, (0, (5, 3)), say("chart.break", language)) for year, _words in chart.breaks]
    deadline = chart.deadline
    if deadline is not None:
        marks.append((float(deadline), (0, (1, 2)), say("chart.deadline", language, year=deadline)))
    for at, style, words in marks:
        axes.axvline(at, color=_ink("quiet"), linewidth=0.8, linestyle=style)
        axes.annotate(
            words, (at, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
            fontsize=7, color=_ink("quiet"), annotation_clip=False,
        )  # fmt: skip


def _gapped(points: Sequence[ChartPoint]) -> tuple[list[int], list[float]]:
    """Years and values, with no number where a year is missing, so that the line breaks there."""
    by_year = {p.year: p.value for p in points}
    years = list(range(min(by_year), max(by_year) + 1))
    return years, [by_year.get(year, float("nan")) for year in years]


def _ink(role: str) -> str:
    return ink(role, dark=False)
