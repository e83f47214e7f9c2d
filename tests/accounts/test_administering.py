"""Accounts, grants and links: who may give what to whom, and what is kept of it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from accounts import administering, demonstration, passwords
from accounts.administering import GOOD_FOR, first_link, link_of, reset_link, use_link
from accounts.sessions import Visitor, person_of, sign_in, sign_in_as, whoami
from models import Account, SetupLink
from models.columns import now
from models.enums import AccountAct
from models.errors import AccountRefused, NotAllowed, UnknownId
from models.people import Grant, Person, PersonRole
from storage.engine import unit_of_work
from tests.accounts.conftest import COUNTRY, PASSWORD, Make
from tests.cast import ADMIN, CAST, OTHER_PROVINCE, PROVINCE, ZONE_A, ZONE_C, somebody

ADMIN_OF_P = somebody("admin-p", PersonRole.ADMIN, PROVINCE)
HERE = Visitor("10.0.0.5")
OPERATIONS = {
    "accounts": lambda s, p: administering.accounts(s, p),
    "add": lambda s, p: administering.add(s, p, "new", "New"),
    "grant": lambda s, p: administering.grant(s, p, "li", PersonRole.LEAD, ZONE_A),
    "revoke": lambda s, p: administering.revoke(s, p, "li", PersonRole.CLERK, ZONE_A),
    "disable": lambda s, p: administering.disable(s, p, "li"),
    "enable": lambda s, p: administering.enable(s, p, "li"),
    "reset_link": lambda s, p: administering.reset_link(s, p, "li"),
    "events": lambda s, p: administering.events(s, p),
}


def kind_of(refused: pytest.ExceptionInfo[AccountRefused]) -> str:
    return refused.value.kind


@pytest.fixture
def li(make: Make) -> None:
    make("li", (PersonRole.CLERK, ZONE_A))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("who", [*CAST, Person("nobody", "nobody")], ids=lambda who: who.login)
def test_only_an_administrator_may_do_anything_to_an_account(
    li: None, session: Session, who: Person, operation: str
) -> None:
    if who is ADMIN:
        OPERATIONS[operation](session, who)
        return
    with pytest.raises(NotAllowed, match="a admin may, in the place"):
        OPERATIONS[operation](session, who)


def test_an_administrator_of_a_province_gives_nothing_outside_of_it(li: None, session: Session) -> None:
    administering.grant(session, ADMIN_OF_P, "li", PersonRole.REVIEWER, PROVINCE)
    for role, place in ((PersonRole.CLERK, ZONE_C), (PersonRole.VIEWER, OTHER_PROVINCE), (PersonRole.ADMIN, COUNTRY)):
        with pytest.raises(NotAllowed):
            administering.grant(session, ADMIN_OF_P, "li", role, place)


@pytest.mark.parametrize("operation", ["grant", "revoke", "disable", "enable", "reset_link"])
def test_nobody_rises_by_the_account_of_somebody_who_may_do_more(li: None, session: Session, operation: str) -> None:
    administering.grant(session, ADMIN, "li", PersonRole.ADMIN, COUNTRY)
    with pytest.raises(NotAllowed):
        OPERATIONS[operation](session, ADMIN_OF_P)
    assert [each.login for each in administering.accounts(session, ADMIN_OF_P)] == []


def test_a_new_account_may_nothing_and_cannot_sign_in(places: Engine) -> None:
    with unit_of_work(places) as session:
        administering.add(session, ADMIN, "new", "  New   One ")
    with unit_of_work(places) as session:
        assert person_of(session, "new") == Person("new", "New One", ())
    for password in ("", PASSWORD):
        with pytest.raises(AccountRefused):
            sign_in(places, "new", password, HERE)
    with pytest.raises(AccountRefused):
        sign_in_as(places, "new", HERE)


@pytest.mark.parametrize(
    ("login", "name", "kind"),
    [
        ("Li", "x", "login"),
        ("l", "x", "login"),
        ("li hua", "x", "login"),
        ("<b>", "x", "login"),
        ("a" * 61, "x", "login"),
        ("李", "x", "login"),
        ("ok", " ", "name"),
        ("ok", "x" * 61, "name"),
        ("ok", "a\u202eb", "name"),
        ("li", "x", "taken"),
    ],
)
def test_an_odd_login_or_name_is_refused(li: None, session: Session, login: str, name: str, kind: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        administering.add(session, ADMIN, login, name)
    assert kind_of(refused) == kind


def test_a_place_or_login_that_there_is_not_is_told_with_the_nearest(li: None, session: Session) -> None:
    with pytest.raises(UnknownId, match="baoding"):
        administering.grant(session, ADMIN, "li", PersonRole.CLERK, "baodin")
    with pytest.raises(UnknownId, match="li"):
        administering.disable(session, ADMIN, "lii")


@pytest.mark.parametrize("role", [PersonRole.CLERK, PersonRole.LEAD])
def test_a_clerk_belongs_to_a_zone(li: None, session: Session, role: PersonRole) -> None:
    with pytest.raises(AccountRefused) as refused:
        administering.grant(session, ADMIN, "li", role, PROVINCE)
    assert kind_of(refused) == "role_place"


def test_granting_twice_is_granting_once_and_revoking_what_was_not_granted_is_told(li: None, session: Session) -> None:
    for _ in range(2):
        administering.grant(session, ADMIN, "li", PersonRole.LEAD, ZONE_A)
    administering.revoke(session, ADMIN, "li", PersonRole.LEAD, ZONE_A)
    with pytest.raises(AccountRefused) as refused:
        administering.revoke(session, ADMIN, "li", PersonRole.LEAD, ZONE_A)
    assert kind_of(refused) == "no_grant"


@pytest.mark.parametrize(
    "away",
    [
        lambda s: administering.disable(s, ADMIN, "boss"),
        lambda s: administering.revoke(s, ADMIN, "boss", PersonRole.ADMIN, COUNTRY),
    ],
)
def test_the_last_administrator_stays(places: Engine, make: Make, away: object) -> None:
    make("boss", (PersonRole.ADMIN, COUNTRY))
    with pytest.raises(AccountRefused) as refused, unit_of_work(places) as session:
        away(session)  # type: ignore[operator]
    assert kind_of(refused) == "last_admin"
    with unit_of_work(places) as session:
        assert person_of(session, "boss") == Person("boss", "boss", (Grant(PersonRole.ADMIN, COUNTRY),))
    make("second", (PersonRole.ADMIN, COUNTRY))
    with unit_of_work(places) as session:
        away(session)  # type: ignore[operator]


def test_every_act_is_kept_with_who_and_what_and_nobody_changes_it(li: None, places: Engine) -> None:
    with unit_of_work(places) as session:
        administering.disable(session, ADMIN, "li")
        administering.enable(session, ADMIN, "li")
        told = [(each.actor, each.act, each.words) for each in administering.events(session, ADMIN)][::-1]
    assert told == [
        ("admin", AccountAct.ADD, ""),
        ("admin", AccountAct.GRANT, f"clerk {ZONE_A}"),
        ("admin", AccountAct.LINK, ""),
        ("li", AccountAct.SET_PASSWORD, ""),
        ("admin", AccountAct.DISABLE, ""),
        ("admin", AccountAct.ENABLE, ""),
    ]
    for change in ("UPDATE accountevent SET actor = 'x'", "DELETE FROM accountevent"):
        with pytest.raises(DBAPIError, match="append-only"), places.begin() as connection:
            connection.execute(text(change))


def test_a_link_sets_a_password_once_and_ends_all_sessions(li: None, places: Engine) -> None:
    old = sign_in(places, "li", PASSWORD, HERE)
    with unit_of_work(places) as session:
        void, token = reset_link(session, ADMIN, "li"), reset_link(session, ADMIN, "li")
        assert link_of(session, token).login == "li"
        with pytest.raises(AccountRefused):
            link_of(session, void)
        use_link(session, token, passwords.hashed("quite another one", "li"))
        with pytest.raises(AccountRefused):
            use_link(session, token, "x")
    assert whoami(places, old) is None
    assert sign_in(places, "li", "quite another one", HERE)


def test_a_link_runs_out_and_is_void_for_a_disabled_account(li: None, session: Session) -> None:
    token = reset_link(session, ADMIN, "li")
    with pytest.raises(AccountRefused):
        link_of(session, token, now() + GOOD_FOR + timedelta(seconds=1))
    administering.disable(session, ADMIN, "li")
    with pytest.raises(AccountRefused):
        link_of(session, token)
    with pytest.raises(AccountRefused) as refused:
        reset_link(session, ADMIN, "li")
    assert kind_of(refused) == "no_link"


def test_changing_the_password_voids_a_link_that_waits(li: None, session: Session) -> None:
    token = reset_link(session, ADMIN, "li")
    from accounts.sessions import set_password

    account = session.get(Account, "li")
    assert account is not None
    set_password(session, account, passwords.hashed("quite another one", "li"), "li")
    with pytest.raises(AccountRefused):
        link_of(session, token)


def test_the_first_link_makes_one_administrator_of_everything(places: Engine) -> None:
    with unit_of_work(places) as session:
        void, token = first_link(session), first_link(session)
        assert void and token and session.exec(select(SetupLink)).one()
        assert link_of(session, token).login is None
        use_link(session, token, passwords.hashed(PASSWORD, "boss"), "boss", "The Boss")
        assert person_of(session, "boss") == Person("boss", "The Boss", (Grant(PersonRole.ADMIN, COUNTRY),))
        assert first_link(session) is None
    assert sign_in(places, "boss", PASSWORD, HERE)


def test_a_first_link_is_void_as_soon_as_there_is_an_administrator(places: Engine, make: Make) -> None:
    with unit_of_work(places) as session:
        token = first_link(session)
    make("boss", (PersonRole.ADMIN, COUNTRY))
    with unit_of_work(places) as session, pytest.raises(AccountRefused):
        use_link(session, str(token), passwords.hashed(PASSWORD, "evil"), "evil", "Evil")


def test_the_cast_has_no_password_and_can_be_withdrawn(places: Engine) -> None:
    with unit_of_work(places) as session:
        demonstration.provide(session, wanted=True)
        demonstration.provide(session, wanted=True)
        assert dict(demonstration.cast(session)) == demonstration.CAST
        assert first_link(session) is not None  # The cast's administrator is none for real.
    token = sign_in_as(places, "demo-officer", HERE)
    with pytest.raises(AccountRefused):
        sign_in(places, "demo-officer", "", HERE)
    with unit_of_work(places) as session:
        demonstration.provide(session, wanted=False)
        assert demonstration.cast(session) == []
    assert whoami(places, token) is None
    with pytest.raises(AccountRefused):
        sign_in_as(places, "demo-officer", HERE)


def test_the_cast_does_not_take_somebodys_login_or_keep_what_it_was_given(places: Engine, make: Make) -> None:
    make("demo-officer", (PersonRole.VIEWER, PROVINCE))
    with unit_of_work(places) as session:
        demonstration.provide(session, wanted=True)
        administering.grant(session, ADMIN, "demo-viewer", PersonRole.OFFICER, PROVINCE)
        demonstration.provide(session, wanted=True)
        viewer, officer = person_of(session, "demo-viewer"), person_of(session, "demo-officer")
    assert viewer and viewer.grants == (Grant(PersonRole.VIEWER, PROVINCE),)
    assert officer and officer.grants == (Grant(PersonRole.VIEWER, PROVINCE),)
    with pytest.raises(AccountRefused):
        sign_in_as(places, "demo-officer", HERE)
