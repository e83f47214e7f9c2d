"""What a load did, for the person who ran it."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class LoadSummary:
    """Rows by what they are: new, changed, withdrawn, unchanged. None of it loses what is on record."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    @property
    def touched(self) -> bool:
        """Whether anything in the database is different now."""
        return any(self.added.values()) or any(self.changed.values()) or any(self.withdrawn.values())

    def __str__(self) -> str:
        if not self.touched:
            return "The database is up to date."
        parts = []
        for word, counted in (("added", self.added), ("changed", self.changed), ("withdrawn", self.withdrawn)):
            found = ", ".join(f"{number} {what}" for what, number in counted.items() if number)
            parts += [f"{word}: {found}"] if found else []
        return "Loaded. " + "; ".join(parts) + "."
