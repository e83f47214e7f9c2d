"""A base map that an installer supplies: outlines of province-level units from a GeoJSON file, with its review number.

The product ships no boundary. What is supplied has to be reviewed, and is shown with the number of its review (审图号).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import SettingRefused

LARGEST = 20_000_000
"""Bytes; an outline of the country at the size of a screen needs far less."""

CODES = ("code", "adcode", "gb", "id")
"""The properties in which the code of a unit is looked for, 130000 or 156130000."""

MOST_POINTS = 400_000

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude of an outline, in degrees, closed."""


@cache
def read_base_map(file: Path) -> dict[str, tuple[Ring, ...]]:
    """The outlines of each unit by its code. Raises SettingRefused, in one sentence, for what is no such file."""
    try:
        if file.stat().st_size > LARGEST:
            raise SettingRefused(_refusal(file, f"is larger than {LARGEST // 1_000_000} MB: simplify its outlines"))
        found = json.loads(file.read_text("utf-8"))
        features = found["features"] if found["type"] == "FeatureCollection" else []
        units = dict(_unit(each) for each in features)
    except SettingRefused:
        raise
    except (OSError, UnicodeDecodeError) as error:
        why = f"cannot be read ({error.__class__.__name__}): name a file in UTF-8"
        raise SettingRefused(_refusal(file, why)) from None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise SettingRefused(_refusal(file, "is no GeoJSON of polygons with a code in each feature")) from None
    known = {code: rings for code, rings in units.items() if code and rings}
    if not known:
        raise SettingRefused(_refusal(file, f"has no polygon with a code in {', '.join(CODES)}"))
    if sum(len(ring) for rings in known.values() for ring in rings) > MOST_POINTS:
        raise SettingRefused(_refusal(file, f"has more than {MOST_POINTS:,} points: simplify its outlines"))
    return known


def _refusal(file: Path, why: str) -> str:
    return f"TRACKER_MAP_FILE: {file} {why}."


def _unit(feature: Any) -> tuple[str, tuple[Ring, ...]]:
    properties, shape = feature["properties"], feature["geometry"]
    given = next((str(properties[name]) for name in CODES if properties.get(name)), "")
    code = given[-6:] if given.isascii() and given.isdigit() else ""
    if shape["type"] == "Polygon":
        return code, (_ring(shape["coordinates"][0]),)
    if shape["type"] == "MultiPolygon":
        return code, tuple(_ring(polygon[0]) for polygon in shape["coordinates"])
    return code, ()


def _ring(points: Any) -> Ring:
    ring = tuple((float(each[0]), float(each[1])) for each in points)
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
        raise ValueError("not in degrees")
    return ring
