"""Whether the zones of a region see each other's approved values: closed, until its reviewer opens them."""

from sqlmodel import Session, select

from accounts.rights import require
from models import PeersEvent, Region
from models.errors import Conflict, Refused, UnknownId
from models.people import Action, Person
from storage.load import raise_version
from storage.nearest import nearest
from storage.queries import peers_open


def set_peers(session: Session, person: Person, region: str, words: str, *, opened: bool) -> None:
    """Opens a region's approved values to its zones, or closes them, with a reason. Raises NotAllowed, Refused."""
    if session.get(Region, region) is None:
        raise UnknownId("place", region, nearest(region, list(session.exec(select(Region.code)))))
    require(session, person, Action.REVIEW, region)
    if (region in peers_open(session)) is opened:
        raise Conflict("That is so already: look at it again.")
    if not words.strip():
        raise Refused("Say why in a few words: the zones read it.")
    session.add(PeersEvent(region_code=region, actor=person.login, opened=opened, words=words.strip()))
    raise_version(session)
