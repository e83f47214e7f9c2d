"""Ids that look like the one somebody meant."""

import pytest

from models.errors import UnknownId
from storage.nearest import nearest

KNOWN = {"hebei-2020", "guangxi-2018", "rd_intensity", "rd_expenditure", "130000", "130100", "150000", "亿元"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("hebei", ["hebei-2020"]),
        ("hebei-2021", ["hebei-2020"]),
        ("rd_intensty", ["rd_intensity"]),
        ("rd_", ["rd_expenditure", "rd_intensity"]),
        ("13", ["130000", "130100"]),
        ("亿员", ["亿元"]),
        ("something else", []),
        ("", []),
    ],
)
def test_the_nearest_ids_are_found_and_always_the_same(wanted: str, found: list[str]) -> None:
    assert nearest(wanted, KNOWN) == found


def test_an_unknown_id_says_what_was_wanted_and_what_is_near() -> None:
    assert str(UnknownId("policy", "hebei", ["hebei-2020"])) == (
        "There is no policy with the id 'hebei'. Did you mean: hebei-2020?"
    )
    assert str(UnknownId("policy", "x")) == "There is no policy with the id 'x'."
