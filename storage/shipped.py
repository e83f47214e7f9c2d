"""The product's own files of words and looks under data/: written by us, held by tests, read when first needed.

What an installer brings goes through storage/datafiles.py, which tells every mistake by its line.
"""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "data"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where the wheel has it: the words are read in a tenth of the time, and every command needs them."""


def shipped(name: str) -> Any:
    """What stands in data/`name`."""
    return yaml.load((FOLDER / name).read_text("utf-8"), LOADER)  # both loaders are the safe ones
