"""The screen of the audit trail: what stands on it is text, and its files run nothing."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from accounts import administering
from accounts.audit import Line
from exchange.comparison_table import write_csv, write_xlsx
from models.columns import now
from models.people import Person
from settings import ROOT
from storage.engine import shared_engine, unit_of_work
from tests.cast import ADMIN, CLERK_A, VIEWER
from tests.views.reading import read
from views.screens import SCREENS

As = Callable[[Person | None], None]
EVIL = "<img src=x onerror=alert(1)> [link](https://evil.example)"


def opened(**address: str) -> AppTest:
    assert ("audit", "audit.py", "audit") in SCREENS
    test = AppTest.from_file(str(ROOT / "views" / "audit.py"), default_timeout=60)
    for name, value in {"lang": "zh", **address}.items():
        test.query_params[name] = value
    return test.run()


@pytest.fixture
def busy(own_database: str, as_person: As) -> None:
    as_person(ADMIN)
    with unit_of_work(shared_engine(own_database)) as session:
        for at in range(60):
            administering.add(session, ADMIN, f"li{at}", EVIL)


def test_the_latest_acts_stand_first_page_by_page(busy: None) -> None:
    first, second = read(opened()), read(opened(page_no="2"))
    assert (first.faults, second.faults) == ([], [])
    assert "li59" in first.text and "li9 " not in first.text
    assert "li9" in second.text and "li59" not in second.text
    assert "较早的记录" in first.text and "较新的记录" in second.text


@pytest.mark.parametrize(
    ("name", "value"), [("page_no", "0"), ("page_no", "-1"), ("page_no", "٣"), ("since", "x"), ("what", "x")]
)
def test_what_cannot_be_meant_shows_all(busy: None, name: str, value: str) -> None:
    page = read(opened(**{name: value}))
    assert page.faults == [] and "li59" in page.text


def test_filters_stand_in_the_address(busy: None) -> None:
    assert "没有符合条件" in read(opened(who="nobody")).text
    assert "没有符合条件" in read(opened(until="2020-01-01")).text
    test = opened()
    test.text_input(key="audit_who").set_value("admin").run()
    assert test.query_params["who"] in ("admin", ["admin"])


def test_what_a_filter_is_given_is_text(busy: None) -> None:
    page = read(opened(who=EVIL))
    assert page.faults == [] and "<img" not in page.body


def test_whoever_may_read_none_is_told_who_may(busy: None, as_person: As) -> None:
    as_person(VIEWER)
    assert "您没有查看操作记录的权限" in read(opened()).text
    as_person(CLERK_A)
    assert "没有符合条件" in read(opened()).text


def test_formulas_in_names_and_words_are_inert_in_the_files() -> None:
    line = Line(now(), '=HYPERLINK("http://evil")', "act.change", "+1+1", "-2+3", "@SUM(A1)", "=1+1", "\t=1")
    cells = [line.actor, line.place, line.subject, line.words, line.before, line.after]
    text = write_csv([["a"], cells]).decode("utf-8-sig").splitlines()[1]
    assert all(not part.startswith(("=", "+", "@")) for part in text.replace('"', "").split(","))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx([["a"], cells], "x"))).active
    assert sheet is not None
    assert {cell.data_type for cell in sheet[2]} == {"s"}
