"""Files and health beside the screens: what is answered, and how a wrong request is refused."""

import csv
import io
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models.calendar import today
from models.enums import DataSet, Language
from reports.gap_report import Subject, build_report
from settings import ROOT, get_settings
from storage.engine import shared_engine
from storage.queries import Snapshot
from tracking.current import current_snapshot

ASKED = {"subject": "hebei-2020", "year": "2024", "data": "demonstration", "lang": "zh"}


@pytest.fixture
def demonstration(settings_of_founding: str) -> Snapshot:
    engine: Engine = shared_engine(settings_of_founding)
    return current_snapshot(engine, DataSet.DEMONSTRATION)


def test_health_is_good_while_the_database_answers(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_health_is_bad_when_the_database_does_not_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}")  # a folder is no database
    get_settings.cache_clear()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "unreachable"})


def test_a_report_as_workbook_holds_the_numbers_of_the_report(client: TestClient, demonstration: Snapshot) -> None:
    answer = client.get("/download/report.xlsx", params=ASKED)
    assert answer.status_code == 200
    built = build_report(demonstration, Subject.find(demonstration, "hebei-2020"), 2024, Language.ZH)
    book = load_workbook(io.BytesIO(answer.content))
    cells = {cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line}
    values = [float(row.value) for row in built.rows if row.value is not None]
    assert len(values) > 5
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    assert [value for value in values if not any(abs(number - value) < 1e-9 for number in numbers)] == []
    assert built.title in cells


def test_a_report_as_csv_has_a_line_for_each_row(client: TestClient, demonstration: Snapshot) -> None:
    answer = client.get("/download/report.csv", params=ASKED)
    built = build_report(demonstration, Subject.find(demonstration, "hebei-2020"), 2024, Language.ZH)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    assert [row.target_id for row in built.rows] == [row.target_id for row in built.rows if row.target_id in text]
    assert len(list(csv.reader(io.StringIO(text)))) > len(built.rows)


@pytest.mark.parametrize(
    ("data", "mark"), [("demonstration", "-演示数据"), ("real", "")], ids=["demonstration", "published"]
)
def test_the_name_of_a_report_says_whose_when_and_whether_it_is_made_up(
    client: TestClient, data: str, mark: str
) -> None:
    answer = client.get("/download/report.xlsx", params={**ASKED, "subject": "nanning", "data": data})
    assert unquote(answer.headers["content-disposition"]).endswith(f"''南宁高新区-2024{mark}.xlsx")


def test_a_download_is_a_file_that_no_browser_reinterprets_or_keeps(client: TestClient) -> None:
    headers = client.get("/download/report.csv", params=ASKED).headers
    assert headers["content-disposition"].startswith("attachment")
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize("data", list(DataSet))
def test_all_values_of_a_data_set_and_none_of_the_other(client: TestClient, data: DataSet) -> None:
    answer = client.get("/download/values.csv", params={"data": data.value})
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    made_up = {row["origin"] == "demonstration" for row in found}
    assert made_up == {data is DataSet.DEMONSTRATION}


@pytest.mark.parametrize("policy", sorted(f.name for f in (ROOT / "data" / "policies").iterdir()))
def test_a_policy_is_given_back_byte_for_byte(client: TestClient, policy: str) -> None:
    answer = client.get(f"/download/policy/{policy}")
    assert answer.content == (ROOT / "data" / "policies" / policy / "text.txt").read_bytes()


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/download/policy/hebei-2002", "hebei-2020"),
        ("/download/report.xlsx?subject=naning&year=2024", "nanning"),
        ("/download/report.csv?subject=hebei-202&year=2024", "hebei-2020"),
        ("/download/report.xls?subject=hebei-2020&year=2024", "report.xlsx"),
        ("/download/values.xlsx", "values.csv"),
        ("/download/", "report.csv"),
    ],
)
def test_what_there_is_not_is_told_with_the_nearest_that_there_is(
    client: TestClient, address: str, nearest: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert nearest in answer.text


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ({"year": "2024x"}, "year=2024"),
        ({"year": ""}, "year=2024"),
        ({"year": "12"}, "1980"),
        ({"year": "99999999999999999999"}, "2100"),
        ({"year": "２０２４"}, "year=2024"),
        ({"data": "both"}, "demonstration"),
        ({"lang": "fr"}, "en"),
        ({"method": "guess"}, "cagr"),
        ({"subject": ""}, "subject=hebei-2020"),
    ],
)
def test_a_wrong_request_is_refused_with_what_would_be_right(
    client: TestClient, wrong: dict[str, str], remedy: str
) -> None:
    answer = client.get("/download/report.xlsx", params={**ASKED, **wrong})
    assert answer.status_code == 400
    assert remedy in answer.text
    assert "Traceback" not in answer.text


def test_a_refusal_is_in_the_readers_language(client: TestClient) -> None:
    said = {
        language: client.get("/download/report.xlsx", params={**ASKED, "year": "x", "lang": language}).text
        for language in ("zh", "en")
    }
    assert said["zh"].startswith("年份")
    assert said["en"].startswith("The year")


def test_the_demonstration_set_is_refused_where_it_is_left_out(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DEMONSTRATION", "false")
    get_settings.cache_clear()
    for address in ("/download/report.xlsx", "/download/values.csv"):
        answer = client.get(address, params=ASKED)
        assert (answer.status_code, "data=real" in answer.text) == (400, True)


def test_a_file_as_known_on_a_day(client: TestClient) -> None:
    early = client.get("/download/values.csv?data=demonstration&known=2001-01-01")
    assert early.status_code == 200 and len(early.text.splitlines()) == 1
    now = client.get("/download/values.csv?data=demonstration")
    assert client.get(f"/download/values.csv?data=demonstration&known={today()}").text == now.text


@pytest.mark.parametrize("given", ["yesterday", "2026-13-01", "20260301x", "2999-01-01", "%3Cscript%3E"])
def test_what_is_no_day_is_refused(client: TestClient, given: str) -> None:
    answer = client.get(f"/download/report.csv?subject=hebei-2020&year=2023&lang=zh&known={given}")
    assert answer.status_code == 400 and "不晚于今天的日期" in answer.text
