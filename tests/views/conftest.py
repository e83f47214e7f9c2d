"""Screens run without a browser, on the founding data and the demonstration set."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.people import Person
from settings import ROOT
from tests.cast import EVERYBODY
from tests.views.reading import Page, read
from views.screens import SCREENS

Open = Callable[..., AppTest]
Files = dict[str, Callable[[], bytes]]


@pytest.fixture(autouse=True)
def as_person(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Person | None], None]:
    """Signs somebody in, or, with None, nobody; at first it is SIGNED_IN of the module, else EVERYBODY."""

    def is_now(who: Person | None) -> None:
        monkeypatch.setattr("views.person.current", lambda: who)

    is_now(getattr(request.module, "SIGNED_IN", EVERYBODY))
    return is_now


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What a screen offers for download, by the name of the file: each is made when it is called."""
    given: Files = {}

    def offered(_label: str, made: Callable[[], bytes], name: str, *_type: str, **_how: object) -> None:
        given[name] = made

    monkeypatch.setattr("streamlit.download_button", offered)
    return given


FILES = {key: file for key, file, _ in SCREENS}


@pytest.fixture
def open_screen(settings_of_founding: str) -> Open:
    """Runs one screen at an address: open_screen("target", target="hebei-2020/rd-intensity", year=2023)."""

    def opened(screen: str, **address: object) -> AppTest:
        os.chdir(ROOT)
        file = FILES.get(screen, f"{screen}.py")
        test = AppTest.from_file(str(Path(ROOT) / "views" / file), default_timeout=60)
        for name, value in address.items():
            test.query_params[name] = str(value)
        return test.run()

    return opened


@pytest.fixture(scope="session")
def _pages() -> dict[tuple[str, ...], Page]:
    return {}


@pytest.fixture
def page_of(open_screen: Open, _pages: dict[tuple[str, ...], Page]) -> Callable[..., Page]:
    """What is read on a screen at an address; each is run once for all tests that only look at it."""

    def opened(screen: str, **address: object) -> Page:
        key = (screen, *(f"{name}={value}" for name, value in sorted(address.items())))
        if key not in _pages:
            _pages[key] = read(open_screen(screen, **address))
        return _pages[key]

    return opened
