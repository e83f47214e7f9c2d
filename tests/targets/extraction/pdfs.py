"""PDFs written by hand, with Chinese text in a font that says what its codes mean."""

import io
import zlib

import pypdf

SIZE = 12


def a_pdf(*pages: list[str]) -> bytes:
    """A page for each list of lines; a page without lines has no text."""
    codes = "\n".join(f"<{each}> <{each}>" for each in sorted({_code(c) for page in pages for c in "".join(page)}))
    said = f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 9 beginbfchar {codes} endbfchar endcmap"
    return drawn([_drawing(page) for page in pages], said.encode())


def _code(character: str) -> str:
    return character.encode("utf-16-be").hex().upper()


def _drawing(lines: list[str]) -> bytes:
    shown = " ".join(f"<{''.join(map(_code, line))}> Tj T*" for line in lines)
    return f"BT /F1 {SIZE} Tf 72 720 Td {SIZE + 2} TL {shown} ET".encode()


def drawn(pages: list[bytes], said: bytes = b"") -> bytes:
    """A PDF with a page for each drawing, packed; `said` is what the codes of its font mean."""
    first = 6
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(said),
    ]
    for at, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R " % (first + 2 * at + 1)
            + b"/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(page))
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        count,
        table,
        count,
        len(body),
    )


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)


def encrypted(plain: bytes) -> bytes:
    """The same PDF behind a password."""
    writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(plain)), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()
