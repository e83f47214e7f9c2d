"""Policies and targets: that each quote stands where it is said to, and each number can be judged."""

from collections.abc import Iterator

from models.assessment import TargetSpec
from models.contradictions import problems as contradictions
from models.enums import Aggregation, Kind
from models.ledger import Draft
from storage.datacheck.names import Names
from storage.datafiles import DataFiles, Located
from storage.faults import DataProblem
from storage.rows import PolicyRow, TargetRow

RATE_UNITS = {
    Kind.GROWTH_RATE: "%",
    Kind.MULTIPLE_OF_REFERENCE: "倍",
    Kind.GROWTH_MULTIPLE: "倍",
    Kind.CHANGE_POINTS: "百分点",
}
"""Kinds whose number is not in the unit of the values that are judged."""

PARTS = frozenset({Kind.SHARE, Kind.COVERAGE})
WHOLE = frozenset({Kind.COUNT, Kind.RANK})
QUOTE_SHOWN = 30


def check_policies(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """What is wrong in policy.yaml and targets.yaml of every folder, as far as they could be read."""
    for parts in files.parts:
        if parts.policy is not None:
            yield from _policy(parts.policy, names)
        for target in parts.targets:
            yield from _names(target, names)
            yield from _quote(target, parts.text)
            yield from _number(target, names)
            yield from _scope(target, names)
            yield from _dates(target, parts.policy.row if parts.policy else None)
            yield from _contradictions(target)


def _policy(each: Located[PolicyRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    yield from names.check(each, "region", row.region, "region", "regions")
    if row.issued_on is not None and row.issued != row.issued_on.year:
        yield each.problem("issued", f"{row.issued} is not the year of {row.issued_on}", f"give {row.issued_on.year}")
    if row.period_start is not None and row.period_end is not None and row.period_end < row.period_start:
        yield each.problem(
            "period_end", f"{row.period_end} lies before {row.period_start}", "give the last year of the plan period"
        )


def _names(each: Located[TargetRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    yield from names.check(each, "indicator", row.indicator, "indicator", "indicators")
    yield from names.check(each, "place", row.place, "place", "regions", "zones", "zone_groups")
    yield from names.check(each, "unit", row.unit, "unit", "units")
    multiple = row.kind is Kind.MULTIPLE_OF_REFERENCE
    if (row.reference is not None) != multiple:
        expected = "give {indicator: …, place: …}" if multiple else "leave it out"
        yield each.problem("reference", "a multiple_of_reference names its reference, no other kind does", expected)
    if row.reference is None:
        return
    yield from names.check(each, "reference", row.reference.indicator, "indicator", "indicators")
    yield from names.check(each, "reference", row.reference.place, "place", "regions", "zones", "zone_groups")
    judged, against = names.indicators.get(row.indicator), names.indicators.get(row.reference.indicator)
    if judged and against and names.dimension(judged.unit) != names.dimension(against.unit):
        yield each.problem(
            "reference", f"{against.unit} cannot be compared with {judged.unit}", f"name an indicator in {judged.unit}"
        )


def _quote(each: Located[TargetRow], text: str | None) -> Iterator[DataProblem]:
    row = each.row
    if text is not None and text[row.start : row.end] != row.quote:
        at = text.find(row.quote)
        found = text[row.start : row.end][:QUOTE_SHOWN]
        expected = (
            f"it stands at start {at}, end {at + len(row.quote)}"
            if at >= 0
            else "it does not stand anywhere in text.txt: copy it from there, sign by sign"
        )
        yield each.problem("quote", f"text[{row.start}:{row.end}] is {found!r}, not the quote", expected)
    first, last = row.anchor
    if not row.start <= first < last <= row.end:
        yield each.problem(
            "anchor",
            f"[{first}, {last}] does not lie in the quote",
            f"give where the number stands, between {row.start} and {row.end}",
        )


def _number(each: Located[TargetRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    kind, expected = row.kind.value, "see the number in the quote"
    for field, number in (("value", row.value), ("value_high", row.value_high)):
        if number is None:
            continue
        if row.kind in WHOLE and number != number.to_integral_value():
            yield each.problem(field, f"a {kind} is a whole number, not {number}", expected)
        if row.kind in WHOLE and number < 0:
            yield each.problem(field, f"a {kind} is not negative, as {number} is", expected)
        if row.kind in PARTS and not 0 <= number <= 100:
            yield each.problem(field, f"a {kind} lies between 0 and 100 %, not at {number}", "2.5 % is 2.5")
    if row.unit in names.units:
        yield from _unit(each, names)


def _unit(each: Located[TargetRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    indicator = names.indicators.get(row.indicator)
    wanted = RATE_UNITS.get(row.kind) or ("%" if row.kind in PARTS else None)
    if wanted and row.unit != wanted:
        expected = f"give {wanted}, or another kind"
        yield each.problem("unit", f"a {row.kind.value} is not given in {row.unit}", expected)
    elif row.kind is Kind.COUNT and names.dimension(row.unit) == "percent":
        yield each.problem("unit", "a count is not a percentage", "give 家, 个, 人 …, or the kind share")
    elif row.kind not in RATE_UNITS and indicator is not None:
        kept = names.dimension(indicator.unit)
        if kept and names.dimension(row.unit) != kept:
            expected = f"give a unit of {kept}, or another indicator"
            yield each.problem("unit", f"{row.unit} does not go with {row.indicator}, in {indicator.unit}", expected)


def _scope(each: Located[TargetRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    if row.per_zone and names.missing("zone_groups", row.place):
        expected = "name a group as the place, or leave it out"
        yield each.problem("per_zone", f"{row.place} is no group of zones", expected)
    indicator = names.indicators.get(row.indicator)
    many = indicator is not None and indicator.aggregation is Aggregation.EACH_MEMBER
    if many and row.kind not in (Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE):
        expected = "use growth_rate or growth_multiple, or one indicator"
        yield each.problem("kind", f"{row.indicator} stands for indicators of several units", expected)


def _dates(each: Located[TargetRow], policy: PolicyRow | None) -> Iterator[DataProblem]:
    row = each.row
    if row.deadline is None:
        return
    issued = policy.issued if policy else None
    for field, year, what in (
        ("baseline_year", row.baseline_year, "the baseline"),
        ("period_start", row.period_start, "the first year of the plan"),
        ("deadline", issued, "the year the policy was issued in"),
    ):
        late = year is not None and (year > row.deadline or (field == "baseline_year" and year == row.deadline))
        if late:
            yield each.problem(field, f"the deadline {row.deadline} does not lie after {what}, {year}", "see the text")


def asked_of(row: TargetRow | Draft) -> TargetSpec:
    """The arithmetic's view of a line or a draft, to ask whether it contradicts itself."""
    return TargetSpec(
        kind=row.kind,
        comparator=row.comparator,
        value=float(row.value),
        value_high=None if row.value_high is None else float(row.value_high),
        measure=row.measure,
        direction=row.direction,
        deadline=row.deadline,
        baseline_year=row.baseline_year,
    )


def _contradictions(each: Located[TargetRow]) -> Iterator[DataProblem]:
    for field, sentence in contradictions(asked_of(each.row)):
        yield each.problem(field, sentence, "see the number and the words around it in the quote")
