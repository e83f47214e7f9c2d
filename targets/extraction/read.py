"""Bytes of a document to the text that is stored once and never edited: txt, html, docx, pdf.

What a file is, is told by its content first and by its name second. What cannot be read is refused in one sentence.
"""

import io
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable

from charset_normalizer import from_bytes

from models.errors import DocumentRefused
from models.extraction import SourceText
from targets.extraction.read_markup import read_docx, read_html
from targets.extraction.read_pdf import read_pdf

LARGEST = 30 * 2**20
LARGEST_UNPACKED = 100 * 2**20
MOST_TIMES_UNPACKED = 200
LARGEST_WORD_XML = 20 * 2**20
MOST_MEMBERS = 5000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MOST_CONTROL = 0.005
"""More control characters than this part of a text: it is no text."""

MOST_UNREADABLE = 0.002
"""A text in which no more than this part of the characters is hurt is read, with a note."""

LETTER = re.compile(r"[^\W\d_]")
MARKUP = re.compile(
    rb"\s*(?:<!--.{0,300}?-->\s*)?<(?:!doctype html|html|head|body|\?xml[^>]{0,200}>\s*<(?:!doctype html|html))",
    re.I | re.S,
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.I)
CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "big5-hkscs": "big5hkscs"}
WORD = "word/document.xml"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
PICTURE = "this is a picture; have its text read by OCR first and choose the result"
NOT_TEXT = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"{\\rtf", "this is a document in Rich Text Format; open it and save it as .docx"),
    (b"\x1f\x8b", "the file is packed (gzip); unpack it and choose the document in it"),
    (b"Rar!", "the file is packed (rar); unpack it and choose the document in it"),
    (b"7z\xbc\xaf", "the file is packed (7z); unpack it and choose the document in it"),
    (b"MIME-Version:", "this is a web archive (.mht); save the page as .html or its text as .txt"),
)
IN_ZIP = (
    ("xl/workbook.xml", "this is a spreadsheet (.xlsx), which holds no running text; choose a txt, html, docx or pdf"),
    ("ppt/presentation.xml", "these are slides (.pptx); save their text as .docx or .txt"),
    ("OFD.xml", "this is an .ofd document; open it and save it as PDF"),
    ("content.xml", "this is an OpenDocument file; open it and save it as .docx"),
)


ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


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
        if LOCKED in data:
            raise DocumentRefused("this Office document is encrypted; open it with its password and save it without")
        raise DocumentRefused("this is a .doc, .wps or .xls of the old kind; open it and save it as .docx")
    for begins, says in NOT_TEXT:
        if data.startswith(begins):
            raise DocumentRefused(says)
    begun = data[:1024].find(b"%PDF-")
    if begun == 0 or (begun > 0 and b"endobj" in data):  # A text may speak of %PDF-; a PDF has objects.
        return read_pdf
    if data.startswith(ZIP):
        return _read_zip
    if MARKUP.match(data[:2000].lstrip(b"\xef\xbb\xbf")) or name.lower().endswith((".html", ".htm")):
        return _read_html
    return _read_text


def _read_zip(data: bytes, name: str) -> SourceText:
    """A docx is a zip; what it would unpack to is known before anything is unpacked, and only its text is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_members(packed.infolist(), len(data))
            with packed.open(WORD) as document:
                return read_docx(data, name, document)
    except DocumentRefused:
        raise
    except RuntimeError:  # so zipfile calls a member that needs a password, or a method of packing that it lacks
        raise DocumentRefused("the archive is encrypted or packed in an unknown way; save the document anew") from None
    except (zipfile.BadZipFile, ValueError, OSError, struct.error):
        raise DocumentRefused("the file is a damaged archive; fetch it again") from None


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(each.file_size for each in members)
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS or unpacked > MOST_TIMES_UNPACKED * size:
        raise DocumentRefused("the file unpacks to far more than a document holds and is not opened; save it anew")
    names = {each.filename: each.file_size for each in members}
    if names.get(WORD, 0) > LARGEST_WORD_XML:
        raise DocumentRefused("the Word document holds far more text than a policy; save the part that is one")
    if WORD not in names:
        known = next((says for member, says in IN_ZIP if member in names), None)
        raise DocumentRefused(
            known or "the file is an archive but no Word document (.docx); unpack it and choose the text"
        )


def _read_html(data: bytes, name: str) -> SourceText:
    said = CHARSET.search(data[:4000])
    text, encoding, notes = decode(data, said[1].decode("ascii").lower() if said else "")
    return read_html(data, name, text, encoding, notes)


def _read_text(data: bytes, name: str) -> SourceText:
    text, encoding, notes = decode(data)
    if "\x00" in text or len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise DocumentRefused(
            "the file is no plain text (it holds NUL or other control characters); choose a txt, html, docx or pdf"
        )
    return SourceText(name, "text/plain", encoding, data, text, notes)


def decode(data: bytes, said: str = "") -> tuple[str, str, tuple[str, ...]]:
    """The text of bytes, the name of their encoding, and what is to be noted.

    UTF-8 if they are, else what the page says of itself if it is Chinese and true, else the most likely. A few hurt
    characters become U+FFFD, and the note says how many.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return *_strictly(data, encoding), ()
    for encoding in dict.fromkeys(("utf-8", CHINESE.get(said, "gb18030"), "gb18030")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _reads_as_chinese(text):
            return text, encoding, ()
    hurt = _with_hurt_characters(data)
    if hurt is not None:
        return hurt
    best = from_bytes(data[:200_000]).best()
    return *_strictly(data, best.encoding if best is not None else "utf-8"), ()


def _with_hurt_characters(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """A text of which a web server or a cut hurt single characters; None where it is more than that."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        count = text.count("\ufffd")
        if count <= max(2, MOST_UNREADABLE * len(text)) and count * 20 < len(text) and _reads_as_chinese(text):
            return text, encoding, (f"characters that cannot be read and stand as U+FFFD: {count}",)
    return None


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
