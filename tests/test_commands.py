"""What stands behind `make`: the virtual environment, the port, the browser."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import SettingRefused
from scripts.browser import find, runs, why_none
from scripts.serve import require_free
from settings import ROOT
from storage import migrate
from storage.engine import make_engine


def program(file: Path, script: str) -> Path:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def make_environment(folder: Path, python: str, what: str = "run") -> subprocess.CompletedProcess[str]:
    """Runs scripts/venv.sh in a copy of the files it reads."""
    for name in ("requirements.txt", "constraints.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    return subprocess.run(
        ["sh", ROOT / "scripts" / "venv.sh", what],
        cwd=folder,
        env=os.environ | {"PYTHON": python},
        capture_output=True,
        text=True,
    )


def test_an_old_python_is_refused_in_one_sentence(tmp_path: Path) -> None:
    old = program(tmp_path / "old", '[ "$1" = --version ] && echo "Python 3.10.4" && exit 0; exit 1')
    result = make_environment(tmp_path, str(old))
    assert result.returncode == 1
    assert "is Python 3.10.4; this product needs Python 3.11 or later" in result.stderr


def test_a_missing_python_is_named(tmp_path: Path) -> None:
    result = make_environment(tmp_path, "python-of-nowhere")
    assert result.returncode == 1
    assert "There is no 'python-of-nowhere'" in result.stderr


def test_a_half_made_environment_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    left = program(tmp_path / ".venv" / "bin" / "python", "exit 1")
    # A Python that is new enough, but cannot make an environment: nothing is installed in this test.
    cannot = program(tmp_path / "cannot", '[ "$1" = -m ] && exit 1; exit 0')
    result = make_environment(tmp_path, str(cannot))
    assert "is incomplete; it is made anew" in result.stderr
    assert "python3-venv" in result.stderr
    assert not left.exists()


def test_an_environment_whose_making_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    program(tmp_path / ".venv" / "bin" / "python", "exit 0")
    (tmp_path / ".venv" / ".unfinished").touch()
    cannot = program(tmp_path / "cannot", '[ "$1" = -m ] && exit 1; exit 0')
    assert "is incomplete; it is made anew" in make_environment(tmp_path, str(cannot)).stderr


@pytest.mark.parametrize(("end", "left"), [("exit 1", False), ("kill -9 $$", True)])
def test_only_an_installation_that_was_killed_leaves_an_unfinished_environment(
    tmp_path: Path, end: str, left: bool
) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    program(tmp_path / ".venv" / "bin" / "python", f'case "$*" in *install*) {end};; esac')
    result = make_environment(tmp_path, "python3")
    assert result.returncode == 1
    assert "could not be installed" in result.stderr
    assert (tmp_path / ".venv" / ".unfinished").exists() is left


def test_an_environment_with_the_same_pins_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    program(tmp_path / ".venv" / "bin" / "python", f'echo "$@" >> {tmp_path}/asked')
    assert make_environment(tmp_path, "python3").returncode == 0
    assert make_environment(tmp_path, "python3").returncode == 0
    asked = (tmp_path / "asked").read_text().splitlines()
    assert [line for line in asked if "install" in line] == ["-m pip install --quiet -r requirements.txt"]


def test_what_was_installed_for_testing_is_enough_to_run(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    program(tmp_path / ".venv" / "bin" / "python", f'echo "$@" >> {tmp_path}/asked')
    for what in ("dev", "run", "dev"):
        assert make_environment(tmp_path, "python3", what).returncode == 0
    asked = (tmp_path / "asked").read_text().splitlines()
    assert [line for line in asked if "install" in line] == ["-m pip install --quiet -r requirements-dev.txt"]


@pytest.mark.parametrize("name", ["高新区 100% #1", "how? so & so=1"])
def test_a_database_is_made_in_a_folder_of_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    product = tmp_path / name
    shutil.copytree(migrate.FOLDER, product / "migrations")
    monkeypatch.setattr(migrate, "FOLDER", product / "migrations")
    engine = make_engine(f"sqlite:///{product}/var/tracker.db")
    migrate.upgrade(engine)
    migrate.require_current(engine)
    engine.dispose()
    assert (product / "var" / "tracker.db").exists()


def test_a_taken_port_is_refused_with_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingRefused, match=f"make run PORT={port + 1}"):
            require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)


def test_a_named_browser_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    note = program(tmp_path / "chromium-browser", "echo 'get one from the shop' >&2; exit 1")
    monkeypatch.setenv("CHROMIUM_PATH", str(note))
    assert not runs(note)
    assert find() is None
    assert f"CHROMIUM_PATH names {note}" in why_none()


@pytest.mark.parametrize(("required", "status"), [("1", 1), ("", 0)])
def test_browser_tests_without_a_browser_say_why_and_fail_where_they_are_required(required: str, status: int) -> None:
    one = "tests/browser/test_start.py"
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-m", "browser", one],
        cwd=ROOT,
        env=os.environ | {"CHROMIUM_PATH": "/no/such/browser", "REQUIRE_BROWSER": required},
        capture_output=True,
        text=True,
    )
    assert result.returncode == status, result.stdout
    assert "The browser tests cannot run: CHROMIUM_PATH names /no/such/browser" in result.stdout


def test_ci_runs_what_a_developer_runs_with_a_browser_required() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-1].startswith("make test")
    assert "export REQUIRE_BROWSER=1" in lines


def test_make_alone_lists_the_commands() -> None:
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("make run", "make test", "make setup", "make lint", "make bench"):
        assert command in listed
