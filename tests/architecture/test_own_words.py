"""No file of the product tells on which machine, by which tools or from where it was made."""

import re

from settings import ROOT
from tests.architecture.source import our_files

DOCUMENTS_AS_RECEIVED = ROOT / "data" / "policies"

# A letter in brackets keeps a pattern from finding itself.
FOREIGN = {
    "a folder of one machine": r"(?<![\w.\-*<>])/(?:home|root|tmp|work|workspace|Users|mnt|opt)/",
    "a folder that is not delivered": r"\.\./shared\b|shared/(?:spec|design|policies|corpus|oracles|observed)",
    "a host that packages come from": r"\b(?:py(?:pi|thonhosted)|npmjs|debian)\.(?:org|com)\b",
    "a way of working": r"(?i)\b(?:[s]ub-?agents?|[w]orktrees?|[c]o-authored-by)\b",
    "a tool of a workplace": r"\b(?:issues (?:show|list|file|close)|farm-[a-z]+)\b",
}


def found_in(text: str) -> list[str]:
    return [f"{what}: {hit[0]}" for what, pattern in FOREIGN.items() for hit in re.finditer(pattern, text)]


def test_no_file_names_where_and_how_it_was_made() -> None:
    found = {}
    for file in our_files():
        text = file.read_text("utf-8", errors="replace")
        if file.parent.parent == DOCUMENTS_AS_RECEIVED and file.name == "text.txt":
            continue
        if hits := found_in(text):
            found[str(file.relative_to(ROOT))] = hits
    assert found == {}


def test_all_files_are_read_by_this_test() -> None:
    seen = {str(file.relative_to(ROOT)) for file in our_files()}
    assert {"README.md", "Makefile", ".ci/run", "data/sources.csv", "docs/glossary.md", "views/main.py"} <= seen


def test_what_is_foreign_is_found() -> None:
    sep = "/"
    for text in (f"see {sep}home{sep}li", f"..{sep}shared", "py" + "pi.org", "sub" + "agent", "farm" + "-x"):
        assert len(found_in(text)) == 1, text
    assert found_in("https://www.hebei.gov.cn/work/2020.html and views/home/x, sqlite:////srv/tracker.db") == []
