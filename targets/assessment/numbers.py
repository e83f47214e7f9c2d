"""Comparisons that float noise does not disturb."""

import math


def nine(number: float) -> float:
    """A number at 9 significant digits, so that 0.1 + 0.2 equals 0.3. Every comparison with a threshold uses it."""
    return float(f"{number:.9g}")


def same(a: float, b: float) -> bool:
    """Equal at 9 significant digits."""
    return nine(a) == nine(b)


def power(base: float, exponent: float) -> float:
    """`base ** exponent` for a base >= 0; infinite where it leaves the range of floats."""
    try:
        return base**exponent
    except OverflowError:
        return math.inf


def rate(end: float, start: float, years: float) -> float:
    """The yearly rate in percent that leads from start > 0 to end in so many years."""
    return (power(end / start, 1 / years) - 1) * 100


def finite(figure: float | None) -> float | None:
    """A figure that left the range of floats says nothing: None."""
    return figure if figure is None or math.isfinite(figure) else None
