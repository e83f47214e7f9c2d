"""A base map that an installer supplies: read, or refused in one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.errors import SettingRefused
from storage import base_map
from storage.base_map import read_base_map

SQUARE = [[114.0, 38.0], [116.0, 38.0], [116.0, 40.0], [114.0, 40.0], [114.0, 38.0]]


def feature(code: object, shape: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"adcode": code},
        "geometry": shape or {"type": "Polygon", "coordinates": [SQUARE]},
    }


def written(tmp_path: Path, *features: object) -> Path:
    file = tmp_path / "map.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


def test_units_are_found_by_their_code(tmp_path: Path) -> None:
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    found = read_base_map(written(tmp_path, feature(130000), feature("156150000", several), feature("")))
    assert {code: len(rings) for code, rings in found.items()} == {"130000": 1, "150000": 2}
    assert found["130000"][0][0] == (114.0, 38.0)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": [1]}',
        '{"type": "FeatureCollection", "features": []}',
        json.dumps({"type": "FeatureCollection", "features": [feature(None)]}),
        json.dumps({"type": "FeatureCollection", "features": [feature(1, {"type": "Point", "coordinates": [1, 2]})]}),
        json.dumps({"type": "FeatureCollection", "features": [feature(1, {"type": "Polygon", "coordinates": []})]}),
        json.dumps(
            {"type": "FeatureCollection", "features": [feature(1, {"type": "Polygon", "coordinates": [[[5e6, 4e6]]]})]}
        ),
        "[" * 100_000,
    ],
)
def test_what_is_no_map_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "map.geojson"
    file.write_text(content, "utf-8")
    with pytest.raises(SettingRefused) as refused:
        read_base_map(file)
    assert str(refused.value).startswith("TRACKER_MAP_FILE: ") and "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingRefused, match="cannot be read"):
        read_base_map(tmp_path / "nowhere.geojson")
    monkeypatch.setattr(base_map, "LARGEST", 10)
    with pytest.raises(SettingRefused, match="larger than"):
        read_base_map(written(tmp_path, feature(130000)))
    monkeypatch.undo()
    monkeypatch.setattr(base_map, "MOST_POINTS", 3)
    other = tmp_path / "other.geojson"
    other.write_bytes(written(tmp_path, feature(130000)).read_bytes())
    with pytest.raises(SettingRefused, match="points"):
        read_base_map(other)
