"""The form as a workbook: written, filled in by openpyxl and by LibreOffice, read back; what is no form is refused."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.template import HEAD_ROW, META, Form, letter
from exchange.template_read import LARGEST, CellProblem, DryRun, read_template
from exchange.template_xlsx import write_template
from models.enums import DataSet, Language, PlaceKind, Severity
from models.errors import TemplateRefused
from models.places import Place
from storage.engine import make_engine, reading
from storage.wording import say
from submissions.edits import read_rules, reported_figures

ZONE = Place(code="baoding", kind=PlaceKind.ZONE, zh="保定高新区", en="Baoding High-tech Zone", position=0)
OTHER_ZONE = Place(code="tangshan", kind=PlaceKind.ZONE, zh="唐山高新区", en="Tangshan High-tech Zone", position=1)
YEAR = 2024
Fill = Callable[[Worksheet, dict[str, int]], object]


@pytest.fixture(scope="session")
def form(founding_database: str) -> Form:
    with reading(make_engine(founding_database)) as session:
        return Form(read_rules(session), ZONE, YEAR)


@pytest.fixture(scope="session")
def figures(founding_database: str) -> dict[int, dict[str, Decimal]]:
    """The demonstration values of the zone, by year."""
    with reading(make_engine(founding_database)) as session:
        reported = reported_figures(session, DataSet.DEMONSTRATION)
    return {year: values for (zone, year), values in reported.items() if zone == ZONE.code}


@pytest.fixture(scope="session")
def template(form: Form, figures: dict[int, dict[str, Decimal]]) -> bytes:
    return write_template(form, figures[YEAR - 1])


def rows_of(sheet: Worksheet) -> dict[str, int]:
    cells = [sheet[f"{letter('code')}{row}"] for row in range(HEAD_ROW + 1, sheet.max_row + 1)]
    return {cell.value: cell.row for cell in cells if cell.value}


def changed(template: bytes, fill: Fill) -> bytes:
    """The workbook after somebody worked in it."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    fill(sheet, rows_of(sheet))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def put(**cells: object) -> Fill:
    """Figures by statistic; `exports_unit` and `exports_note` are the cells beside them."""

    def fill(sheet: Worksheet, rows: dict[str, int]) -> None:
        for name, value in cells.items():
            code, _, column = name.rpartition("_")
            column = column if column in ("unit", "note") else "figure"
            row = rows[code if column != "figure" else name]
            sheet[f"{letter(column)}{row}"] = value

    return fill


@pytest.fixture
def read(form: Form, figures: dict[int, dict[str, Decimal]]) -> Callable[..., DryRun]:
    def ran(data: bytes, name: str = "form.xlsx", of: Form = form) -> DryRun:
        return read_template(data, name, of, figures[YEAR - 1], {})

    return ran


def all_of(form: Form, values: dict[str, Decimal]) -> Fill:
    """The values in the stored unit, as numbers."""

    def fill(sheet: Worksheet, rows: dict[str, int]) -> None:
        for code, value in values.items():
            statistic = form.rules.statistics[code]
            sheet[f"{letter('figure')}{rows[code]}"] = float(value)
            sheet[f"{letter('unit')}{rows[code]}"] = form.rules.units[statistic.unit].zh

    return fill


def test_a_filled_form_gives_the_same_figures_and_no_problem(
    form: Form, figures: dict[int, dict[str, Decimal]], template: bytes, read: Callable[..., DryRun]
) -> None:
    wanted = {code: value for code, value in figures[YEAR].items() if code != "eco_transformed"}
    data = changed(template, lambda *where: (all_of(form, wanted)(*where), put(eco_transformed="否")(*where)))
    found = read(data)
    assert {each.statistic: each.understood.value for each in found.cells} == {**wanted, "eco_transformed": 0}
    assert [each.en for each in found.problems if each.severity is Severity.HARD] == []


