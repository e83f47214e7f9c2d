"""Makes data/templates/gap_report.docx anew: the Word template of the gap report, which a department may restyle.

What stands in {{ … }} and {% … %} is filled in by reports/gap_report_docx.py; everything else is a matter of taste.
"""

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from settings import ROOT

OUT = ROOT / "data" / "templates" / "gap_report.docx"
FONT, LATIN = "Microsoft YaHei", "Calibri"
ACCENT, QUIET = RGBColor(0x12, 0x53, 0xCA), RGBColor(0x5C, 0x67, 0x75)
TARGETS = (
    ("head.number", "row.number"), ("head.title", "row.title"), ("head.place", "row.place"),
    ("head.asked", "row.asked"),    ("head.value", "row.value"), ("head.gap", "row.gap"), ("head.verdict", "row.state"),
)  # fmt: skip
WIDTHS = (1.0, 3.9, 2.8, 3.1, 2.3, 1.9, 2.4)
PART_WIDTHS, SHARE_WIDTHS = (7.4, 3.2, 3.6, 3.2), (4.6, 3.6, 2.2, 2.4, 2.0, 2.6)
MOVE_WIDTHS = (4.4, 2.8, 3.3, 3.3, 3.6)
ALLOCATED_WIDTHS = (4.0, 2.6, 2.6, 2.2, 1.8, 1.9, 2.3)
TO_THE_RIGHT = frozenset("value gap part[1] part[2] part[3] share[2] share[3] share[4] line[3] line[4]".split())


def main() -> None:
    """Writes the template."""
    document = Document()
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    _fields(section.header.paragraphs[0], "{{ mark }}")
    _page_number(section.footer.paragraphs[0])
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{%p if number %}")
    document.add_paragraph("{{ number }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ mark }}")
    document.add_paragraph("{{ first }}")
    document.add_paragraph("{%p for line in summary %}")
    document.add_paragraph("{{ line }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ words.targets }}", style="Heading 1")
    _table(document, TARGETS, "row in rows", WIDTHS)
    _moves(document)
    _each(document)
    _zones(document)
    _end(document)
    document.core_properties.author = document.core_properties.comments = ""
    OUT.parent.mkdir(exist_ok=True)
    document.save(str(OUT))


def _zones(document: DocumentType) -> None:
    """What a zone adds to its groups' targets, and what zones were allocated of them."""
    document.add_paragraph("{%p if shares %}")
    document.add_paragraph("{{ words.shares }}", style="Heading 1")
    _table(document, [(f"shares_head[{at}]", f"share[{at}]") for at in range(6)], "share in shares", SHARE_WIDTHS)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if allocated %}")
    document.add_paragraph("{{ words.allocated }}", style="Heading 1")
    document.add_paragraph("{{ words.allocated_note }}")
    _table(
        document, [(f"allocated_head[{at}]", f"line[{at}]") for at in range(7)], "line in allocated", ALLOCATED_WIDTHS
    )
    document.add_paragraph("{%p endif %}")


def _end(document: DocumentType) -> None:
    """Sources and notes."""
    document.add_paragraph("{{ words.sources }}", style="Heading 1")
    document.add_paragraph("{%p for source in sources %}")
    document.add_paragraph("{{ source.title }} {{ source.published }} {{ source.address }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if not sources %}")
    document.add_paragraph("{{ words.no_sources }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ words.notes }}", style="Heading 1")
    document.add_paragraph("{%p for note in notes %}")
    document.add_paragraph("{{ note }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")


def _moves(document: DocumentType) -> None:
    """What changed since the last report."""
    document.add_paragraph("{{ words.moves }}", style="Heading 1")
    document.add_paragraph("{{ since }}")
    document.add_paragraph("{%p if moves %}")
    _table(document, [(f"moves_head[{at}]", f"move[{at}]") for at in range(5)], "move in moves", MOVE_WIDTHS)
    document.add_paragraph("{%p endif %}")


def _each(document: DocumentType) -> None:
    """A heading, the sentence, the quote, the chart and the parts of each row."""
    document.add_paragraph("{{ words.each }}", style="Heading 1")
    document.add_paragraph("{%p for row in rows %}")
    document.add_paragraph("{{ row.number }}. {{ row.title }} · {{ row.place }}", style="Heading 2")
    document.add_paragraph("{{ row.state }} {{ row.sentence }}").paragraph_format.keep_with_next = True
    document.add_paragraph("{{ row.quote }}", style="Quote").paragraph_format.keep_with_next = True
    document.add_paragraph("{%p if row.picture %}")
    document.add_paragraph("{{ row.picture }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if row.parts %}")
    _table(document, [(f"parts_head[{at}]", f"part[{at}]") for at in range(4)], "part in row.parts", PART_WIDTHS)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def _table(
    document: DocumentType, columns: list[tuple[str, str]] | tuple[tuple[str, str], ...], loop: str,
    widths: tuple[float, ...] = (),
) -> None:  # fmt: skip
    """A header that repeats on each page, and one row that is said again for each."""
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    for at, (head, value) in enumerate(columns):
        table.cell(0, at).text = f"{{{{ {head} }}}}"
        table.cell(2, at).text = f"{{{{ {value} }}}}"
    table.cell(1, 0).text = f"{{%tr for {loop} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.autofit = False
    for at, width in enumerate(widths):
        table.columns[at].width = Cm(width)
        for row in table.rows:
            row.cells[at].width = Cm(width)
        if columns[at][1].removeprefix("row.") in TO_THE_RIGHT:
            for row in (table.rows[0], table.rows[2]):
                row.cells[at].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _lines(table)
    _small(table)


def _lines(table: Table) -> None:
    """Thin lines between the rows and none between the columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        shown = side in ("bottom", "insideH")
        for name, value in (("val", "single" if shown else "nil"), ("sz", "4"), ("color", "C9CED6")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _small(table: Table) -> None:
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
                    run.font.bold = at == 0


def _styles(document: DocumentType) -> None:
    """One font for Latin letters and one for Chinese in every style that is used, or Word falls back."""
    sizes = {"Normal": 10.5, "Title": 18, "Heading 1": 14, "Heading 2": 11.5, "List Bullet": 10.5, "Quote": 10}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in ("w:eastAsia", "w:cs"):
            fonts.set(qn(place), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            if fonts.get(qn(theme)) is not None:
                del fonts.attrib[qn(theme)]
        if name.startswith("Heading"):
            style.font.color.rgb = ACCENT


def _fields(paragraph: object, words: str) -> None:
    run = paragraph.add_run(words)  # type: ignore[attr-defined]
    run.font.size, run.font.color.rgb = Pt(8), QUIET


def _page_number(paragraph: object) -> None:
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()  # type: ignore[attr-defined]
        run.font.size, run.font.color.rgb = Pt(8), QUIET
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


if __name__ == "__main__":
    main()
