"""How people are reached: what is taken, and who may read it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from accounts.contacts import MAIL, PHONE, contacts_of, set_contact
from models import Account, AccountGrant, Contact
from models.enums import Language
from models.errors import Refused
from models.people import PersonRole
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from tests.cast import CAST, CLERK_A, CLERK_B, LEAD_A, REVIEWER, ZONE_A, ZONE_B, ZONE_C

FILES: DataFiles = read_data(ROOT / "data")[0]
BAD_MAIL = ["a", "a@b", "a@b.c\nBcc: x@y.org", "a@b.org, c@d.org", "A <a@b.org>", "@b.org", "a@b.org>", "a b@c.org"]
BAD_PHONE = ["abc", "12", "1" * 60, "0312\n1234567", "=1+1", "+", "0312-12345x"]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    load(engine, FILES, demonstration=False)
    with unit_of_work(engine) as opened:
        for person, role, zone in (
            (CLERK_A, PersonRole.CLERK, ZONE_A),
            (LEAD_A, PersonRole.LEAD, ZONE_A),
            (CLERK_B, PersonRole.CLERK, ZONE_B),
        ):
            opened.add(Account(login=person.login, name=person.name))
            opened.flush()
            opened.add(AccountGrant(login=person.login, role=role, place=zone))
        opened.flush()
        yield opened


@pytest.mark.parametrize("mail", ["a@example.org", "li.hua+zone@mail.gov.cn", "x_1@a-b.co"])
def test_an_address_is_taken(mail: str) -> None:
    assert MAIL.fullmatch(mail)


@pytest.mark.parametrize("phone", ["0312-1234567", "13800000000", "+86 312 1234567", "(0312) 1234567转801"])
def test_a_number_is_taken(phone: str) -> None:
    assert PHONE.fullmatch(phone)


@pytest.mark.parametrize(("mail", "phone"), [(each, "") for each in BAD_MAIL] + [("", each) for each in BAD_PHONE])
def test_what_is_neither_is_refused(session: Session, mail: str, phone: str) -> None:
    with pytest.raises(Refused, match="This is no"):
        set_contact(session, CLERK_A, mail, phone, Language.ZH)
    assert session.get(Contact, "clerk-a") is None


def test_a_reviewer_reads_the_telephones_of_the_region_and_nobody_else(session: Session) -> None:
    set_contact(session, LEAD_A, "", "0312-1234567", Language.ZH)
    found = contacts_of(session, REVIEWER, [ZONE_A, ZONE_B, ZONE_C])
    assert [(each.zone, each.name, each.phone) for each in found] == [
        (ZONE_A, "lead-a", "0312-1234567"),
        (ZONE_A, "clerk-a", ""),
        (ZONE_B, "clerk-b", ""),
    ]
    for person in CAST:
        if person != REVIEWER:
            assert contacts_of(session, person, [ZONE_A, ZONE_B]) == []


def test_a_number_can_be_taken_back_and_who_left_is_not_called(session: Session) -> None:
    set_contact(session, LEAD_A, "a@example.org", "0312-1234567", Language.ZH)
    set_contact(session, LEAD_A, "", "", Language.ZH)
    assert contacts_of(session, REVIEWER, [ZONE_A])[0].phone == ""
    account = session.get(Account, "lead-a")
    assert account is not None
    account.disabled = True
    session.flush()
    assert [each.name for each in contacts_of(session, REVIEWER, [ZONE_A])] == ["clerk-a"]
