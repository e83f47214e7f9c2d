"""The least effort that reaches a group's target: which zone moves the result, and what is needed of each.

Effort is measured as the sum of the squared percentages by which zones change what they would come to anyway. One zone
that has to do 10 % more is as much effort as 100 zones that do 1 % more: asking much of one costs more than asking a
little of many. The group's value is linear in these percentages, so the least one has a closed form.
"""

from collections.abc import Mapping
from fractions import Fraction


def effort(changes: Mapping[str, Fraction]) -> Fraction:
    """The sum of the squared changes; each is in percent."""
    return sum((each * each for each in changes.values()), Fraction(0))


def least_effort(gap: Fraction, effects: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The changes in percent with sum(effect x change) = gap that have the least effort; {} where no zone moves it.

    `effects` is what one percent more of each zone does to the group's value; `gap` is what is missing, both in the
    group's unit. By Lagrange each change is in proportion to its effect: gap x effect / sum(effect^2).
    """
    squares = effort(effects)
    return {zone: gap * each / squares for zone, each in effects.items()} if squares else {}
