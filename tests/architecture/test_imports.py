"""Who may import whom."""

import re
import subprocess
import sys

from settings import ROOT
from tests.architecture.source import configuration, files_of, imported_packages, imports, product_files, rooms

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo', '--no-cache'])"


def test_the_layers_are_kept() -> None:
    result = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_room_is_under_the_contract() -> None:
    assert sorted(configuration()["tool"]["importlinter"]["root_packages"]) == rooms()


def test_only_the_screens_import_streamlit() -> None:
    allowed = {ROOT / "app.py", *files_of("views")}
    wrong = [
        f"{file}:{line}"
        for file in [*product_files(), *files_of("scripts", "bench")]
        for module, line in imports(file)
        if module.split(".")[0] == "streamlit" and file not in allowed
    ]
    assert wrong == []


def test_nothing_imports_the_entrances() -> None:
    wrong = [f"{f}:{n}" for f in files_of(*rooms()) for module, n in imports(f) if module in ("app", "cli")]
    assert wrong == []


def test_screens_and_routes_read_only_what_somebody_may_see() -> None:
    everything = ("current_snapshot", "current_board", "read_snapshot")
    wrong = [
        f"{file}: {name}"
        for file in files_of("views", "api")
        for name in everything
        if re.search(rf"\b{name}\b", file.read_text("utf-8"))
    ]
    assert wrong == []


def test_settings_know_only_the_errors() -> None:
    ours = {module for module, _ in imports(ROOT / "settings.py") if module.split(".")[0] in rooms()}
    assert ours == {"models.errors"}


def test_models_keep_their_annotations_as_they_are() -> None:
    """`from __future__ import annotations` turns the types of SQLModel's relationships into bare text."""
    assert [f for f in files_of("models") if "__future__" in {module for module, _ in imports(f)}] == []


def test_screens_are_not_where_streamlit_serves_them_past_the_entrance() -> None:
    assert not (ROOT / "pages").exists()


def test_the_product_imports_nothing_of_its_tests() -> None:
    wrong = [
        f"{file}:{line}"
        for file in product_files()
        for module, line in imports(file)
        if module.split(".")[0] in ("tests", "bench", "scripts")
    ]
    assert wrong == []


def test_packages_of_others_are_found_by_this_test() -> None:
    assert {"sqlalchemy", "pydantic"} <= set(imported_packages(product_files()))
