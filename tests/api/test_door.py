"""Nobody but this machine is answered, whatever door they try."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.door import CLOSED, PROXIED, Door

OWN, OTHER = "127.0.0.1", "192.168.1.20"


async def _page(request: object) -> PlainTextResponse:
    return PlainTextResponse("inside")


async def _stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("inside")
    await websocket.close()


INSIDE = Starlette(routes=[Route("/", _page), WebSocketRoute("/_stcore/stream", _stream)])


def visitor(client: str = OWN, host: str = "127.0.0.1:8501") -> TestClient:
    """Somebody at an address who asks for a host name."""
    return TestClient(Door(INSIDE), base_url=f"http://{host}", client=(client, 50000))


def hears(someone: TestClient, **headers: str) -> str:
    """What comes through the websocket; a refusal raises."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"{someone.base_url}/_stcore/stream".replace("http", "ws", 1)
    with someone.websocket_connect(address, headers=named) as stream:
        return stream.receive_text()


@pytest.mark.parametrize("client", [OWN, "127.0.0.53", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(client: str) -> None:
    assert visitor(client).get("/").text == "inside"
    assert hears(visitor(client)) == "inside"


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "127.0.0.1"])
def test_this_machine_is_answered_under_each_of_its_names(host: str) -> None:
    assert visitor(host=host).get("/").text == "inside"


@pytest.mark.parametrize("client", [OTHER, "::ffff:192.168.1.20", "fe80::1", "testclient", ""])
def test_another_machine_is_refused(client: str) -> None:
    answer = visitor(client).get("/")
    assert answer.status_code == 403
    assert "inside" not in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "tracker.example.org:8501",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "notlocalhost",
        "192.168.1.20:8501",
        "0.0.0.0:8501",
        "localhost@example.org",
    ],
)
def test_a_foreign_name_that_leads_to_this_machine_is_refused(host: str) -> None:
    answer = visitor().get("/", headers={"host": host})
    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["", "[::1", "[]", ":8501"])
def test_a_name_that_cannot_be_read_is_refused(host: str) -> None:
    assert visitor().get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("header", PROXIED)
def test_a_proxy_on_this_machine_does_not_let_others_in(header: str) -> None:
    assert visitor().get("/", headers={header: OTHER}).status_code == 403
    assert visitor().get("/", headers={header.title(): "127.0.0.1"}).status_code == 403


@pytest.fixture(params=["another machine", "a proxy", "a foreign name", "a foreign page", "another server here"])
def stranger(request: pytest.FixtureRequest) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """Ways to come to the websocket from outside."""
    yield {
        "another machine": (visitor(OTHER), {}),
        "a proxy": (visitor(), {"x-forwarded-for": OTHER}),
        "a foreign name": (visitor(), {"host": "example.org"}),
        "a foreign page": (visitor(), {"origin": "https://example.org"}),
        "another server here": (visitor(), {"origin": "http://127.0.0.1:9000"}),
    }[request.param]


def test_the_websocket_is_closed_before_it_opens(stranger: tuple[TestClient, dict[str, str]]) -> None:
    someone, headers = stranger
    with pytest.raises(WebSocketDisconnect) as refused:
        hears(someone, **headers)
    assert refused.value.code == CLOSED


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8501", "http://localhost:8501", "http://[::1]:8501"])
def test_the_products_own_page_may_open_the_websocket(origin: str) -> None:
    assert hears(visitor(), origin=origin) == "inside"


def test_who_is_refused_reads_why_and_what_to_do_in_both_languages() -> None:
    text = visitor(OTHER).get("/").text
    assert "http://localhost" in text
    assert "只应答本机" in text
    assert "its own machine alone" in text


PUBLIC = "https://tracker.example.org"


def from_outside(client: str = OTHER, host: str = "tracker.example.org", public: str = PUBLIC) -> TestClient:
    """Somebody on another machine, through the proxy that ends TLS."""
    return TestClient(Door(INSIDE, public), base_url=f"http://{host}", client=(client, 50000))


@pytest.mark.parametrize("host", ["tracker.example.org", "TRACKER.example.org", "tracker.example.org:443"])
def test_with_a_public_address_whoever_asks_for_it_is_answered(host: str) -> None:
    someone = from_outside(host=host)
    assert someone.get("/", headers={"x-forwarded-for": OTHER}).text == "inside"
    assert hears(someone, origin=PUBLIC) == "inside"
    assert hears(someone) == "inside"


@pytest.mark.parametrize(
    "host", ["192.168.1.20", "example.org", "tracker.example.org.evil.example", "tracker.example.org:80", "", "[::1"]
)
def test_under_another_name_nobody_is_answered(host: str) -> None:
    answer = from_outside().get("/", headers={"host": host})
    assert answer.status_code == 403
    assert PUBLIC in answer.text and "inside" not in answer.text


@pytest.mark.parametrize("origin", ["https://evil.example", "http://tracker.example.org", "null", "https://[", ""])
def test_a_foreign_page_cannot_open_the_websocket(origin: str) -> None:
    with pytest.raises(WebSocketDisconnect) as refused:
        hears(from_outside(), origin=origin)
    assert refused.value.code == CLOSED


def test_this_machine_may_still_look_after_itself() -> None:
    assert TestClient(Door(INSIDE, PUBLIC), base_url="http://127.0.0.1:8501", client=(OWN, 1)).get("/").text == "inside"
