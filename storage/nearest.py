"""Ids that look like the one somebody meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(wanted: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known ids nearest to a mistyped one, the best first."""
    names = sorted(known)
    begun = [name for name in names if wanted and name.startswith(wanted)][:most]
    return begun or get_close_matches(wanted, names, n=most, cutoff=0.5)
