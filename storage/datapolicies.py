"""Reading data/policies: a folder for each policy, with the document, its description and its targets."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage import rows
from storage.datatext import Located, read_text, shown
from storage.datayaml import read_list, read_mapping
from storage.faults import DataProblem


@dataclass(frozen=True, slots=True)
class PolicyFiles:
    """One folder of data/policies: the document, its description and its targets."""

    policy: Located[rows.PolicyRow]
    original: bytes
    text: str
    targets: tuple[Located[rows.TargetRow], ...]


@dataclass(frozen=True, slots=True)
class PolicyParts:
    """What of a policy's folder could be read: enough to look for more faults, not to load it."""

    name: str
    policy: Located[rows.PolicyRow] | None
    text: str | None
    targets: tuple[Located[rows.TargetRow], ...]


Found = tuple[list[PolicyParts], list[PolicyFiles], list[DataProblem]]


def read_policies(folder: Path) -> Iterator[Found]:
    """For each policy what could be read, the whole of it where all could, and what is wrong."""
    top = folder / "policies"
    if not top.is_dir():
        expected = "make it; each policy has a folder in it with text.txt, policy.yaml and targets.yaml"
        yield [], [], [DataProblem(shown(folder, top), 0, "", "the folder is missing", expected)]
        return
    for path in sorted(each for each in top.iterdir() if each.is_dir() and not each.name.startswith(".")):
        yield _read_policy(path, shown(folder, path))


def _read_policy(path: Path, name: str) -> Found:
    original, text, problems = read_text(path / "text.txt", f"{name}/text.txt")
    if not problems and not text.strip():
        problems = [DataProblem(f"{name}/text.txt", 0, "", "the file is empty", "put the document there as received")]
    readable = not problems
    policy, wrong = read_mapping(path / "policy.yaml", f"{name}/policy.yaml", rows.PolicyRow)
    targets, more = read_list(path / "targets.yaml", f"{name}/targets.yaml", rows.TargetRow)
    problems = problems + wrong + more
    if policy is not None:
        problems += _of_folder(policy, path.name, original if readable else None)
    parts = PolicyParts(path.name, policy, text if readable else None, tuple(targets))
    whole = [PolicyFiles(policy, original, text, tuple(targets))] if policy is not None and readable else []
    return [parts], whole, problems


def _of_folder(policy: Located[rows.PolicyRow], folder: str, original: bytes | None) -> list[DataProblem]:
    row, found = policy.row, []
    if row.id != folder:
        found.append(policy.problem("id", f"{row.id!r} is not the name of its folder", f"give {folder}"))
    if row.sha256 is not None and original is not None and row.sha256 != hashlib.sha256(original).hexdigest():
        expected = "put the document back as it was received (line ends too); a changed one gets another folder"
        found.append(policy.problem("sha256", "text.txt is not the file that was recorded", expected))
    return found
