"""The template of a zone and year: last year's values, locked labels, lists of units, hard edits as validation."""

import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from exchange.template import COLUMNS, HEAD_ROW, KIND, META, Form, letter
from models import Statistic
from models.enums import Language, Severity, ValueType
from models.relation import Demand, Term
from storage.wording import say
from submissions.edits import OF_KIND, Values
from submissions.figures import offered

FONTS = {Language.ZH: "Microsoft YaHei", Language.EN: "Calibri"}
MADE = datetime(2000, 1, 1)
"""A fixed moment makes the same form the same file."""

WIDTHS = {
    "number": 6,
    "statistic": 46,
    "last_year": 18,
    "last_unit": 12,
    "figure": 18,
    "unit": 12,
    "note": 40,
    "code": 8,
}
FIGURES = ("last_year", "figure")
LINE_HEIGHT = 15
NAME_ROOM = 56
"""Latin letters of a name that go on one line."""
LONGEST_FORMULA, LONGEST_TITLE, LONGEST_MESSAGE = 250, 32, 255
"""What Excel allows in the validation of a cell."""

FACTORS = "unit_factors"
"""The defined name of the table of units on the hidden sheet."""

EXCEL = {"<=": "<=", ">=": ">=", "<": "<", ">": ">", "=": "="}


def write_template(form: Form, last_year: Values) -> bytes:
    """The workbook that a zone fills in; the values of last year stand in the unit each statistic is shown in."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _title(form), "created": MADE})
    sheet = book.add_worksheet(say("template.sheet", form.language))
    _Sheet(form, book, sheet).write(last_year)
    _meta(form, book)
    book.close()
    return kept.getvalue()


def _width(words: str) -> int:
    """How wide words are, counted in Latin letters: a Chinese character takes the room of two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


def _title(form: Form) -> str:
    return say("template.title", form.language, zone=getattr(form.zone, form.language.value), year=form.year)


