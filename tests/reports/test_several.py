"""A report about a chosen set: several zones, groups, regions or policies in one."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from models.enums import DataSet, Language
from models.errors import UnknownId
from reports.formats import FORMATS, file_name
from reports.gap_report import Report, Subject, build_report
from storage.queries import Snapshot
from tests.reports.test_paper import of_docx, of_pdf, squeezed
from tests.world import allocated

Founding = Callable[[DataSet], Snapshot]


def built(founding: Founding, codes: str, language: Language = Language.ZH) -> Report:
    snapshot = founding(DataSet.DEMONSTRATION)
    return build_report(snapshot, Subject.find(snapshot, codes), 2024, language)


def keys(report: Report) -> list[tuple[str, str]]:
    return [(row.target_id, row.place_code) for row in report.rows]


def test_a_set_has_the_rows_of_each_in_their_order(founding: Founding) -> None:
    both = built(founding, "baoding,ordos")
    assert keys(both) == [*keys(built(founding, "baoding")), *keys(built(founding, "ordos"))]
    assert both.title == "保定高新区、鄂尔多斯高新区政策目标差距报告（截至 2024 年）"
    assert [row.number for row in both.rows] == list(range(1, len(both.rows) + 1))
    assert len(both.pictures) == sum(len(built(founding, each).pictures) for each in ("baoding", "ordos"))


def test_what_is_in_two_of_the_chosen_is_told_once(founding: Founding) -> None:
    whole = keys(built(founding, "hebei-2020"))
    both = keys(built(founding, "hebei-2020,130000"))
    assert len(both) == len(set(both)) and set(whole) <= set(both)


@pytest.mark.parametrize("codes", ["baoding", "baoding,baoding", " baoding , ", ",baoding,"])
def test_one_is_not_a_set(founding: Founding, codes: str) -> None:
    assert built(founding, codes) == built(founding, "baoding")


@pytest.mark.parametrize("codes", ["baoding,nowhere", "nowhere,baoding", ",", ""])
def test_what_names_nothing_is_told(founding: Founding, codes: str) -> None:
    with pytest.raises(UnknownId) as refused:
        Subject.find(founding(DataSet.REAL), codes)
    assert refused.value.what == "subject" and "baoding" not in refused.value.wanted.split(",")


def test_many_are_counted_in_the_title(founding: Founding) -> None:
    codes = "baoding,tangshan,chengde,cangzhou,ordos"
    assert built(founding, codes).title.startswith("保定高新区、唐山高新区、承德高新区等 5 个对象的政策目标差距报告")
    assert "and others (5)" in built(founding, codes, Language.EN).title


def test_the_groups_targets_of_each_zone_say_whose_part_it_is(founding: Founding) -> None:
    shares = built(founding, "baoding,tangshan").shares
    assert {share.title.rpartition(" · ")[2] for share in shares} == {"保定高新区", "唐山高新区"}


def test_allocated_shares_of_all_are_told(founding: Founding) -> None:
    target = "inner-mongolia-2021/rd-intensity-national"
    snapshot = allocated(founding(DataSet.DEMONSTRATION), target, **{"ordos": "2.8", "baotou-rare-earth": "2.6"})
    report = build_report(snapshot, Subject.find(snapshot, "ordos,baoding,150000"), 2024, Language.ZH)
    assert sorted(line.place_code for line in report.allocated) == ["baotou-rare-earth", "ordos"]


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_written(founding: Founding, ending: str) -> None:
    report = built(founding, "baoding,inner-mongolia-2021")
    content = FORMATS[ending].write(report)
    assert "/" not in file_name(report) and "," not in file_name(report)
    words = {"pdf": of_pdf, "docx": of_docx}
    if ending in words:
        assert squeezed(report.title) in words[ending](content)
    if ending == "xlsx":
        assert len(list(load_workbook(io.BytesIO(content))["目标"].iter_rows(min_row=3))) == len(report.rows)
