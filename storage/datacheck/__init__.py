"""Whether the data files agree with each other. Every disagreement is found before anything is loaded."""

from collections.abc import Iterable

from storage.datacheck.catalogue import check_catalogue
from storage.datacheck.demonstration import check_demonstration
from storage.datacheck.edits import check_edits
from storage.datacheck.names import Names, check_duplicates, check_names
from storage.datacheck.places import check_places
from storage.datacheck.policies import RATE_UNITS, asked_of, check_policies
from storage.datacheck.values import check_values
from storage.datafiles import DataFiles
from storage.faults import DataProblem

__all__ = ["RATE_UNITS", "asked_of", "check_data"]


def check_data(files: DataFiles) -> list[DataProblem]:
    """All disagreements between the rows that could be read, in the order of the files."""
    names = Names(files)
    checks: list[Iterable[DataProblem]] = [
        check_duplicates(files),
        check_names(files, names),
        check_catalogue(files, names),
        check_edits(files, names),
        check_places(files, names),
        check_values(files, names),
        check_policies(files, names),
        check_demonstration(files, names),
    ]
    return sorted({problem for found in checks for problem in found})
