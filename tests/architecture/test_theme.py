"""Streamlit's theme and the product's palette are one."""

import tomllib

import pytest
import yaml

from settings import ROOT

SERVER = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
PALETTE = yaml.safe_load((ROOT / "data" / "palette.yaml").read_text("utf-8"))
STATUS_OF = {
    "greenColor": "met",
    "blueColor": "on_track",
    "yellowColor": "behind",
    "redColor": "off",
    "violetColor": "missed",
    "grayColor": "not_judged",
    "primaryColor": "on_track",
    "linkColor": "on_track",
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("key", "status"), STATUS_OF.items())
def test_a_colour_of_the_theme_is_the_palettes(mode: str, key: str, status: str) -> None:
    assert SERVER["theme"][mode][key] == PALETTE["status"][status][mode]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_ink_is_the_palettes(mode: str) -> None:
    assert SERVER["theme"][mode]["textColor"] == PALETTE["ink"]["text"][mode]


def test_the_server_answers_this_machine_alone_and_keeps_its_guards() -> None:
    assert SERVER["server"]["address"] == "127.0.0.1"
    assert not {"enableCORS", "enableXsrfProtection", "allowedHosts"} & set(SERVER["server"])
    assert SERVER["browser"]["gatherUsageStats"] is False
    assert SERVER["client"]["showErrorDetails"] == "none"
