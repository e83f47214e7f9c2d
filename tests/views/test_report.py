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
