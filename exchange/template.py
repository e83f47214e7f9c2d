"""The form of a zone and year as a workbook: where everything stands, for who writes it and who reads it back."""

import hashlib
from dataclasses import dataclass

from models.enums import Language
from models.places import Place
from submissions.edits import Rules

KIND = "policy-target-tracker form"
"""What tells our workbooks from others."""

META = "_form"
"""The hidden sheet that names whose form this is, and the units with their factors."""

COLUMNS = ("number", "statistic", "last_year", "last_unit", "figure", "unit", "note", "code")
"""Figures, units and notes are typed in; the rest is locked, and `code` is hidden."""

TYPED = ("figure", "unit", "note")
HEAD_ROW = 4
"""The row of the column heads, counted from 1 as Excel does."""


def letter(column: str) -> str:
    """The letter of a column in Excel."""
    return chr(ord("A") + COLUMNS.index(column))


def form_version(rules: Rules) -> str:
    """Changes with the statistics of the form, their order, their units or what they may hold."""
    parts = [f"{each.code}|{each.unit}|{each.value_type.value}" for each in rules.statistics.values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Form:
    """Whose figures are asked for: a zone and a year, by the rules in force."""

    rules: Rules
    zone: Place
    year: int
    language: Language = Language.ZH

    @property
    def version(self) -> str:
        """The version of the form, as the hidden sheet names it."""
        return form_version(self.rules)
