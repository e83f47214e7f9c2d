"""Signing in and out: whose token it is, how long it lasts, and what an attacker gets for trying."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from accounts import sessions, throttle
from accounts.administering import disable, events, grant, revoke
from accounts.audit import Asked, trail
from accounts.sessions import (
    IDLE,
    LONGEST,
    Visitor,
    change_password,
    seen,
    sign_in,
    sign_out,
    sign_out_everywhere,
    whoami,
)
from models import SignInSession
from models.enums import AccountAct
from models.errors import AccountRefused
from models.people import Grant, Person, PersonRole
from storage.engine import reading, unit_of_work
from tests.accounts.conftest import PASSWORD, Make
from tests.cast import ADMIN, OFFICER, ZONE_A, ZONE_B

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = Visitor("10.0.0.5", "Firefox"), Visitor("203.0.113.9")
SECOND = timedelta(seconds=1)


@pytest.fixture
def li(make: Make, places: Engine) -> Engine:
    """A database in which `li` is a clerk of zone A."""
    make("li", (PersonRole.CLERK, ZONE_A))
    return places


def refusal(engine: Engine, login: str, password: str, visitor: Visitor = HERE, at: datetime = NOW) -> str:
    with pytest.raises(AccountRefused) as refused:
        sign_in(engine, login, password, visitor, at)
    return refused.value.kind


def person(engine: Engine, token: str, at: datetime = NOW) -> Person:
    found = whoami(engine, token, at)
    assert found is not None
    return found


def test_who_signs_in_is_known_with_all_grants(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    assert whoami(li, token, NOW) == Person("li", "li", (Grant(PersonRole.CLERK, ZONE_A),))


@pytest.mark.parametrize("token", [None, "", "x", "' OR 1=1 --", "\ud800", "a" * 10_000])
def test_a_token_that_nobody_was_given_is_nobodys(li: Engine, token: str | None) -> None:
    assert whoami(li, token, NOW) is None


def test_the_database_holds_no_token_and_no_password(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    with li.connect() as connection:
        tables = ("account", "signinsession", "setuplink", "signinattempts", "accountevent")
        kept = " ".join(str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in tables)
    assert "li" in kept
    assert token not in kept and PASSWORD not in kept


def test_the_hash_in_the_database_is_no_token(li: Engine) -> None:
    sign_in(li, "li", PASSWORD, HERE, NOW)
    with reading(li) as session:
        stolen = session.exec(select(SignInSession.token_hash)).one()
    assert whoami(li, stolen, NOW) is None


@pytest.mark.parametrize(
    ("login", "password"),
    [("li", "wrong"), ("li", ""), ("li", PASSWORD.upper()), ("nobody", PASSWORD), ("", ""), ("li' --", "x")],
)
def test_what_was_wrong_is_not_told(li: Engine, login: str, password: str) -> None:
    assert refusal(li, login, password) == "sign_in"


def test_a_login_that_nobody_has_costs_as_much_work_as_one_that_somebody_has(
    li: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    hasher = sessions.passwords._hasher

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            looked_at.append(kept)
            return hasher.verify(kept, password)

        hash = hasher.hash

    monkeypatch.setattr(sessions.passwords, "_hasher", Counting())
    for login in ("li", "nobody"):
        refusal(li, login, "wrong")
    assert [kept.split("$")[1:4] for kept in looked_at] == [["argon2id", "v=19", "m=8,t=1,p=1"]] * 2


def test_full_width_characters_of_an_input_method_are_the_same_password(li: Engine) -> None:
    wide = PASSWORD.replace("c", "ｃ")
    assert whoami(li, sign_in(li, "li", wide, HERE, NOW), NOW) is not None


def test_a_session_that_nobody_uses_runs_out(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    assert whoami(li, token, NOW + IDLE - SECOND) is not None
    assert whoami(li, token, NOW + IDLE) is None
    seen(li, token, NOW + IDLE - SECOND)
    assert whoami(li, token, NOW + IDLE) is not None
    seen(li, token, NOW + 3 * IDLE)  # Too late: it does not come back.
    assert whoami(li, token, NOW + 3 * IDLE) is None


def test_a_session_runs_out_however_much_it_is_used(li: Engine) -> None:
    token, at = sign_in(li, "li", PASSWORD, HERE, NOW), NOW
    while (at := at + IDLE / 2) < NOW + LONGEST:
        seen(li, token, at)
        assert whoami(li, token, at) is not None
    seen(li, token, NOW + LONGEST - SECOND)
    assert whoami(li, token, NOW + LONGEST) is None


def test_reading_screens_does_not_write_each_time(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    written = []
    for seconds in (1, 30, 59, 60, 61, 90):
        seen(li, token, NOW + seconds * SECOND)
        with reading(li) as session:
            written.append((session.exec(select(SignInSession.seen_at)).one() - NOW) // SECOND)
    assert written == [0, 0, 0, 60, 60, 60]


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_that_the_browser_had(li: Engine) -> None:
    first = sign_in(li, "li", PASSWORD, HERE, NOW)
    planted = "planted-by-an-attacker"
    second = sign_in(li, "li", PASSWORD, Visitor("10.0.0.5", token=first), NOW)
    third = sign_in(li, "li", PASSWORD, Visitor("10.0.0.5", token=planted), NOW)
    assert len({first, second, third, planted}) == 4
    assert [whoami(li, each, NOW) is not None for each in (first, second, third, planted)] == [False, True, True, False]


def test_who_it_is_can_be_asked_while_work_that_writes_is_open(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    with unit_of_work(li):
        assert whoami(li, token, NOW + SECOND * 600) is not None


def test_signing_out_ends_this_browser_only(li: Engine) -> None:
    one, other = (sign_in(li, "li", PASSWORD, HERE, NOW) for _ in range(2))
    sign_out(li, one)
    sign_out(li, one)
    sign_out(li, None)
    assert (whoami(li, one, NOW), whoami(li, other, NOW) is None) == (None, False)


def test_who_signed_in_from_where_and_out_is_in_the_audit_trail_for_those_of_the_country(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    refusal(li, "li", "wrong")
    sign_out(li, token)
    sign_out(li, token)
    with unit_of_work(li) as session:
        found = [(each.actor, each.what, each.words) for each in trail(session, ADMIN, Asked(who="li"), 20)]
        inside = trail(session, OFFICER, Asked(who="li"), 20)
        shown = {each.act for each in events(session, ADMIN)}
    signed = [("li", "account_act.sign_out", ""), ("li", "account_act.sign_in", "10.0.0.5")]
    assert [each for each in found if each[1] != "account_act.set_password"] == signed
    assert not {each.what for each in inside} & {"account_act.sign_in", "account_act.sign_out"}
    assert not shown & {AccountAct.SIGN_IN, AccountAct.SIGN_OUT}, "the list of what was done to accounts stays short"


def test_signing_out_everywhere_ends_all_but_this_one(li: Engine) -> None:
    tokens = [sign_in(li, "li", PASSWORD, HERE, NOW) for _ in range(3)]
    with unit_of_work(li) as session:
        sign_out_everywhere(session, person(li, tokens[0]), but=tokens[0])
    assert [whoami(li, each, NOW) is not None for each in tokens] == [True, False, False]


def test_a_stolen_token_is_worth_nothing_once_it_is_revoked(li: Engine) -> None:
    stolen = sign_in(li, "li", PASSWORD, HERE, NOW)
    with unit_of_work(li) as session:
        sign_out_everywhere(session, person(li, stolen))
    assert whoami(li, stolen, NOW) is None


def test_a_disabled_account_is_out_at_once_and_stays_out(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    with unit_of_work(li) as session:
        disable(session, ADMIN, "li")
    assert whoami(li, token, NOW) is None
    assert refusal(li, "li", PASSWORD) == "sign_in"


def test_what_is_granted_and_revoked_holds_from_the_next_look(li: Engine) -> None:
    token = sign_in(li, "li", PASSWORD, HERE, NOW)
    with unit_of_work(li) as session:
        grant(session, ADMIN, "li", PersonRole.LEAD, ZONE_B)
        revoke(session, ADMIN, "li", PersonRole.CLERK, ZONE_A)
    assert person(li, token).grants == (Grant(PersonRole.LEAD, ZONE_B),)


def test_a_new_password_ends_the_other_sessions(li: Engine) -> None:
    mine, other = (sign_in(li, "li", PASSWORD, HERE, NOW) for _ in range(2))
    change_password(li, person(li, mine), PASSWORD, "a better one, longer", Visitor("10.0.0.5", token=mine))
    assert (whoami(li, mine, NOW) is None, whoami(li, other, NOW)) == (False, None)
    assert refusal(li, "li", PASSWORD) == "sign_in"
    assert sign_in(li, "li", "a better one, longer", HERE, NOW)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("wrong", "a better one, longer", "old_password"),
        (PASSWORD, "short", "password_length"),
        (PASSWORD, "x" * 201, "password_length"),
        (PASSWORD, "1212121212", "password_easy"),
        (PASSWORD, "the clerk LI was here", "password_easy"),
    ],
)
def test_a_password_that_is_wrong_or_easy_changes_nothing(li: Engine, old: str, new: str, kind: str) -> None:
    mine = sign_in(li, "li", PASSWORD, HERE, NOW)
    with pytest.raises(AccountRefused) as refused:
        change_password(li, person(li, mine), old, new, Visitor("10.0.0.5", token=mine))
    assert refused.value.kind == kind
    assert sign_in(li, "li", PASSWORD, ELSEWHERE, NOW)


def fail(engine: Engine, times: int, login: str = "li", visitor: Visitor = ELSEWHERE, at: datetime = NOW) -> datetime:
    """So many wrong attempts, each as soon as it is heard; returns when the next would be."""
    done = 0
    while done < times:
        with pytest.raises(AccountRefused) as refused:
            sign_in(engine, login, "wrong", visitor, at)
        if refused.value.kind == "wait":
            at += refused.value.seconds * SECOND
        else:
            done += 1
    return at


def test_after_some_failures_each_next_attempt_waits_longer(li: Engine) -> None:
    waits, at = [], fail(li, throttle.PAIR.free)
    for _ in range(5):
        with pytest.raises(AccountRefused) as refused:
            sign_in(li, "li", PASSWORD, ELSEWHERE, at)
        assert refused.value.kind == "wait"
        waits.append(refused.value.seconds)
        at = fail(li, 1, at=at + waits[-1] * SECOND)
    assert waits == sorted(waits) and waits[0] <= 2 and waits[-1] >= 16


def test_the_wait_has_an_end_and_then_the_right_password_is_heard(li: Engine) -> None:
    at = fail(li, throttle.PAIR.free + 15)
    assert sign_in(li, "li", PASSWORD, ELSEWHERE, at + throttle.PAIR.longest)


def test_whoever_signed_in_here_before_is_not_kept_out_by_strangers_elsewhere(li: Engine) -> None:
    sign_in(li, "li", PASSWORD, HERE, NOW)
    at = NOW
    for number in range(throttle.LOGIN.free + 10):
        at = fail(li, 1, visitor=Visitor(f"203.0.113.{number}"), at=at)
    assert refusal(li, "li", PASSWORD, Visitor("198.51.100.1"), at) == "wait"
    assert sign_in(li, "li", PASSWORD, HERE, at)


def test_a_colleague_behind_the_same_address_keeps_nobody_out(li: Engine, make: Make) -> None:
    make("wang", (PersonRole.CLERK, ZONE_A))
    sign_in(li, "li", PASSWORD, HERE, NOW)
    at = fail(li, 12, login="wang", visitor=HERE)
    assert sign_in(li, "li", PASSWORD, HERE, at)


def test_one_address_cannot_try_a_password_on_everybody(li: Engine) -> None:
    for number in range(throttle.ADDRESS.free):
        fail(li, 1, login=f"user{number}")
    assert refusal(li, "li", PASSWORD, ELSEWHERE) == "wait"


def test_an_attempt_is_counted_before_it_is_looked_at(li: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a hundred at once would all be the first."""
    inside: list[str] = []

    def slow(password: str, kept: str | None) -> bool:
        if len(inside) < throttle.PAIR.free + 3:
            inside.append(password)
            with pytest.raises(AccountRefused) as refused:
                sign_in(li, "li", "wrong", ELSEWHERE, NOW)
            inside.append(refused.value.kind)
        return False

    monkeypatch.setattr(sessions.passwords, "matches", slow)
    refusal(li, "li", "wrong", ELSEWHERE)
    assert "wait" in inside


def test_failures_are_forgotten_after_a_day(li: Engine) -> None:
    at = fail(li, throttle.PAIR.free + 3)
    assert refusal(li, "li", "wrong", ELSEWHERE, at + throttle.FORGOTTEN) == "sign_in"
    assert refusal(li, "li", "wrong", ELSEWHERE, at + throttle.FORGOTTEN + SECOND) == "sign_in"


def test_counts_do_not_grow_for_ever(li: Engine) -> None:
    for number in range(5):
        fail(li, 1, login=f"user{number}")
    later = NOW + throttle.KNOWN + timedelta(days=1)
    sign_in(li, "li", PASSWORD, HERE, later)
    with li.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM signinattempts")).scalar_one() == 3


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_whoever_has_a_whole_network_is_counted_once(address: str, network: str) -> None:
    assert throttle.network_of(address) == network
