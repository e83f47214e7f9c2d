"""Bytes of a document to the text that is stored once and never edited: txt, html, docx, pdf.

What a file is, is told by its content first and by its name second. What cannot be read is refused in one sentence.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable

from charset_normalizer import from_bytes

from models.errors import DocumentRefused
from models.extraction import SourceText
from targets.extraction.read_markup import read_docx, read_html
from targets.extraction.read_pdf import read_pdf

LARGEST = 30 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_TIMES_UNPACKED = 200
MOST_MEMBERS = 5000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MOST_CONTROL = 0.005
"""More control characters than this part of a text: it is no text."""

LETTER = re.compile(r"[^\W\d_]")
MARKUP = re.compile(rb"^\s*(?:<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<(?:!doctype html|html))", re.IGNORECASE)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_document(data: bytes, name: str) -> SourceText:
    """The text of a document; raises DocumentRefused with what is wrong, why, and what to do."""
    if not data.strip():
        raise DocumentRefused("the file is empty; choose the file that holds the policy's text")
    if len(data) > LARGEST:
        size = f"{len(data) // 2**20} MB"
        raise DocumentRefused(f"the file is too large ({size}; at most {LARGEST // 2**20} MB); save the text alone")
    found = _reader(data, name)(data, name)
    if not LETTER.search(found.text):
        raise DocumentRefused("there is no text in the file; if its pages are pictures, have them read by OCR first")
    return found


def _reader(data: bytes, name: str) -> Callable[[bytes, str], SourceText]:
    if data.startswith(OLD_OFFICE):
        raise DocumentRefused("this is a .doc, .wps or .xls of the old kind; open it and save it as .docx")
    if b"%PDF-" in data[:1024]:
        return read_pdf
    if data.startswith(b"PK"):
        return _read_zip
    if MARKUP.match(data[:2000].lstrip(b"\xef\xbb\xbf")) or name.lower().endswith((".html", ".htm")):
        return _read_html
    return _read_text


def _read_zip(data: bytes, name: str) -> SourceText:
    """A docx is a zip; what it would unpack to is known before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    except Exception:  # a hostile archive makes its parser raise whatever it likes
        raise DocumentRefused("the file is a damaged archive; fetch it again") from None
    unpacked = sum(each.file_size for each in members)
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS or unpacked > MOST_TIMES_UNPACKED * len(data):
        raise DocumentRefused("the file unpacks to far more than a document holds and is not opened; save it anew")
    if "word/document.xml" not in {each.filename for each in members}:
        raise DocumentRefused("the file is an archive but no Word document (.docx); unpack it and choose the text")
    return read_docx(data, name)


def _read_html(data: bytes, name: str) -> SourceText:
    text, encoding = decode(data)
    return read_html(data, name, text, encoding)


def _read_text(data: bytes, name: str) -> SourceText:
    text, encoding = decode(data)
    if len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise DocumentRefused("the file is no text (it holds control characters); choose a txt, html, docx or pdf")
    return SourceText(name, "text/plain", encoding, data, text)


def decode(data: bytes) -> tuple[str, str]:
    """The text of bytes and the name of their encoding: UTF-8, else the most likely of the Chinese ones."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, encoding)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _reads_as_chinese(text):
            return text, encoding
    best = from_bytes(data[:200_000]).best()
    return _strictly(data, best.encoding if best is not None else "utf-8")


def _strictly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError):
        raise DocumentRefused(
            "the characters of the file cannot be read (mixed or unknown encoding); save it as UTF-8"
        ) from None


def _reads_as_chinese(text: str) -> bool:
    """Whether most of what is beyond ASCII are common characters: random bytes decode as GB18030 too."""
    beyond = [each for each in text[:20_000] if ord(each) > 127]
    if not beyond:
        return True
    common = sum(
        "\u4e00" <= each <= "\u9fa5" or each in "，。、；：？！“”‘’（）《》〔〕【】—…·％　\u00a0" for each in beyond
    )
    frequent = sum(count for _, count in Counter(beyond).most_common(40))
    return common >= 0.8 * len(beyond) and (len(beyond) < 200 or frequent >= 0.25 * len(beyond))
