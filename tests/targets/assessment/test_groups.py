"""From zones to groups, with numbers that can be added up by hand."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from targets.assessment import groups

D = Decimal
ZONES = ("a", "b", "c")
amounts = st.decimals(0, 10**9, places=2)
by_zone = st.fixed_dictionaries(dict.fromkeys(ZONES, amounts))


def test_a_ratio_of_sums_is_not_the_mean_of_the_ratios() -> None:
    made = groups.ratio_of_sums({"a": D(1), "b": D(30)}, {"a": D(100), "b": D(1000)}, ("a", "b"), D(100))
    assert made.value is not None and round(made.value, 4) == D("2.8182")
    assert (D(1) + D(3)) / 2 != made.value


def test_numerator_and_denominator_come_from_the_same_zones() -> None:
    made = groups.ratio_of_sums({"a": D(1), "b": D(30)}, {"a": D(100), "c": D(1000)}, ZONES, D(100))
    assert made.value == 1
    assert (made.reported, made.members, made.missing) == (1, 3, ("b", "c"))


def test_a_ratio_over_nothing_is_no_ratio() -> None:
    assert groups.ratio_of_sums({"a": D(1)}, {"a": D(0)}, ("a",), D(100)).value is None


def test_a_sum_says_who_is_missing() -> None:
    made = groups.total({"a": D("1.5"), "b": D("2.25")}, ZONES)
    assert (made.value, made.reported, made.members, made.missing) == (D("3.75"), 2, 3, ("c",))


def test_a_sum_of_nobody_is_no_value() -> None:
    assert groups.total({}, ZONES).value is None


@given(by_zone)
def test_a_sum_is_exact(values: dict[str, Decimal]) -> None:
    assert groups.total(values, ZONES).value == sum(values.values(), D(0))


@given(by_zone, by_zone)
def test_a_ratio_of_sums_lies_between_the_smallest_and_the_largest_ratio(
    over: dict[str, Decimal], under: dict[str, Decimal]
) -> None:
    assume(all(under.values()))
    made = groups.ratio_of_sums(over, under, ZONES, D(100))
    ratios = [over[zone] / under[zone] * 100 for zone in ZONES]
    slack = D("1e-15") * (1 + max(ratios))
    assert made.value is not None
    assert min(ratios) - slack <= made.value <= max(ratios) + slack


def test_a_threshold_counts_those_at_it_unless_it_is_strict() -> None:
    values = {"a": D(1000), "b": D("1000.01"), "c": D(999)}
    assert groups.zone_count_past(values, ZONES, D(1000), strict=False).value == 2
    assert groups.zone_count_past(values, ZONES, D(1000), strict=True).value == 1


def test_coverage_is_of_all_sub_regions() -> None:
    made = groups.region_coverage({"x", "y", "elsewhere"}, ("x", "y", "z", "w"))
    assert made.value == 50
    assert groups.region_coverage({"x"}, ()).value is None


def test_yes_and_no_of_zones_is_a_share_of_all_in_the_scope() -> None:
    made = groups.zone_coverage({"a": True, "b": False}, ZONES)
    assert made.value is not None and round(made.value, 2) == D("33.33")
    assert (made.reported, made.members) == (2, 3)
