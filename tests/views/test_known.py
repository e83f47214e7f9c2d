"""Screens as of an earlier day: every one shows it, says so, and leads back; one works on today's data only."""

import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models.calendar
import settings
from views.screens import OF_TODAY, SCREENS
from views.state import past_day

TODAY = models.calendar.today()
FILES = {path: file for _, file, path in SCREENS}
READ = [path for path in FILES if path not in OF_TODAY]
pytestmark = pytest.mark.usefixtures("settings_of_founding")


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day after the data were loaded: what was known on the day of the load is all there is."""
    monkeypatch.setattr("views.state.today", lambda: TODAY + timedelta(days=1))
    return TODAY + timedelta(days=1)


def opened(file: str, **address: str) -> AppTest:
    os.chdir(settings.ROOT)
    test = AppTest.from_file(str(Path(settings.ROOT) / "views" / file), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def words(test: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in test.get("html"))


@pytest.mark.parametrize("path", READ)
def test_every_screen_shows_what_was_known_and_takes_the_day_along(path: str, tomorrow: date) -> None:
    address = {"lang": "zh", "data": "demonstration", "year": "2022"}
    now, then = words(opened(FILES[path], **address)), words(opened(FILES[path], **address, known=TODAY.isoformat()))
    assert f"known={TODAY}" in then, "links keep the day"
    plain = then.replace(f"&amp;known={TODAY}", "").replace(f"&known={TODAY}", "")
    plain = re.sub("<li>数据状态：[^<]*</li>", "", plain)
    assert [plain[at : at + 80] for at in range(min(len(plain), len(now))) if plain[at] != now[at]][:1] == []


@pytest.mark.parametrize("path", READ)
def test_before_the_first_value_no_screen_shows_one(path: str) -> None:
    said = words(opened(FILES[path], lang="zh", known="2001-01-01"))
    assert ("尚未记录任何数据" in said) >= (path in ("", "target"))
    assert "make init" not in said and 'class="figure"' not in said


def test_the_page_says_that_it_is_the_past_and_leads_back(tomorrow: date) -> None:
    test = opened("main.py", lang="zh", known=TODAY.isoformat())
    assert f"正在查看 {TODAY} 已知的数据：与当前数据相比有 0 处不同" in words(test)
    test.button(key="known_back").click().run()
    assert "正在查看" not in words(test)
    assert "known" not in test.query_params


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-3-1", None),
        ("1.3.2026", None),
        ("<script>", None),
        ("", None),
        (None, None),
        (TODAY.isoformat(), None),
        ((TODAY + timedelta(days=1)).isoformat(), None),
    ],
)
def test_a_day_of_the_address_is_a_day_before_today_or_none(given: str | None, read: date | None) -> None:
    assert past_day(given) == read
