"""Hurt policies through reading, the view and the finding of targets, for as long as one likes: make fuzz SECONDS=600.

The founding policies as txt, html, docx and pdf, with bytes and characters changed, cut, doubled and put in. Whatever
comes, a file is read or refused in one sentence, every place lies in the text, the same bytes give the same targets,
and no file takes longer than `LONGEST`. What fails is kept in out/fuzz, with its seed in the name.
"""

import importlib
import pkgutil
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from types import FrameType

import targets.extraction
from models.errors import DocumentRefused
from models.extraction import Candidate, SourceText, Span
from settings import ROOT
from targets.extraction import extract
from targets.extraction.grammar import at_end, pattern, rows
from targets.extraction.normalise import normalise
from targets.extraction.read import read_document
from tests.targets.extraction.pdfs import a_pdf
from tests.targets.extraction.test_read import a_zip

SECONDS = 60
LONGEST = 10
FAILED = ROOT / "out" / "fuzz"
NOISE = (
    '0１9.．,，、。；：（()）[ \u00a0\u3000\n\r\t\0\u202e\u200b\ufeff-—～%％年到达亿万个家其中"“〔<&'
    "一十百区區ū\ud7ff\U00020000"
)
ENCODINGS = ("utf-8", "utf-8", "gb18030", "utf-16", "utf-8-sig")
LONG_RUN = 20_000
BEYOND_SQUARE = 30
"""Four times as long a text costs 16 times as much by the square; the rest is room for a noisy machine."""

LEAST_SLOW = 0.003
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAGE_LINES, LINE = 30, 35


class TooSlow(Exception):
    """A file took longer than it may."""


def as_html(text: str) -> bytes:
    """A page with a paragraph for each line, and its first lines once more as a table."""
    lines = text.splitlines()
    cells = "".join(f"<tr><td>{escape(line[:12])}</td><td>2025</td></tr>" for line in lines[:12])
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<!DOCTYPE html><html><body>{body}<table>{cells}</table></body></html>".encode()


def as_docx(text: str) -> bytes:
    """A Word document with a paragraph for each line."""
    kept = "".join(each for each in text if each >= " " or each == "\n")
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in kept.splitlines())
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return a_zip(word__document_xml=document.encode("utf-8", "ignore"))


def as_pdf(text: str) -> bytes:
    """A PDF whose lines are broken by the width of the page."""
    kept = [line for line in text[:6000].splitlines() if line]
    lines = [line[at : at + LINE] for line in kept for at in range(0, len(line), LINE)]
    return a_pdf(*(lines[at : at + PAGE_LINES] for at in range(0, len(lines), PAGE_LINES)))


def hurt_text(chance: random.Random, text: str) -> str:
    """A piece of a text with noise put in, pieces moved and doubled, and at times one character over and over."""
    start = chance.randrange(len(text))
    text = text[start : start + chance.choice((200, 2000, 20_000))]
    for _ in range(chance.randrange(12)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randrange(40))
        put_in = "".join(chance.choices(NOISE, k=chance.randrange(6)))
        text = text[:at] + put_in + chance.choice((text[at:end], text[at:end] * 2, "")) + text[end:]
    if chance.random() < 0.05:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + "".join(chance.choices(NOISE, k=chance.randint(1, 2))) * LONG_RUN + text[at:]
    return text


def hurt_bytes(chance: random.Random, data: bytes) -> bytes:
    """Some bytes changed, cut out or put in."""
    for _ in range(chance.choice((0, 0, 1, 3, 20))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randrange(4)) + data[at + chance.randrange(4) :]
    return data


def a_file(chance: random.Random, texts: list[str]) -> tuple[bytes, str]:
    """A hurt file, and the ending of its kind."""
    text = hurt_text(chance, chance.choice(texts))
    kind = chance.choices(("txt", "html", "docx", "pdf"), weights=(6, 3, 3, 1))[0]
    if kind == "txt":
        data = text.encode(chance.choice(ENCODINGS), "replace")
    else:
        data = {"html": as_html, "docx": as_docx, "pdf": as_pdf}[kind](text)
    return hurt_bytes(chance, data), kind


def check(data: bytes, kind: str) -> str:
    """What became of a file; raises AssertionError where a promise is broken."""
    try:
        found = read_document(data, f"a.{kind}")
    except DocumentRefused as refused:
        assert str(refused) and "\n" not in str(refused)
        return "refused"
    assert read_document(data, f"a.{kind}") == found, "the same bytes give another text"
    assert found.original == data
    found.text.encode("utf-8")
    check_view(found.text)
    try:
        check_targets(found)
    except DocumentRefused as refused:
        assert str(refused) and "\n" not in str(refused)
        return "refused"
    return "read"


