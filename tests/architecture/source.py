"""The product's source as syntax trees, for the tests of its habits."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from settings import ROOT

NOT_PRODUCT = {"tests", "bench", "scripts", "docs", "data", "var", "out", "build"}
ENTRANCES = ("app.py", "cli.py", "settings.py")

NOT_OURS = {".git"} | {n.strip("/") for n in (ROOT / ".gitignore").read_text("utf-8").split() if n.endswith("/")}
"""Folders that are made here and never committed."""


def configuration() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def rooms() -> list[str]:
    """The top-level packages of the product, found on disk."""
    return sorted(f.parent.name for f in ROOT.glob("*/__init__.py") if f.parent.name not in NOT_PRODUCT)


def files_of(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def product_files() -> list[Path]:
    entrances = [ROOT / name for name in ENTRANCES if (ROOT / name).exists()]
    return [*entrances, *files_of(*rooms())]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Full names of the modules that a file imports, anywhere in it, with the line."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: rooms are imported by their full name"
            assert node.module is not None
            yield node.module, node.lineno


def imported_packages(files: list[Path]) -> dict[str, str]:
    """Top-level names of others that the files import, with the first file that does."""
    own = {*rooms(), "settings", "app", "cli", "tests", "bench", "scripts", "data", *sys.stdlib_module_names}
    found: dict[str, str] = {}
    for file in files:
        for module, line in imports(file):
            name = module.split(".")[0]
            if name not in own:
                found.setdefault(name, f"{file.relative_to(ROOT)}:{line}")
    return found


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines, decorators left out, of every function and method."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{file.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


@cache
def defined(file: Path) -> frozenset[str]:
    """The functions, classes, methods (`Class.method`) and constants of a file."""
    found = set()
    for node in tree(file).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
    return frozenset(found)


def our_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that is delivered, pictures and databases left out."""
    for each in sorted(folder.iterdir()):
        if each.name in NOT_OURS or each.is_symlink():
            continue
        if each.is_dir():
            yield from our_files(each)
        elif each.suffix not in {".png", ".db", ".xlsx", ".pyc"} and each.name != ".env":
            yield each
