"""How well targets are found: against hand labels, by set, with 95 % intervals over documents.

A set is a folder with raw/<id>.txt, raw/<id>.json (title, issuer, region, issued) and gold/<id>.jsonl. A proposal
meets a label where their numbers overlap and value, unit and comparator are the same. The founding policies are
always scored; others by `make bench SETS="folder folder"`.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import yaml

from exchange.candidates import KNOWN
from models.extraction import Candidate, Metadata, Tier
from settings import ROOT
from targets.extraction import extract

SCALES = ("万亿", "千亿", "百亿", "亿", "千万", "百万", "万", "千")
FACTORS = dict(zip(SCALES, (10**12, 10**11, 10**10, 10**8, 10**7, 10**6, 10**4, 1000), strict=True))
ALIAS = {"户": "家", "名": "人", "位": "人", "个百分点": "百分点", "％": "%"}
DRAWS, FOLDS = 1000, 5


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one document: labels that were met, proposals that met none, labels missed, labels listed in any tier."""

    met: int
    wrong: int
    missed: int
    listed: int
    candidates: int
    deadline: int
    kind: int


def documents_of(folder: Path) -> list[tuple[str, Metadata, list[dict[str, Any]]]]:
    """Text, description and labels of each document of a set."""
    found = []
    for path in sorted((folder / "raw").glob("*.txt")):
        beside = path.with_suffix(".json")
        said = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
        known = Metadata(**{name: said[name] for name in KNOWN if said.get(name) is not None})
        lines = (folder / "gold" / f"{path.stem}.jsonl").read_text("utf-8").splitlines()
        labels = [record for record in map(json.loads, lines) if "quote" in record]
        found.append((path.read_bytes().decode("utf-8"), known, labels))
    return found


def founding() -> list[tuple[str, Metadata, list[dict[str, Any]]]]:
    """The founding policies, with the targets of the data files as labels."""
    found = []
    for folder in sorted(path for path in (ROOT / "data" / "policies").iterdir() if path.is_dir()):
        policy = yaml.safe_load((folder / "policy.yaml").read_text("utf-8"))
        labels = yaml.safe_load((folder / "targets.yaml").read_text("utf-8"))
        known = {name: policy.get(name) for name in ("title", "issuer", "issued", "period_start", "period_end")}
        found.append(((folder / "text.txt").read_bytes().decode("utf-8"), Metadata(**known), labels))
    return found


def counted(text: str, known: Metadata, labels: Sequence[dict[str, Any]]) -> Counts:
    """One document, proposed from and held against its labels; doubtful labels are neither wanted nor wrong."""
    wanted = [label for label in labels if not label.get("neutral")]
    neutral = [label for label in labels if label.get("neutral")]
    candidates = extract(text, known)
    proposed = [each for each in candidates if each.tier is not Tier.POSSIBLE]
    open_ = list(wanted)
    met, wrong, deadline, kind = 0, 0, 0, 0
    for each in proposed:
        label = next((label for label in open_ if _same(each, label)), None)
        if label is not None:
            open_.remove(label)
            met, deadline = met + 1, deadline + (each.deadline == label.get("deadline"))
            kind += each.kind.value == label["kind"]
        elif not any(_meets(each, other) for other in neutral) and not _repeats(each, wanted, text):
            wrong += 1
    listed = sum(any(_meets(each, label) for each in candidates) for label in wanted)
    return Counts(met, wrong, len(open_), listed, len(candidates), deadline, kind)


def _meets(each: Candidate, label: dict[str, Any]) -> bool:
    start, end = label["anchor"]
    return each.anchor.start < end and start < each.anchor.end


def _same(each: Candidate, label: dict[str, Any]) -> bool:
    number = abs(Decimal(str(label["value"])))
    falls = {"<=": ">=", "<": ">"}.get(label["comparator"], "") if label["value"] < 0 else ""
    comparators = {label["comparator"], falls}
    high = None if label.get("value_high") is None else Decimal(str(label["value_high"]))
    return (
        _meets(each, label)
        and each.comparator.value in comparators
        and _base(each.value, each.unit) == _base(number, label["unit"])
        and (high is None) == (each.value_high is None)
        and (high is None or each.value_high is None or _base(each.value_high, each.unit) == _base(high, label["unit"]))
    )


def _repeats(each: Candidate, wanted: Sequence[dict[str, Any]], text: str) -> bool:
    """Whether a proposal says in the same words what a label elsewhere says."""
    return any(text[label["start"] : label["end"]] == each.quote for label in wanted)


def _base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    scale = next((each for each in SCALES if unit.startswith(each)), "")
    rest = unit[len(scale) :]
    return (value * FACTORS.get(scale, 1)).normalize(), ALIAS.get(rest, rest)


def precision(found: Sequence[Counts]) -> float:
    met, wrong = sum(each.met for each in found), sum(each.wrong for each in found)
    return met / (met + wrong) if met + wrong else 1.0


def recall(found: Sequence[Counts]) -> float:
    met, missed = sum(each.met for each in found), sum(each.missed for each in found)
    return met / (met + missed) if met + missed else 1.0


def interval(found: Sequence[Counts], figure: Callable[[Sequence[Counts]], float]) -> tuple[float, float]:
    """The 95 % interval of a figure by drawing documents again and again, from a fixed seed."""
    chance = random.Random(2021)
    drawn = sorted(figure(chance.choices(found, k=len(found))) for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1]


def folds(found: Sequence[Counts], figure: Callable[[Sequence[Counts]], float]) -> tuple[float, float]:
    """Mean and deviation of a figure over folds of documents. The rules are the same in each: they are not trained."""
    order = list(found)
    random.Random(2021).shuffle(order)
    parts = [figure(order[at::FOLDS]) for at in range(min(FOLDS, len(order)))]
    return fmean(parts), pstdev(parts)


def report(name: str, documents: Sequence[tuple[str, Metadata, list[dict[str, Any]]]]) -> str:
    """The scores of a set in one line."""
    found = [counted(*each) for each in documents]
    labels, met = sum(each.met + each.missed for each in found), sum(each.met for each in found) or 1
    said = [f"{name}: {len(found)} documents, {labels} labels"]
    for word, figure in (("precision", precision), ("recall", recall)):
        (low, high), (mean, spread) = interval(found, figure), folds(found, figure)
        said.append(f"{word} {figure(found):.3f} [{low:.3f}, {high:.3f}], folds {mean:.3f} ± {spread:.3f}")
    said.append(f"listed {sum(each.listed for each in found) / (labels or 1):.3f}")
    said.append(f"{sum(each.candidates for each in found) / (labels or 1):.1f} candidates a label")
    said.append(f"deadline {sum(each.deadline for each in found) / met:.2f}")
    said.append(f"kind {sum(each.kind for each in found) / met:.2f}")
    return "; ".join(said)


def main(folders: Sequence[str]) -> None:
    """Prints the scores of the founding policies and of each folder."""
    print(f"extraction, {report('founding policies', founding())}")
    for folder in folders:
        print(f"extraction, {report(Path(folder).name, documents_of(Path(folder)))}")