def _meta(form: Form, book: Any) -> None:
    """The hidden sheet: whose form this is (A, B), and every offered unit with how many base units it is (D, E)."""
    sheet = book.add_worksheet(META)
    sheet.very_hidden()
    sheet.protect()
    told = {"kind": KIND, "form": form.version, "zone": form.zone.code, "year": str(form.year)}
    for row, (name, value) in enumerate(told.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    units = {unit.zh: unit for each in form.rules.statistics.values() for unit in offered(each, form.rules.units)}
    for row, unit in enumerate(units.values()):
        sheet.write_string(row, 3, unit.zh)
        sheet.write_number(row, 4, float(unit.factor))
    book.define_name(FACTORS, f"={META}!$D$1:$E${len(units)}")


class _Sheet:
    """The sheet that is filled in. Rows are counted from 1, as Excel and its formulas do."""

    def __init__(self, form: Form, book: Any, sheet: Worksheet) -> None:
        self.form, self.book, self.sheet = form, book, sheet
        self.rules, self.language = form.rules, form.language
        self.rows: dict[str, int] = dict(self._rows())
        self.text = self._format(text_wrap=True, valign="vcenter")
        self.quiet = self._format(font_color="#5C6775", valign="vcenter")
        self.count = self._format(font_color="#5C6775", valign="vcenter", align="center")
        self.number = self._format(num_format="#,##0.######_ ", font_color="#5C6775", valign="vcenter")
        self.section = self._format(bold=True, bg_color="#EEF1F5")
        head = {"bold": True, "text_wrap": True, "bg_color": "#EEF1F5", "bottom": 1, "valign": "vcenter"}
        self.head = self._format(**head)
        self.head_of_figures = self._format(**head, align="right")
        box: dict[str, Any] = {"locked": False, "border": 1, "border_color": "#9AA5B1", "bg_color": "#FFFDE7"}
        self.figure = self._format(**box, num_format="#,##0.######_ ", align="right", valign="vcenter")
        self.choice = self._format(**box, valign="vcenter")
        self.note = self._format(**box, text_wrap=True, num_format="@", valign="vcenter")

    def _format(self, **properties: Any) -> Any:
        return self.book.add_format({"font_name": FONTS[self.language], "font_size": 10, **properties})

    def _rows(self) -> Iterator[tuple[str, int]]:
        row, before = HEAD_ROW, ""
        for code, statistic in self.rules.statistics.items():
            row += 2 if statistic.section != before else 1
            before = statistic.section
            yield code, row

    def write(self, last_year: Values) -> None:
        sheet = self.sheet
        sheet.write_string("A1", _title(self.form), self._format(bold=True, font_size=14))
        sheet.write_string("A2", say("template.how", self.language), self.quiet)
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, WIDTHS[column], None, {"hidden": column == "code"})
            head = say(f"template.column.{column}", self.language, year=self.form.year, last=self.form.year - 1)
            sheet.write_string(HEAD_ROW - 1, at, head, self.head_of_figures if column in FIGURES else self.head)
        sheet.set_row(HEAD_ROW - 1, 2 * LINE_HEIGHT)
        sheet.freeze_panes(HEAD_ROW, 2)
        before = ""
        for number, (code, row) in enumerate(self.rows.items(), 1):
            statistic = self.rules.statistics[code]
            if statistic.section != before:
                before = statistic.section
                title = say(f"form_section.{before}", self.language)
                sheet.merge_range(row - 2, 0, row - 2, len(COLUMNS) - 2, title, self.section)
            self._line(number, row, statistic, last_year.get(code))
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": False})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW - 1)
        sheet.print_area(0, 0, row - 1, len(COLUMNS) - 2)

    def _line(self, number: int, row: int, statistic: Statistic, last: Decimal | None) -> None:
        sheet, shown = self.sheet, self._shown(statistic)
        lines = 1 + _width(getattr(statistic, self.language.value)) // NAME_ROOM
        sheet.set_row(row - 1, LINE_HEIGHT * lines + 4)
        sheet.write_number(f"{letter('number')}{row}", number, self.count)
        sheet.write_string(f"{letter('statistic')}{row}", getattr(statistic, self.language.value), self.text)
        definition = str(getattr(statistic, f"definition_{self.language.value}"))
        sheet.write_comment(f"{letter('statistic')}{row}", definition, {"x_scale": 2.2, "font_size": 9})
        self._last(row, statistic, last)
        sheet.write_string(f"{letter('last_unit')}{row}", shown.zh, self.quiet)
        sheet.write_blank(f"{letter('figure')}{row}", None, self.figure)
        sheet.write_string(f"{letter('unit')}{row}", shown.zh, self.choice)
        sheet.write_blank(f"{letter('note')}{row}", None, self.note)
        sheet.write_string(f"{letter('code')}{row}", statistic.code, self.quiet)
        units = [unit.zh for unit in offered(statistic, self.rules.units)]
        sheet.data_validation(
            f"{letter('unit')}{row}",
            {"validate": "list", "source": units, "error_message": say("template.unit_list", self.language)},
        )
        self._validate(row, statistic)

    def _shown(self, statistic: Statistic) -> Any:
        units = offered(statistic, self.rules.units)
        return next((unit for unit in units if unit.symbol == statistic.display_unit), units[0])

    def _last(self, row: int, statistic: Statistic, last: Decimal | None) -> None:
        cell = f"{letter('last_year')}{row}"
        if last is None:
            self.sheet.write_string(cell, "—", self.quiet)
        elif statistic.value_type is ValueType.YES_NO:
            self.sheet.write_string(cell, say(f"figure.{'yes' if last else 'no'}", self.language), self.quiet)
        else:
            factor = self.rules.units[statistic.unit].factor / self._shown(statistic).factor
            self.sheet.write_number(cell, float(last * factor), self.number)

    def _validate(self, row: int, statistic: Statistic) -> None:
        """The hard edits of a cell as far as Excel can ask them; whoever reads the form back asks all of them."""
        cell = f"{letter('figure')}{row}"
        if statistic.value_type is ValueType.YES_NO:
            answers = [say(f"figure.{each}", self.language) for each in ("yes", "no")]
            told = say("template.yes_or_no", self.language)
            self.sheet.data_validation(cell, {"validate": "list", "source": answers, "error_message": told})
            return
        formula, message = f"ISNUMBER({cell})", say("template.number", self.language)
        for condition, words in self._conditions(statistic, cell):
            if len(formula) + len(condition) > LONGEST_FORMULA:
                break
            formula, message = f"{formula},{condition}", message + words
        self.sheet.data_validation(
            cell,
            {
                "validate": "custom",
                "value": f"=AND({formula})",
                "error_title": getattr(statistic, self.language.value)[:LONGEST_TITLE],
                "error_message": message[:LONGEST_MESSAGE],
            },
        )

    def _conditions(self, statistic: Statistic, cell: str) -> Iterator[tuple[str, str]]:
        if OF_KIND["whole"](statistic):
            yield f"{cell}=INT({cell})", say("template.whole", self.language)
        if OF_KIND["not_negative"](statistic):
            yield f"{cell}>=0", say("template.not_negative", self.language)
        for row, demand in self.rules.read:
            if row.severity is Severity.HARD and _is_plain(demand) and statistic.code in demand.items:
                yield (
                    self._comparison(demand, statistic.code),
                    say("template.relation", self.language, **self._names(demand)),
                )

    def _names(self, demand: Demand) -> dict[str, str]:
        left, right = ("+".join(map(self._name, side)) for side in (demand.relation.left, demand.relation.right))
        return {"left": left, "right": right, "sign": demand.relation.comparison}

    def _name(self, term: Term) -> str:
        name = getattr(self.rules.statistics[str(term.item)], self.language.value)
        return name if term.factor == 1 else f"{term.factor:f}×{name}"

    def _comparison(self, demand: Demand, code: str) -> str:
        """The relation in Excel; true where another cell that it needs is still empty."""
        blanks = [f'{letter("figure")}{self.rows[item]}=""' for item in demand.items if item != code]
        sides = ["+".join(map(self._stored, side)) for side in (demand.relation.left, demand.relation.right)]
        return f"OR({','.join([*blanks, EXCEL[demand.relation.comparison].join(sides)])})"

    def _stored(self, term: Term) -> str:
        """A cell's figure in the stored unit. Where one unit is offered the cell is in it."""
        statistic = self.rules.statistics[str(term.item)]
        row = self.rows[statistic.code]
        figure = f"{letter('figure')}{row}"
        times = "" if term.factor == 1 else f"{term.factor:f}*"
        if len(offered(statistic, self.rules.units)) == 1:
            return f"{times}{figure}"
        factor = self.rules.units[statistic.unit].factor
        return f"{times}{figure}*VLOOKUP({letter('unit')}{row},{FACTORS},2,0)/{factor:f}"


def _is_plain(demand: Demand) -> bool:
    """A comparison of this year's figures, asked always: what a single cell can be held against."""
    terms = demand.relation.left + demand.relation.right
    return (
        not demand.each
        and not demand.condition
        and demand.relation.comparison in EXCEL
        and all(term.item and not term.item.startswith("last.") for term in terms)
    )
