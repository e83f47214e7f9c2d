"""The one table of rights. Every button and every operation asks here; nothing is granted by default."""

from collections.abc import Mapping

from sqlmodel import Session, select

from models import Place, Region, ZoneGroup, ZoneStanding
from models.enums import PlaceKind
from models.errors import ANYWHERE, NotAllowed
from models.people import Action, Person, PersonRole

Z, R = frozenset({PersonRole.CLERK, PersonRole.LEAD}), frozenset({PersonRole.REVIEWER})
RIGHTS: dict[Action, frozenset[PersonRole]] = {
    Action.READ_DRAFTS: Z,
    Action.READ_SUBMITTED: Z | R,
    Action.READ_APPROVED: Z | R | {PersonRole.OFFICER, PersonRole.VIEWER},
    Action.READ_GROUP_RESULTS: Z | R | {PersonRole.OFFICER, PersonRole.VIEWER},
    Action.EDIT_DRAFT: Z,
    Action.SUBMIT: frozenset({PersonRole.LEAD}),
    Action.REVIEW: R,
    Action.MANAGE_POLICIES: frozenset({PersonRole.OFFICER}),
    Action.ALLOCATE: frozenset({PersonRole.OFFICER}),
    Action.MANAGE_ROUNDS: R,
    Action.EXPORT: Z | R | {PersonRole.OFFICER, PersonRole.VIEWER},
    Action.ADMINISTER: frozenset({PersonRole.ADMIN}),
    Action.READ_AUDIT: Z | R | {PersonRole.OFFICER, PersonRole.ADMIN},
}
"""Who may do what, in the place of the grant and below it."""

UPWARD = frozenset({Action.READ_GROUP_RESULTS})
"""What a grant also gives for the places above its own: the results of the groups that a zone belongs to."""

Parents = Mapping[str, str | None]
"""Each place with the one that it lies in."""


def may(person: Person, action: Action, place: str, parents: Parents) -> bool:
    """Whether a person may do something in a place."""
    above = set(lineage(place, parents))
    return any(
        grant.role in RIGHTS[action]
        and (grant.place in above or (action in UPWARD and _region(place, parents) in lineage(grant.place, parents)))
        for grant in person.grants
    )


def may_somewhere(person: Person, action: Action) -> bool:
    """Whether a person may do something in any place at all."""
    return any(grant.role in RIGHTS[action] for grant in person.grants)


def require(session: Session, person: Person, action: Action, place: str) -> None:
    """Raises NotAllowed, which says who may, unless the person may do it there."""
    if not may(person, action, place, parents_of_places(session)):
        raise NotAllowed(person.login, action.value, place, roles_that_may(action))


def require_somewhere(person: Person, action: Action) -> None:
    """Raises NotAllowed, which says who may, for whoever may do it nowhere."""
    if not may_somewhere(person, action):
        raise NotAllowed(person.login, action.value, ANYWHERE, roles_that_may(action))


def roles_that_may(action: Action) -> list[str]:
    """The roles that a table of rights gives an action to, in their order."""
    return [role.value for role in PersonRole if role in RIGHTS[action]]


def lineage(place: str, parents: Parents) -> list[str]:
    """A place and everything it lies in, from the inside out."""
    found = [place]
    while (above := parents.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found


def _region(place: str, parents: Parents) -> str:
    """A group stands for its region."""
    above = parents.get(place)
    return above if above is not None and place.startswith(f"{above}-") else place


def parents_of_places(session: Session) -> dict[str, str | None]:
    """The place that each region, zone and group lies in now."""
    # Columns, not records: this is asked at each step that anybody takes.
    found: dict[str, str | None] = dict(session.exec(select(Region.code, Region.parent_code)).all())
    standings = session.exec(select(ZoneStanding.zone_code, ZoneStanding.city_code, ZoneStanding.valid_from)).all()
    found |= {zone: city for zone, city, _ in sorted(standings, key=lambda each: each[2] or 0)}
    found |= dict(session.exec(select(ZoneGroup.code, ZoneGroup.region_code)).all())
    country = session.exec(select(Place.code).where(Place.kind == PlaceKind.COUNTRY)).first()
    return below(country, found)


def below(country: str | None, found: Parents) -> dict[str, str | None]:
    """The same, with the country above what lies in nothing else."""
    return {code: above if above is not None or code == country else country for code, above in found.items()}
