"""Documents of every kind, whole and hostile: a text, or one sentence that says why not."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import DocumentRefused
from targets.extraction import read_pdf
from targets.extraction.pdf_pages import pages_of
from targets.extraction.read import LARGEST, LOCKED, OLD_OFFICE, read_document
from targets.extraction.read_pdf import joined, without_margins
from tests.targets.extraction.pdfs import a_pdf, drawn, encrypted

WORDS = "到2025年，高新技术企业达到500家。"


def a_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、发展目标")
    document.add_paragraph(WORDS)
    table = document.add_table(rows=2, cols=2)
    for at, words in enumerate(["指标", "2025年", "研发投入强度（%）", "3.0"]):
        table.cell(at // 2, at % 2).text = words
    document.add_paragraph("二、任务")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


HTML = (
    "<!DOCTYPE html><html><head><title>题</title><script>var 达到 = '999家';</script><style>p{}</style></head><body>"
    f"<div>{WORDS}</div><script>alert('到2025年达到888家')</script>"
    "<table><tr><th>指标</th><th>2025</th></tr><tr><td>企业数&amp;机构</td><td>500家</td></tr></table></body></html>"
)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (WORDS.encode(), "a.txt", "text/plain"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "a.txt", "text/plain"),
        (WORDS.encode("gbk"), "a.txt", "text/plain"),
        (WORDS.encode("gb18030") * 30, "a", "text/plain"),
        (WORDS.encode("utf-16"), "a.txt", "text/plain"),
        (HTML.encode(), "a.html", "text/html"),
        (HTML.encode("gb18030"), "a.htm", "text/html"),
        (HTML.encode(), "named-wrongly.txt", "text/html"),
        (a_docx(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (a_docx(), "named-wrongly.pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_document_is_read_by_its_content(data: bytes, name: str, kind: str) -> None:
    found = read_document(data, name)
    assert WORDS in found.text
    assert found.media_type == kind
    assert found.original == data


@pytest.mark.parametrize("words", ["本文说明 %PDF- 格式。到2025年达到3家。", "PK赛：到2025年达到3家。", "PK\n高新区"])
def test_a_text_that_speaks_of_a_format_is_a_text(words: str) -> None:
    assert read_document(words.encode(), "a.txt").text == words


def test_a_text_is_exactly_the_decoded_file() -> None:
    odd = "国家級 \u202e高新區(qū)\u200b \r\n\t达到 5 家\n\n"
    assert read_document(odd.encode(), "a.txt").text == odd


def test_scripts_and_styles_of_a_page_are_not_text() -> None:
    text = read_document(HTML.encode(), "a.html").text
    assert "999" not in text and "888" not in text and "{}" not in text
    assert "企业数&机构" in text


@pytest.mark.parametrize(("data", "name"), [(HTML.encode(), "a.html"), (a_docx(), "a.docx")])
def test_cells_of_tables_stand_where_they_say(data: bytes, name: str) -> None:
    found = read_document(data, name)
    cells = {(each.table, each.row, each.column): found.text[each.span.start : each.span.end] for each in found.cells}
    assert cells[0, 0, 0] == "指标"
    assert cells[0, 1, 1] in ("500家", "3.0")
    assert len(cells) == 4


def test_paragraphs_in_a_cell_are_one_entry_and_spans_shift_the_columns() -> None:
    page = (
        "<table><tr><td rowspan=2>类别</td><td colspan=2><p>企业</p><p>数量</p></td><td>1</td></tr>"
        "<tr><td>甲</td><td>乙</td><td>2</td></tr></table>"
    )
    found = read_document(f"<html><body>{page}</body></html>".encode(), "a.html")
    cells = {(each.row, each.column): found.text[each.span.start : each.span.end] for each in found.cells}
    assert cells == {(0, 0): "类别", (0, 1): "企业 数量", (0, 3): "1", (1, 1): "甲", (1, 2): "乙", (1, 3): "2"}


def test_a_page_laid_out_by_a_table_keeps_its_lines() -> None:
    lines = [f"（{at}）加快建设高新区，推动高质量发展，提升自主创新能力，完善服务体系。" for at in range(9)]
    page = "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in lines) + "</td></tr></table>"
    found = read_document(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert found.text.splitlines() == lines and found.cells == ()


def test_a_line_break_of_the_page_s_source_does_not_part_chinese_words() -> None:
    assert (
        read_document("<html><body>高新\n  区 达到\n5 a\nb</body></html>".encode(), "a.htm").text
        == "高新区 达到 5 a b\n"
    )


@pytest.mark.parametrize("open_tag", ["<div>", "<table><tr><td>", "<b>", "<ul><li>"])
def test_a_page_of_any_depth_is_read_to_its_end(open_tag: str) -> None:
    assert WORDS in read_document(f"<html><body>{open_tag * 20_000}{WORDS}".encode(), "a.html").text


def test_insertions_and_content_controls_of_word_are_text_and_deletions_are_not() -> None:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>加上的</w:t></w:r></w:ins><w:del><w:r><w:t>去掉的</w:t></w:r></w:del></w:p>"
    )
    document = f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'.encode()
    assert read_document(a_zip(word__document_xml=document), "a.docx").text == "控件内\n加上的\n"


def test_a_hurt_character_is_noted_and_mixed_encodings_are_refused() -> None:
    hurt = (WORDS * 40).encode()[:-1]
    found = read_document(hurt, "a.txt")
    assert found.text.startswith(WORDS) and found.notes[0].endswith(": 1")
    with pytest.raises(DocumentRefused):
        read_document((WORDS * 40).encode() + (WORDS * 40).encode("gbk"), "a.txt")


def test_a_page_in_big5_is_read_as_it_says_of_itself() -> None:
    words = "到2025年，高新技術企業達到五百家，研發投入提高。"
    page = f'<html><head><meta charset="big5"></head><body><p>{words}</p></body></html>'.encode("big5")
    found = read_document(page, "a.html")
    assert (found.text.strip(), found.encoding) == (words, "big5")


def test_a_pdf_is_read_and_its_page_number_left_out() -> None:
    found = read_document(a_pdf(["Targets of the zone for the year 2025 are these", "- 3 -"]), "a.pdf")
    assert "Targets of the zone" in found.text and "- 3 -" not in found.text


def test_lines_that_the_page_broke_are_joined_and_titles_are_not() -> None:
    lines = ["一、发展目标", "到2025年，全省高新技术企业数量达到五千家，研发投入强度", "达到百分之三以上。", "二、任务"]
    assert joined(lines).splitlines() == [lines[0], lines[1] + lines[2], lines[3]]


def test_a_chinese_pdf_is_read_sentence_by_sentence() -> None:
    pages = [
        ["某省人民政府文件", "一、发展目标", "到2025年，全省高新技术企业数量达到五千家，研发投入强度", "- 1 -"],
        ["某省人民政府文件", "达到百分之三以上。", "指标", "500", "家", "- 2 -"],
        ["某省人民政府文件", "二、任务", "建设五家高新区。", "- 3 -"],
    ]
    sentence = pages[0][2] + pages[1][1]
    assert read_document(a_pdf(*pages), "a.pdf").text.splitlines() == [
        "一、发展目标",
        sentence,
        "指标",
        "500",
        "家",
        "二、任务",
        "建设五家高新区。",
    ]


def test_a_bare_number_at_the_edge_is_a_page_number_only_where_pages_count_on() -> None:
    counted = [["甲", "乙", "丙", "7"], ["丁", "戊", "己", "8"]]
    entries = [["甲", "乙", "丙", "60"], ["丁", "戊", "己", "2025"]]
    assert without_margins(["\n".join(page) for page in counted]) == [page[:3] for page in counted]
    assert without_margins(["\n".join(page) for page in entries]) == entries


def test_a_line_spaced_out_by_the_typesetting_is_closed_up() -> None:
    assert joined(["高 新 区 达 到 5 0 家 以 上"]) == "高新区达到50家以上\n"
    assert joined(["指标 单位 2020年 2025年"]) == "指标 单位 2020年 2025年\n"


@pytest.mark.parametrize("stream", [b"q " * 5_000_000, b"0 0 m 1 1 l S " * 1_000_000], ids=["states", "strokes"])
def test_a_pdf_that_would_be_read_for_minutes_is_given_up(stream: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_pdf, "LONGEST_SECONDS", 2)
    with pytest.raises(DocumentRefused, match="time or memory"):
        read_document(drawn([stream]), "a.pdf")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "empty"),
        (OLD_OFFICE + b"0" * 600, "a.doc", ".docx"),
        (OLD_OFFICE + b"0" * 600, "a.wps", ".docx"),
        (a_pdf([]), "a.pdf", "OCR"),
        (encrypted(a_pdf(["Targets of the zone for the year 2025 are these"])), "a.pdf", "encrypted"),
        (b"%PDF-1.4 nothing that a reader knows", "a.pdf", "PDF"),
        (a_zip(readme=b"words"), "a.docx", "no Word document"),
        (a_zip(word__document_xml=b"<a>"), "a.docx", "damaged"),
        (a_zip(xl__workbook_xml=b"<a/>"), "a.xlsx", "spreadsheet"),
        (OLD_OFFICE + b"0" * 600 + LOCKED, "a.docx", "password"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 600, "a.pdf", "OCR"),
        (rb"{\rtf1\ansi words}", "a.doc", ".docx"),
        (("<html><body>" + "<p>x" * 600_000).encode(), "a.html", "tags"),
        ((WORDS * 50 + "\0").encode(), "a.txt", "NUL"),
        (a_zip(word__document_xml=b"0" * 150_000_000), "a.docx", "unpacks"),
        (b"PK\x03\x04 cut off", "a.docx", "damaged"),
        (bytes(range(256)) * 40, "a.txt", ""),
        (b"\x00" * 5000 + WORDS.encode(), "a.txt", "NUL"),
        (b"1234 5678 \n 90", "a.txt", "no text"),
        (b"a" * (LARGEST + 1), "a.txt", "too large"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, name: str, says: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document(data, name)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value) and len(str(refused.value)) > 20


def test_a_line_of_five_million_characters_is_read() -> None:
    assert len(read_document(("高新区" * 1_700_000).encode(), "a.txt").text) == 5_100_000


WHOLE = {
    "docx": a_docx(),
    "pdf": a_pdf(["Targets of the zone for the year 2025 are these"]),
    "html": HTML.encode(),
    "": b"",
}


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 40_000), st.binary(max_size=20), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(kind: str, at: int, put_in: bytes, cut_out: int) -> None:
    whole = WHOLE[kind]
    at %= len(whole) + 1
    data = whole[:at] + put_in + whole[at + cut_out :]
    try:
        found = read_document(data, "a.docx")
    except DocumentRefused:
        return
    for each in found.cells:
        assert 0 <= each.span.start < each.span.end <= len(found.text)


HURT_PDF = a_pdf(["一、发展目标", WORDS], [WORDS])


@given(st.integers(0, len(HURT_PDF)), st.binary(max_size=20), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_a_hurt_pdf_gives_pages_or_a_known_reason(at: int, put_in: bytes, cut_out: int) -> None:
    found = pages_of(HURT_PDF[:at] + put_in + HURT_PDF[at + cut_out :])
    assert "pages" in found or found["refused"] in read_pdf.WHY
