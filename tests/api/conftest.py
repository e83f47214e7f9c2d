"""The routes without the screens: a client on this machine that asks the founding database."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import routes

BASE = "http://127.0.0.1:8501"


@pytest.fixture
def client(settings_of_founding: str) -> TestClient:
    return TestClient(Starlette(routes=routes()), base_url=BASE)
