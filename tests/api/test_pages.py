"""An address that is no screen gets a page that says so; everything else goes on to the server."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.pages import KnownPages
from views.screens import SCREENS

PAGE = {"accept": "text/html,application/xhtml+xml"}


async def _inside(request: object) -> PlainTextResponse:
    return PlainTextResponse("inside")


CLIENT = TestClient(KnownPages(Starlette(routes=[Route("/{rest:path}", _inside)]), screens=SCREENS))


@pytest.mark.parametrize("path", ["/", "/target", "/zone/", "/policies?policy=hebei-2020", "/reports", "/healthz"])
def test_what_there_is_goes_on(path: str) -> None:
    assert CLIENT.get(path, headers=PAGE).text == "inside"


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/favicon.png", "/download/values.csv"])
def test_what_the_server_needs_goes_on(path: str) -> None:
    assert CLIENT.get(path, headers=PAGE).text == "inside"


def test_a_script_that_probes_an_address_is_not_sent_a_page() -> None:
    assert CLIENT.get("/nothing/_stcore/health").text == "inside"


@pytest.mark.parametrize(("path", "nearest"), [("/zones", "/zone"), ("/policy", "/policies"), ("/targets", "/target")])
def test_a_mistyped_page_offers_the_nearest(path: str, nearest: str) -> None:
    answer = CLIENT.get(path, headers=PAGE)
    assert answer.status_code == 404
    assert f'<ul><li><a href="{nearest}?lang=zh">' in answer.text
    assert answer.text.count("<li>") < len(SCREENS)


def test_a_page_like_none_offers_all_in_the_readers_language() -> None:
    answer = CLIENT.get("/wp-content/x?lang=en", headers=PAGE)
    assert answer.status_code == 404
    assert answer.text.count("<li>") == len(SCREENS)
    assert "There is no such page" in answer.text


def test_what_is_typed_is_shown_as_text() -> None:
    answer = CLIENT.get("/<script>alert(1)</script>", headers=PAGE)
    assert answer.status_code == 404
    assert "<script>" not in answer.text
