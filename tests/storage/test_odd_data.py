"""Whatever happens to a data file, it is either told or loaded: no exception, nothing half loaded."""

import random
import shutil
from pathlib import Path

import pytest

from models.errors import Refused
from settings import ROOT
from storage.datacheck import check_data
from storage.datafiles import read_data
from storage.engine import make_engine
from storage.load import load
from storage.migrate import upgrade

ODD = [
    "",
    " ",
    "-1",
    "0",
    "1e309",
    "NaN",
    "-0.0",
    "１２",
    "'",
    '"',
    ",",
    "|",
    "\t",
    "\r",
    "&a",
    "*a",
    "{}",
    "[]",
    "~",
    "null",
]
ODD += [
    "130000",
    "150000-all",
    "rd_intensity",
    "%",
    "亿元",
    "2025",
    "999999999999999999999999",
    "🙂",
    "\u202e",
    "\ud7ff",
    "a" * 5000,
]

RUNS = 25


def hurt(chance: random.Random, content: str) -> str:
    """One small accident: a cell replaced, a line lost, doubled or moved, signs cut out or put in."""
    lines = content.split("\n")
    at = chance.randrange(len(lines))
    accident = chance.choice(["cell", "cell", "cell", "lose", "double", "move", "cut", "insert"])
    if accident == "cell":
        sign = "," if "," in lines[at] else ": "
        cells = lines[at].split(sign)
        cells[chance.randrange(len(cells))] = chance.choice(ODD)
        lines[at] = sign.join(cells)
    elif accident == "lose":
        del lines[at]
    elif accident == "double":
        lines.insert(at, lines[at])
    elif accident == "move":
        lines.insert(chance.randrange(len(lines)), lines.pop(at))
    else:
        text = "\n".join(lines)
        start = chance.randrange(len(text))
        end = start + (chance.randrange(1, 60) if accident == "cut" else 0)
        return text[:start] + ("" if accident == "cut" else chance.choice(ODD)) + text[end:]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_hurt_file_is_told_or_loaded(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    named = sorted(file for file in data.rglob("*") if file.suffix in (".csv", ".yaml", ".txt"))
    for file in chance.sample(named, chance.randint(1, 3)):
        file.write_text(hurt(chance, file.read_text("utf-8")), "utf-8", newline="")
    files, problems = read_data(data)
    problems = problems + check_data(files)
    if problems:
        assert all(problem.problem and problem.expected for problem in problems)
        return
    engine = make_engine(f"sqlite:///{tmp_path / 't.db'}")
    upgrade(engine)
    load(engine, read_data(ROOT / "data")[0], demonstration=False)
    try:
        load(engine, files, demonstration=True)
    except Refused as refused:
        assert "nothing was loaded" in str(refused)
    else:
        assert not load(engine, files, demonstration=True).touched
    engine.dispose()
