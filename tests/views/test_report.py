"""The screen Reports: every format at once."""

import io
from zipfile import ZipFile

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from models.enums import Language
from settings import ROOT
from storage.wording import say


@pytest.mark.usefixtures("settings_of_founding")
@pytest.mark.parametrize("language", Language)
def test_every_format_is_made_when_asked_for_and_offered_as_one_file(
    monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    given: list[bytes] = []
    monkeypatch.setattr(st, "download_button", lambda _label, content, *_names, **_how: given.append(content))
    test = AppTest.from_file(str(ROOT / "views" / "report.py"), default_timeout=60)
    address = {"lang": language.value, "data": "demonstration", "year": "2023", "subject": "nanning"}
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not given, "nothing is made before somebody asks"
    button = test.button(key="report_all")
    assert button.label == say("reports.all", language)
    button.click().run()
    assert not test.exception
    with ZipFile(io.BytesIO(given[0])) as folder:
        assert [name.rpartition(".")[2] for name in folder.namelist()] == ["pdf", "docx", "xlsx", "csv"]
        assert all("2023" in name for name in folder.namelist())


@pytest.mark.usefixtures("settings_of_founding")
def test_several_subjects_are_chosen_into_one_report_and_out_again() -> None:
    test = AppTest.from_file(str(ROOT / "views" / "report.py"), default_timeout=60)
    for name, value in {"lang": "zh", "data": "demonstration", "year": "2024", "subject": "baoding"}.items():
        test.query_params[name] = value
    test.run()
    test.multiselect(key="report_together").set_value(["ordos", "130000"]).run()
    assert not test.exception
    assert test.query_params["subject"] in ("baoding,ordos,130000", ["baoding,ordos,130000"])
    words = " ".join(str(each.proto.body) for each in test.get("html"))
    assert "保定高新区、鄂尔多斯高新区、河北省政策目标差距报告" in words
    assert "subject=baoding%2Cordos%2C130000" in words
    test.multiselect(key="report_together").set_value([]).run()
    assert test.query_params["subject"] in ("baoding", ["baoding"])
