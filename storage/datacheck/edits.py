"""Edits: that each can be read, names statistics that zones type in, and does to its examples what it says."""

from collections.abc import Iterator
from decimal import Decimal
from string import Formatter

from models.relation import FORMS, HIGH, LOW, Demand, Relation, RelationMistake, read_condition, read_relation
from storage.datacheck.names import Names
from storage.datafiles import DataFiles, Located
from storage.faults import DataProblem
from storage.rows import EditRow

VALUE, LAST = "value", "last"
"""In an edit of a kind: the figure at hand, and the one of the year before."""

OF_RATIO = frozenset(["name", "numerator", "denominator", VALUE, LOW, HIGH])
"""What the message of an edit of ratios may tell."""


def check_edits(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """What is wrong in edits.csv, as far as its lines could be read."""
    for each in files.edits:
        relations = {name: list(_read(each, name)) for name in ("relation", "condition")}
        yield from (found for part in relations.values() for found in part if isinstance(found, DataProblem))
        read = {name: [r for r in part if isinstance(r, Relation)] for name, part in relations.items()}
        if not read["relation"]:
            continue
        for name, part in read.items():
            yield from _items(each, name, part, names)
            if not each.row.each:
                yield from _dimensions(each, name, part, names)
        yield from _messages(each, {item for part in read.values() for r in part for item in r.items})
        yield from _examples(each, Demand(each.row.each, read["relation"][0], tuple(read["condition"])))


def _read(each: Located[EditRow], name: str) -> Iterator[Relation | DataProblem]:
    text = getattr(each.row, name)
    try:
        yield from read_condition(text) if name == "condition" else [read_relation(text)]
    except RelationMistake as mistake:
        yield each.problem(name, f"it cannot be read: {mistake}", FORMS)


def _items(each: Located[EditRow], name: str, relations: list[Relation], names: Names) -> Iterator[DataProblem]:
    """Of a kind: `value` and `last`. Else: statistics, `last.` before them for the year before."""
    for item in dict.fromkeys(item for relation in relations for item in relation.items):
        if each.row.each:
            if item not in (VALUE, LAST):
                yield each.problem(name, f"an edit of each statistic knows no {item}", f"write {VALUE} or {LAST}")
            continue
        code = item.removeprefix("last.")
        yield from _known(each, name, code, names)


def _known(each: Located[EditRow], name: str, code: str, names: Names) -> Iterator[DataProblem]:
    found = list(names.check(each, name, code, "statistic", "statistics"))
    yield from found
    row = names.statistics.get(code)
    if row is not None and not row.zone_level:
        yield each.problem(name, f"zones do not type in {code}", "name a statistic of zones")


def _dimensions(each: Located[EditRow], name: str, relations: list[Relation], names: Names) -> Iterator[DataProblem]:
    """家 are not compared with 千元, unless a factor says how many of one go with the other."""
    for relation in relations:
        plain = [term.item for term in relation.left + relation.right if term.item and abs(term.factor) == 1]
        rows = [row for item in plain if (row := names.statistics.get(item.removeprefix("last.")))]
        units = dict.fromkeys(row.unit for row in rows if names.dimension(row.unit) in {"money", "area", "us_dollar"})
        measured = {names.dimension(row.unit) for row in rows}
        if len(measured) > 1 and units:
            what = " and ".join(sorted(str(dimension) for dimension in measured))
            yield each.problem(name, f"it compares {what}", "write how many go with one: 100000 * enterprises")


def _messages(each: Located[EditRow], items: set[str]) -> Iterator[DataProblem]:
    """A message names the figures it speaks of, and no others."""
    known = OF_RATIO if each.row.each == "ratio" else items
    for name in ("message_zh", "message_en"):
        try:
            told = {place for _, place, _, _ in Formatter().parse(getattr(each.row, name)) if place is not None}
        except ValueError:
            yield each.problem(name, "a brace is not closed", "write {item}")
            continue
        if strange := sorted(told - known):
            yield each.problem(name, f"nothing fills {{{strange[0]}}}", f"known are {', '.join(sorted(known))}")
        if not told & known:
            yield each.problem(name, "it names no figure", f"name {{{min(known)}}}")


def _examples(each: Located[EditRow], demand: Demand) -> Iterator[DataProblem]:
    for name, wanted in (("passes", True), ("fails", False)):
        values: dict[str, Decimal | None] = getattr(each.row, name)
        asked = all(part.holds(values.get) for part in demand.condition)
        found = demand.relation.holds(values.get) if asked else None
        if found is not wanted:
            told = {None: "the edit is silent of it", True: "it passes", False: "it fails"}[found]
            yield each.problem(name, told, f"give figures of {', '.join(demand.items)} for which it {name}")
