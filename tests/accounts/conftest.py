"""An empty database with the places of the cast, and accounts made in it."""

from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlmodel import Session

from accounts import administering, passwords
from accounts.administering import use_link
from models import Place, Region, Source, Zone, ZoneStanding
from models.enums import PlaceKind, ZoneLevel
from models.people import PersonRole
from storage.engine import unit_of_work
from tests.cast import ADMIN, OTHER_PROVINCE, PROVINCE, ZONE_A, ZONE_B, ZONE_C

PASSWORD = "correct horse battery"
COUNTRY = "100000"
CITY_OF = {ZONE_A: "130600", ZONE_B: "130200", ZONE_C: "150200"}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same algorithm with the least work: how slow it is, is not what is tested here."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def places(engine: Engine) -> Engine:
    """Two provinces, the zones A and B in one, C in the other."""
    regions = {COUNTRY: None, PROVINCE: COUNTRY, OTHER_PROVINCE: COUNTRY}
    regions |= {"130600": PROVINCE, "130200": PROVINCE, "150200": OTHER_PROVINCE}
    kinds = {COUNTRY: PlaceKind.COUNTRY, PROVINCE: PlaceKind.PROVINCE, OTHER_PROVINCE: PlaceKind.PROVINCE}
    with unit_of_work(engine) as session:
        source = Source(id="s", title="t")
        session.add(source)
        for code in (*regions, *CITY_OF):
            kind = kinds.get(code, PlaceKind.ZONE if code in CITY_OF else PlaceKind.CITY)
            session.add(Place(code=code, kind=kind, zh=code, en=code))
        session.flush()
        for code, parent in regions.items():
            session.add(Region(code=code, parent_code=parent))
            session.flush()
        session.add_all(Zone(code=code) for code in CITY_OF)
        session.flush()
        for code, city in CITY_OF.items():
            standing = ZoneStanding(zone_code=code, level=ZoneLevel.NATIONAL, city_code=city, source_id="s")
            session.add(standing)
    return engine


Make = Callable[..., None]


@pytest.fixture
def make(places: Engine) -> Make:
    """make("li", (CLERK, ZONE_A), …): an account with a password and grants."""

    def made(login: str, *grants: tuple[PersonRole, str]) -> None:
        with unit_of_work(places) as session:
            administering.add(session, ADMIN, login, login)
            for role, place in grants:
                administering.grant(session, ADMIN, login, role, place)
            token = administering.reset_link(session, ADMIN, login)
            use_link(session, token, passwords.hashed(PASSWORD, login))

    return made


@pytest.fixture
def session(places: Engine) -> Iterator[Session]:
    with unit_of_work(places) as opened:
        yield opened
