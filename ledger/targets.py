"""From a confirmed draft to the target that is judged. A change makes a new version; the old one stays."""

from sqlmodel import Session, select

from ledger.catalogue import Catalogue
from ledger.identifiers import free, slug
from models import PolicyDocument, Target
from models.ledger import Draft


def put_target(
    session: Session, policy: PolicyDocument, catalogue: Catalogue, draft: Draft, target_id: str, reason: str = ""
) -> str:
    """Makes the target of a linked draft, or its next version; its id comes back, "" for a draft without links.

    A draft that lost its links takes its target out of judgement.
    """
    if not draft.linked:
        take_out(session, target_id)
        return target_id
    used = target_id or _new_id(session, policy, catalogue, draft)
    stored = session.exec(select(Target).where(Target.id == used).order_by(Target.version)).all()  # type: ignore[arg-type]
    made = _target(policy, catalogue, draft, used)
    made.version = 1 + max((each.version for each in stored), default=0)
    made.reason = reason
    take_out(session, used)
    session.add(made)
    session.flush()
    _order(session, policy)
    return used


def take_out(session: Session, target_id: str) -> None:
    """A target is judged no longer; its versions stay for the reports that were made with them."""
    for old in session.exec(select(Target).where(Target.id == target_id, Target.current)):
        old.retire()
    session.flush()


def _order(session: Session, policy: PolicyDocument) -> None:
    """Targets stand in the order of the text."""
    query = select(Target).where(Target.policy_id == policy.id, Target.current)
    for position, each in enumerate(session.exec(query.order_by(Target.anchor_start, Target.id))):  # type: ignore[arg-type]
        each.position = position
    session.flush()


def _new_id(session: Session, policy: PolicyDocument, catalogue: Catalogue, draft: Draft) -> str:
    """`<policy>/<indicator>`, with the level where the group has one, with a number where that is taken."""
    assert draft.indicator_code is not None
    group = catalogue.groups.get(draft.place_code or "")
    level = f"-{group.level.value}" if group is not None and group.level is not None else ""
    taken = set(session.exec(select(Target.id).where(Target.policy_id == policy.id)))
    return free(f"{policy.id}/{slug(draft.indicator_code)}{level}", taken)


def _target(policy: PolicyDocument, catalogue: Catalogue, draft: Draft, target_id: str) -> Target:
    assert draft.indicator_code is not None and draft.place_code is not None
    same = (
        "start end anchor_start anchor_end per_zone kind measure comparator value value_high unit direction deadline"
        " baseline_year period_start reference_code reference_place nature strength"
    ).split()
    return Target(
        id=target_id,
        policy_id=policy.id,
        quote=policy.text[draft.start : draft.end],
        title_zh=draft.indicator,
        title_en=draft.title_en or catalogue.indicators[draft.indicator_code].en,
        scope_text=draft.scope,
        indicator_code=draft.indicator_code,
        place_code=draft.place_code,
        note_zh=draft.note,
        note_en=draft.note,
        **{name: getattr(draft, name) for name in same},
    )


def draft_of_target(target: Target) -> Draft:
    """The draft that a target on record stands for."""
    same = set(Draft.model_fields) & set(Target.model_fields)
    return Draft(
        **{name: getattr(target, name) for name in same},
        indicator=target.title_zh,
        scope=target.scope_text,
        note=target.note_zh,
    )
