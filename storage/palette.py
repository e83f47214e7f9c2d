"""The one palette: status colours, marks and chart inks for screen, document and sheet."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from models.enums import StatusClass
from storage.shipped import shipped


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How a class of statuses looks: two colours, and a mark that reads without any."""

    light: str
    dark: str
    mark: str
    sign: str

    def colour(self, *, dark: bool) -> str:
        """The colour on a dark or a light ground."""
        return self.dark if dark else self.light


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = shipped("palette.yaml")
    return found


@cache
def look(status_class: StatusClass) -> StatusLook:
    """The look of a class of statuses."""
    return StatusLook(**_file()["status"][status_class.value])


def ink(name: str, *, dark: bool) -> str:
    """A chart colour by its role: value, path, projection, band, threshold, grid, text, reference."""
    return str(_file()["ink"][name]["dark" if dark else "light"])


def surface(name: str, *, dark: bool) -> str:
    """What stands behind words: ground, mark, mark_here."""
    return str(_file()["surface"][name]["dark" if dark else "light"])