def check_view(text: str) -> None:
    """Every character of the view stands in the source, in order."""
    places = normalise(text).positions
    assert places[-1] == len(text) and places[0] >= 0
    assert all(first < second for first, second in pairwise(places)), "places out of order"


def check_targets(found: SourceText) -> None:
    """Every place lies in the text, every quote is cut from it, and finding again finds the same."""
    candidates = extract(found)
    for each in candidates:
        assert each.quote == found.text[each.start : each.end] and each.quote, "a quote that is not in the text"
        for span in places_of(each):
            assert 0 <= span.start < span.end <= len(found.text), f"{span} lies outside the text"
    for cell in found.cells:
        assert 0 <= cell.span.start < cell.span.end <= len(found.text), f"{cell} lies outside the text"
    assert extract(found) == candidates, "the same text gives other targets"


def places_of(candidate: Candidate) -> list[Span]:
    """Every place in the text that a candidate names."""
    named = (candidate.anchor, candidate.deadline_span, candidate.subject_span, *candidate.mentions)
    return [each for each in named if each is not None]


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow(f"longer than {LONGEST} s")


def run(seconds: float, seed: int) -> Counter[str]:
    """Hurts and checks files for so many seconds; what fails is kept and counted."""
    texts = [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "data" / "policies").glob("*/text.txt"))]
    results: Counter[str] = Counter()
    end = time.monotonic() + seconds
    signal.signal(signal.SIGALRM, _stop)
    while time.monotonic() < end:
        data, kind = a_file(random.Random(seed), texts)
        signal.setitimer(signal.ITIMER_REAL, LONGEST)
        try:
            results[f"{kind} {check(data, kind)}"] += 1
        except Exception as error:  # whatever it is, it is what is looked for
            FAILED.mkdir(parents=True, exist_ok=True)
            (FAILED / f"{seed}.{kind}").write_bytes(data)
            results["failed"] += 1
            print(f"seed {seed}, {kind}: {type(error).__name__}: {error}")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        seed += 1
    return results


def patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression of the finding of targets, those of the grammar's classes included."""
    groups = sorted({row.group for row in rows()} - {"unit"})
    found: dict[str, re.Pattern[str]] = {f"grammar {name}": pattern(name) for name in groups}
    found |= {f"grammar {name}, at the end": at_end(name) for name in groups}
    for module in pkgutil.iter_modules(targets.extraction.__path__, "targets.extraction."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name} {name}"] = value
    return found


def attacks(expression: re.Pattern[str], chance: random.Random) -> Iterator[str]:
    """Pieces that, said again and again, may lead an expression to try everything: of its own signs, and of noise."""
    own = [each for each in expression.pattern if each.isalnum() or "\u4e00" <= each <= "\u9fff"] or ["a"]
    for _ in range(12):
        yield "".join(chance.choices(own, k=chance.randint(1, 4)))
    yield from ("1", "1,", "高新区", "，", " ", "　", "(", "“", "一", "20", "2025年")


def spent(expression: re.Pattern[str], text: str) -> float:
    """The time of one search through a text, the least of two."""
    times = []
    for _ in range(2):
        started = time.perf_counter()
        expression.search(text)
        times.append(time.perf_counter() - started)
    return min(times)


def slow_patterns(seed: int) -> list[str]:
    """Expressions whose time grows faster than the square of what they are ever given: a sentence or a line.

    A search tries every place, and at each place reads on: that is the square. What backtracks is beyond it.
    """
    chance, found = random.Random(seed), []
    for name, expression in patterns().items():
        for piece in attacks(expression, chance):
            short, long = (spent(expression, (piece * size)[:size] + "!") for size in (300, 1200))
            if long > LEAST_SLOW and long > BEYOND_SQUARE * short:
                found.append(f"{name}: {piece!r} takes {long / short:.0f} times as long where there is 4 times as much")
                break
    return found


def main() -> int:
    """Prints what became of the files; the status is 1 if a promise was broken."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**9)
    print(f"fuzz: {seconds:.0f} s, from seed {seed}")
    slow = slow_patterns(seed)
    print(f"fuzz: {len(patterns())} regular expressions, {len(slow)} that backtrack", *slow, sep="\n  ")
    results = run(seconds, seed)
    for what, count in sorted(results.items()):
        print(f"fuzz: {what}: {count:,}")
    return 1 if results["failed"] or slow else 0


if __name__ == "__main__":
    sys.exit(main())
