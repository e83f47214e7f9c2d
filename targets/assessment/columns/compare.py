"""Comparisons of columns that float noise does not disturb; the same as `nine` and `round` make of two numbers.

Rounding keeps the order, so nine(a) >= nine(b) is a >= b or nine(a) == nine(b). Only numbers that are nearly alike can
be equal at 9 digits without being equal, and these few are asked one by one.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from targets.assessment import numbers

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

NEAR = 2e-8
"""Two numbers that agree at 9 significant digits differ by less than this part of the larger one."""

NEAR_CUTOFF = 1e-8
"""A progress or lag that is rounded to 9 decimals does not move by more than this."""

PLACES = 9


def same(a: Floats, b: Floats) -> Flags:
    """Equal at 9 significant digits; a missing number equals nothing."""
    a, b = np.broadcast_arrays(a, b)
    alike: Flags = a == b
    near = ~alike & (np.abs(a - b) <= NEAR * np.maximum(np.abs(a), np.abs(b))) & np.isfinite(a) & np.isfinite(b)
    if near.any():
        alike[near] = [numbers.same(float(x), float(y)) for x, y in zip(a[near], b[near], strict=True)]
    return alike


def at_least(a: Floats, b: Floats) -> Flags:
    """a >= b at 9 significant digits."""
    return (a > b) | same(a, b)


def more_than(a: Floats, b: Floats) -> Flags:
    """a > b at 9 significant digits."""
    return (a > b) & ~same(a, b)


def below(figure: Floats, cutoff: float) -> Flags:
    """figure < cutoff, the figure at 9 decimals."""
    return _rounded(figure, cutoff, figure < cutoff, lambda each: round(each, PLACES) < cutoff)


def up_to(figure: Floats, cutoff: float) -> Flags:
    """figure <= cutoff, the figure at 9 decimals."""
    return _rounded(figure, cutoff, figure <= cutoff, lambda each: round(each, PLACES) <= cutoff)


def _rounded(figure: Floats, cutoff: float, found: Flags, exactly: Callable[[float], bool]) -> Flags:
    near = np.abs(figure - cutoff) < NEAR_CUTOFF
    if near.any():
        found[near] = [exactly(float(each)) for each in figure[near]]
    return found


def finite(figure: Floats) -> Floats:
    """A figure that left the range of floats says nothing: missing."""
    return np.where(np.isfinite(figure), figure, np.nan)