def test_the_form_shows_last_year_and_locks_all_but_what_is_typed(
    form: Form, figures: dict[int, dict[str, Decimal]], template: bytes
) -> None:
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    rows = rows_of(sheet)
    assert list(rows) == list(form.rules.statistics)
    assert sheet.protection.sheet and sheet.freeze_panes == f"C{HEAD_ROW + 1}"
    assert book[META].sheet_state == "veryHidden"
    assert sheet.column_dimensions[letter("code")].hidden
    for code, row in rows.items():
        statistic = form.rules.statistics[code]
        locked = {name: sheet[f"{letter(name)}{row}"].protection.locked for name in ("statistic", "last_year", "code")}
        assert set(locked.values()) == {True}
        typed = {sheet[f"{letter(name)}{row}"].protection.locked for name in ("figure", "unit", "note")}
        assert typed == {False}
        assert sheet[f"B{row}"].value == statistic.zh
        assert sheet[f"B{row}"].comment.text.endswith(statistic.definition_zh)
    shown = form.rules.units["亿元"].factor / form.rules.units["千元"].factor
    exports = sheet[f"{letter('last_year')}{rows['exports']}"].value
    assert Decimal(str(exports)) * shown == pytest.approx(figures[YEAR - 1]["exports"])


def test_units_are_lists_and_hard_edits_validate_the_cells(form: Form, template: bytes) -> None:
    sheet = load_workbook(io.BytesIO(template)).worksheets[0]
    rules = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    rows = rows_of(sheet)
    assert rules[f"F{rows['exports']}"].formula1 == '"千元,万元,亿元"'
    assert rules[f"E{rows['eco_transformed']}"].formula1 == '"是,否"'
    part = rules[f"E{rows['hte_over_10b']}"]
    assert part.formula1.startswith(f"AND(ISNUMBER(E{rows['hte_over_10b']})")
    assert f"E{rows['hte_over_10b']}=INT(E{rows['hte_over_10b']})" in part.formula1
    assert f"E{rows['hte_over_10b']}<=E{rows['hte_over_1b']}" in part.formula1
    assert "十亿级高新技术企业数" in part.error
    for code, row in rows.items():
        assert len(rules[f"E{row}"].formula1) <= 255, code
    assert "VLOOKUP" in rules[f"E{rows['exports']}"].formula1


def test_every_problem_is_told_at_once_by_its_cell(template: bytes, read: Callable[..., DryRun]) -> None:
    rows = rows_of(load_workbook(io.BytesIO(template)).worksheets[0])
    wrong = put(
        exports="1.2.3",
        exports_unit="万元",
        net_profit="=cmd|' /C calc'!A0",
        enterprises="12.5",
        zone_gdp=5,
        zone_gdp_unit="公斤",
        hte_over_1b=3,
        hte_over_10b=4,
        eco_transformed="也许",
        taxes_paid_note="停报",
    )
    book = load_workbook(io.BytesIO(template))
    wrong(book.worksheets[0], rows)
    book.worksheets[0][f"E{rows['net_profit']}"].data_type = "s"
    kept = io.BytesIO()
    book.save(kept)
    found = read(kept.getvalue())
    told: dict[str, list[CellProblem]] = {}
    for each in found.problems:
        told.setdefault(each.cell, []).append(each)
    for code, words in {
        "exports": "1.2.3",
        "net_profit": "公式",
        "enterprises": "整数",
        "eco_transformed": "是或否",
        "hte_over_10b": "百亿级",
    }.items():
        assert any(words in each.zh for each in told[f"E{rows[code]}"]), code
    assert "公斤" in told[f"F{rows['zone_gdp']}"][0].zh
    assert f"E{rows['taxes_paid']}" not in told  # Empty with a reason.
    assert "未填报" in told[f"E{rows['operating_revenue']}"][0].zh
    assert found.unreadable == {"exports", "net_profit", "eco_transformed"}
    assert {each.typed for each in found.cells if each.statistic == "exports"} == {"1.2.3"}


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        (1.2, "亿元", "120000"),
        ("1.2亿", "万元", "120000"),
        ("１，２３４．５", "千元", "1234.5"),
        (0.1 + 0.2, "千元", "0.3"),
        (12345678901.5, "千元", "12345678901.5"),
        ("—", "千元", None),
        (None, "千元", None),
        ("0.0000001", "亿元", "0.01"),
    ],
)
def test_a_cell_is_understood_as_on_the_screen(
    template: bytes, read: Callable[..., DryRun], typed: object, unit: str, value: str | None
) -> None:
    found = read(changed(template, put(exports=typed, exports_unit=unit)))
    (cell,) = [each for each in found.cells if each.statistic == "exports"]
    assert cell.understood.problem is None
    assert cell.understood.value == (None if value is None else Decimal(value))


