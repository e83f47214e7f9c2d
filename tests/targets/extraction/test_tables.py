"""Indicator tables in every form: the same rows give the same targets."""

import io

import docx
import pytest

from models.enums import Kind, Strength
from models.extraction import Candidate, Metadata, SourceText
from targets.extraction import extract
from targets.extraction.read import read_document

HEAD = ["指标", "单位", "2020年", "2025年", "属性"]
ROWS = [
    ["1. 研发投入强度", "%", "2.1", "3.0", "预期性"],
    ["2. 高新技术企业数", "家", "1,200", "≥2,500", "约束性"],
    ["3. 营业总收入", "亿元", "8000", "12000左右", "预期性"],
]
PLAN = Metadata(title="东省高新区“十四五”发展规划", region="东省", issued=2021)


def one_cell_a_line() -> str:
    return (
        "主要目标见下表。\n" + "\n".join(cell for row in [HEAD, *ROWS] for cell in row) + "\n三、主要任务\n加快建设。\n"
    )


def markdown() -> str:
    lines = ["| " + " | ".join(row) + " |" for row in [HEAD, ["---"] * 5, *ROWS]]
    return "主要目标见下表。\n" + "\n".join(lines) + "\n三、主要任务\n"


def html() -> SourceText:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEAD, *ROWS])
    return read_document(f"<html><body><p>目标</p><table>{rows}</table></body></html>".encode(), "a.html")


def word() -> SourceText:
    document, out = docx.Document(), io.BytesIO()
    table = document.add_table(rows=4, cols=5)
    for at, row in enumerate([HEAD, *ROWS]):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    document.save(out)
    return read_document(out.getvalue(), "a.docx")


def words(candidate: Candidate) -> str:
    return (
        f"{candidate.indicator} {candidate.comparator.value} {candidate.value:f} {candidate.unit} {candidate.deadline}"
    )


@pytest.mark.parametrize("make", [one_cell_a_line, markdown, html, word], ids=lambda make: make.__name__)
def test_each_row_is_a_target(make) -> None:  # type: ignore[no-untyped-def]
    source = make()
    text = source if isinstance(source, str) else source.text
    found = [each for each in extract(source, PLAN) if "table.row" in each.rules]
    assert [words(each) for each in found] == [
        "研发投入强度 >= 3.0 % 2025",
        "高新技术企业数 >= 2500 家 2025",
        "营业总收入 ~ 12000 亿元 2025",
    ]
    assert [each.kind for each in found] == [Kind.SHARE, Kind.COUNT, Kind.LEVEL]
    assert [each.strength for each in found] == [Strength.EXPECTED, Strength.BINDING, Strength.EXPECTED]
    for each in found:
        assert text[each.start : each.end] == each.quote
        assert text[each.anchor.start : each.anchor.end] in ("3.0", "2,500", "12000")
    assert [each.tier for each in extract(source, PLAN) if each.tier != "possible"] == ["high"] * 3


def test_a_unit_may_stand_in_the_name_and_a_rate_in_its_own_column() -> None:
    lines = ["指标", "2020年", "2025年", "年均增长", "属性"]
    lines += [
        "全员劳动生产率（万元/人）",
        "18",
        "25",
        "6.8",
        "预期性",
        "单位能耗降低（%）",
        "3",
        "[14.5]",
        "—",
        "约束性",
    ]
    first, second = (each for each in extract("\n".join(lines) + "\n", PLAN) if "table.row" in each.rules)
    assert words(first) == "全员劳动生产率 >= 25 万元/人 2025"
    assert words(second) == "单位能耗降低 >= 14.5 % 2025"
    assert second.direction == -1


@pytest.mark.parametrize(
    "text",
    [
        "指标\n2015年\n2018年\n研发投入强度（%）\n2.1\n2.4\n企业数（家）\n100\n120\n",
        "指标\n完善统计指标。\n",
        "|2025年|\n|---|\n",
        "指标\n2025年\n",
    ],
)
def test_a_table_of_the_past_or_of_words_gives_nothing(text: str) -> None:
    assert [each for each in extract(text, PLAN) if "table.row" in each.rules] == []
