"""Spreading a group's target over its zones: who may, what is checked, and the version that is kept.

Every act has the shape of the desk's: fetch, right, state, rules, append.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from accounts.rights import require
from models import Allocation, AllocationShare, Indicator, Target, Unit
from models.assessment import TargetSpec
from models.enums import AllocationRule, DataSet
from models.errors import Conflict, PlanRefused, UnknownId
from models.people import Action, Person
from models.quantity import Quantity
from storage.load import raise_version
from targets.assessment.allocation import Basis, Goal, goal_of, refuse_shares, refuse_what_cannot_be_spread


@dataclass(frozen=True, slots=True)
class Wanted:
    """An allocation as somebody wants it. `known` is the version it was made on: 0 for the first one."""

    data_set: DataSet
    target_id: str
    rule: AllocationRule
    step: Decimal
    year: int | None
    basis: Mapping[str, Basis]
    shares: Mapping[str, Decimal]
    known: int = 0
    reason: str = ""


def allocate(session: Session, person: Person, wanted: Wanted) -> int:
    """Keeps an allocation as the next version of its target; the version comes back.

    Raises UnknownId, NotAllowed, Conflict where somebody has saved another version meanwhile, and PlanRefused where
    the target cannot be spread, the shares do not come to its number, or a change has no reason.
    """
    target = _fetched(session, person, wanted.target_id)
    latest = _latest(session, wanted.data_set, wanted.target_id)
    _refuse_state(latest, wanted)
    indicator, goal = _goal(session, target)
    if not wanted.shares or set(wanted.shares) != set(wanted.basis):
        raise PlanRefused("zones_differ", "each zone of the group needs its share: none may be left out")
    refuse_shares(wanted.shares, wanted.basis, goal)
    return _append(session, person, target, wanted, goal.number, indicator.unit)


def withdraw(session: Session, person: Person, data_set: DataSet, target_id: str, known: int, reason: str) -> int:
    """Takes an allocation back: a version without shares. Raises as `allocate` does."""
    target = _fetched(session, person, target_id)
    latest = _latest(session, data_set, target_id)
    wanted = Wanted(data_set, target_id, AllocationRule.HAND, Decimal(1), None, {}, {}, known, reason)
    if latest is None:
        raise PlanRefused("nothing_to_withdraw", "this target has no allocation that could be taken back")
    _refuse_state(latest, wanted)
    return _append(session, person, target, wanted, latest.total, latest.unit)


def _fetched(session: Session, person: Person, target_id: str) -> Target:
    target = session.exec(select(Target).where(Target.id == target_id, Target.current)).first()
    if target is None:
        raise UnknownId("target", target_id)
    require(session, person, Action.ALLOCATE, target.place_code)
    return target


def _latest(session: Session, data_set: DataSet, target_id: str) -> Allocation | None:
    query = select(Allocation).where(Allocation.data_set == data_set, Allocation.target_id == target_id)
    return session.exec(query.order_by(Allocation.version.desc())).first()  # type: ignore[attr-defined]


def _refuse_state(latest: Allocation | None, wanted: Wanted) -> None:
    version = latest.version if latest else 0
    if version != wanted.known:
        raise _meanwhile(version)
    if latest is not None and not wanted.reason.strip():
        raise PlanRefused("reason", "a change needs a reason: say in a few words why the shares are changed")


def _meanwhile(version: int) -> Conflict:
    return Conflict(f"version {version} of this allocation was saved meanwhile: look at it, then save yours if need be")


def _goal(session: Session, target: Target) -> tuple[Indicator, Goal]:
    indicator = session.get_one(Indicator, target.indicator_code)
    spec = TargetSpec(target.kind, target.comparator, float(target.value), direction=target.direction)
    refuse_what_cannot_be_spread(spec, indicator, per_zone=target.per_zone)
    own, unit = session.get_one(Unit, target.unit), session.get_one(Unit, indicator.unit)
    return indicator, goal_of(Quantity(target.value, own).to(unit).number, spec, indicator)


def _append(session: Session, person: Person, target: Target, wanted: Wanted, total: Decimal, unit: str) -> int:
    made = Allocation(
        data_set=wanted.data_set,
        target_id=target.id,
        target_version=target.version,
        version=wanted.known + 1,
        rule=wanted.rule,
        step=wanted.step,
        year=wanted.year,
        total=total,
        unit=unit,
        actor=person.login,
        reason=wanted.reason.strip(),
    )
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:  # Two saved in the same moment.
        raise _meanwhile(made.version) from error
    assert made.id is not None
    for zone, value in wanted.shares.items():
        basis = wanted.basis[zone]
        share = AllocationShare(
            allocation_id=made.id, zone_code=zone, value=value, latest=basis.value, weight=basis.weight
        )
        session.add(share)
    raise_version(session)
    session.flush()
    return made.version