def test_an_explained_soft_edit_is_no_problem(
    template: bytes, read: Callable[..., DryRun], figures: dict[int, dict[str, Decimal]]
) -> None:
    ten_times = float(figures[YEAR - 1]["exports"] * 10)
    asked = read(changed(template, put(exports=ten_times, exports_unit="千元")))
    assert "10倍" in " ".join(each.zh for each in asked.problems if each.statistic == "exports")
    told = read(changed(template, put(exports=ten_times, exports_unit="千元", exports_note="新投产大型企业")))
    soft = [each for each in told.problems if each.statistic == "exports" and each.severity is Severity.SOFT]
    assert soft == []


WITH_MACROS = (b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><workbook '


def other(form: Form, **what: Any) -> bytes:
    return write_template(replace(form, **what), {})


def packed(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return kept.getvalue()


def with_part(template: bytes, name: str, content: bytes) -> bytes:
    kept = io.BytesIO(template)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return kept.getvalue()


def replaced(template: bytes, part: str, old: bytes, new: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as before, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.infolist():
            content = before.read(each)
            assert each.filename != part or old in content
            after.writestr(each.filename, content.replace(old, new) if each.filename == part else content)
    return kept.getvalue()


def test_what_is_not_the_form_asked_for_is_refused_in_one_sentence(
    form: Form, template: bytes, read: Callable[..., DryRun]
) -> None:
    types = "[Content_Types].xml"
    statistics = dict(list(form.rules.statistics.items())[:-1])
    bomb = with_part(template, "xl/media/a.xml", b"0" * 60_000_000)
    assert len(bomb) < LARGEST
    foreign = io.BytesIO()
    Workbook().save(foreign)
    cases = [
        ("other_zone", other(form, zone=OTHER_ZONE), "a.xlsx"),
        ("other_year", other(form, year=2023), "a.xlsx"),
        ("other_form", other(form, rules=replace(form.rules, statistics=statistics)), "a.xlsx"),
        ("other_file", foreign.getvalue(), "a.xlsx"),
        ("macros", template, "a.xlsm"),
        ("macros", with_part(template, "xl/vbaProject.bin", b"\0"), "a.xlsx"),
        ("macros", replaced(template, types, *WITH_MACROS), "a.xlsx"),
        ("too_large", b"PK\x03\x04" + bytes(200_000_000), "a.xlsx"),
        ("bomb", bomb, "a.xlsx"),
        ("bomb", packed(**{f"part{n}": b"" for n in range(300)}), "a.xlsx"),
        ("old_excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.xlsx"),
        ("no_workbook", "序号,指标\n".encode(), "a.xlsx"),
        ("no_workbook", b"", "a.xlsx"),
        ("no_workbook", packed(a_dot_txt=b"a"), "a.xlsx"),
        ("damaged", template[: len(template) // 2], "a.xlsx"),
        ("damaged", b"PK\x03\x04" + bytes(100), "a.xlsx"),
        ("damaged", replaced(template, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData"), "a.xlsx"),
        ("damaged", replaced(template, "xl/workbook.xml", b"<workbook ", ENTITY), "a.xlsx"),
        ("uncalculated", changed(template, put(exports="=1+1")), "a.xlsx"),
        ("incomplete", changed(template, lambda sheet, rows: sheet.delete_rows(rows["eco_transformed"])), "a.xlsx"),
    ]
    for kind, data, name in cases:
        with pytest.raises(TemplateRefused) as refusal:
            read(data, name)
        assert refusal.value.kind == kind, (kind, str(refusal.value))
        assert str(refusal.value) == say(f"template.refused.{kind}", Language.EN, **refusal.value.values)
        chinese = say(f"template.refused.{kind}", Language.ZH, **refusal.value.values)
        assert re.fullmatch(r"[^。]+。", chinese), chinese


@pytest.mark.parametrize("seed", range(60))
def test_a_hurt_file_is_refused_or_read_and_nothing_else(
    template: bytes, read: Callable[..., DryRun], seed: int
) -> None:
    hurt = bytearray(template)
    for step in range(1 + seed % 5):
        hurt[(seed * 7919 + step * 104729) % len(hurt)] ^= 1 + (seed * 31 + step) % 255
    try:
        assert isinstance(read(bytes(hurt)), DryRun)
    except TemplateRefused as refusal:
        assert str(refusal)


def test_names_that_look_like_formulas_are_texts(form: Form) -> None:
    hostile = Place(code="=1+1", kind=PlaceKind.ZONE, zh="=cmd|' /C calc'!A0", en="@x", position=0)
    data = write_template(replace(form, zone=hostile), {})
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_the_same_form_is_the_same_file(form: Form) -> None:
    assert write_template(form, {}) == write_template(form, {})


def test_the_english_form_has_no_chinese_but_its_units(form: Form) -> None:
    sheet = load_workbook(io.BytesIO(write_template(replace(form, language=Language.EN), {}))).worksheets[0]
    for row in sheet.iter_rows(max_col=2):
        for cell in row:
            assert not re.search("[\u4e00-\u9fff]", str(cell.value)), cell.coordinate


office = shutil.which("soffice")


def through_office(data: bytes, folder: Path) -> bytes:
    """Opened, calculated and saved by LibreOffice."""
    (folder / "in").mkdir()
    (folder / "in" / "form.xlsx").write_bytes(data)
    done = subprocess.run(
        [
            str(office),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(folder / "in" / "form.xlsx"),
        ],
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (folder / "out" / "form.xlsx").read_bytes()


@pytest.mark.skipif(office is None, reason="LibreOffice is not installed: nothing else opens a form as a zone does")
def test_libreoffice_opens_calculates_and_keeps_the_form(
    form: Form,
    figures: dict[int, dict[str, Decimal]],
    template: bytes,
    read: Callable[..., DryRun],
    tmp_path: Path,
) -> None:
    """A formula that was never calculated is refused; after LibreOffice has saved the form its result is taken."""
    numbers = {code: value for code, value in figures[YEAR].items() if code not in ("eco_transformed", "exports")}

    def fill(sheet: Worksheet, rows: dict[str, int]) -> None:
        all_of(form, numbers)(sheet, rows)
        put(exports="=100*12+0.5", exports_unit="万元", eco_transformed="是")(sheet, rows)

    filled = changed(template, fill)
    with pytest.raises(TemplateRefused, match="without its result"):
        read(filled)
    saved = through_office(filled, tmp_path)
    found = {each.statistic: each.understood.value for each in read(saved, "form.xlsx").cells}
    assert found == {**numbers, "exports": Decimal(12005), "eco_transformed": 1}
    sheet = load_workbook(io.BytesIO(saved)).worksheets[0]
    rows = rows_of(sheet)
    assert sheet.protection.sheet and not sheet[f"E{rows['exports']}"].protection.locked
    assert sheet[f"B{rows['exports']}"].comment is not None
    kinds = {each.type for each in sheet.data_validations.dataValidation}
    assert {"list", "custom"} <= kinds
