"""Screens run without a browser, on the founding data and the demonstration set."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from settings import ROOT

Open = Callable[..., AppTest]


@pytest.fixture
def open_screen(settings_of_founding: str) -> Open:
    """Runs one screen at an address: open_screen("target", target="hebei-2020/rd-intensity", year=2023)."""

    def opened(screen: str, **address: object) -> AppTest:
        os.chdir(ROOT)
        test = AppTest.from_file(str(Path(ROOT) / "views" / f"{screen}.py"), default_timeout=60)
        for name, value in address.items():
            test.query_params[name] = str(value)
        return test.run()

    return opened
