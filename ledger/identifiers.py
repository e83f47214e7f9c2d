"""Identifiers that people can read, made of names."""

import re
from collections.abc import Collection


def slug(name: str) -> str:
    """Latin letters and digits of a name in lower case, with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def free(wanted: str, taken: Collection[str]) -> str:
    """The wanted identifier, with the first free number from 2 on where it is taken."""
    used, number = wanted, 1
    while used in taken:
        number += 1
        used = f"{wanted}-{number}"
    return used
