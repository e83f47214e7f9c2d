"""Notices by mail, against a mail server in the tests' own process."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session
from typer.testing import CliRunner

import cli
from accounts.contacts import set_contact
from exchange.notice_mail import Server, mail_all, sending
from models import Account, AccountGrant
from models.enums import Language
from models.people import PersonRole
from settings import ROOT, get_settings
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from submissions.rounds import change_round, open_round
from tests.cast import CLERK_A, CLERK_B, PROVINCE, REVIEWER, ZONE_A, ZONE_B
from tests.submissions.filled import DUE, OPENED, YEAR

FILES: DataFiles = read_data(ROOT / "data")[0]
SENDER, URL = "tracker@example.org", "https://tracker.example.org"


class Box:
    """What the server has taken; `refused` are addresses that it knows not."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield Server("127.0.0.1", port, SENDER, security="none")
    controller.stop()


@pytest.fixture
def people(engine: Engine) -> Engine:
    """Two clerks who want mails, and a round that concerns them."""
    load(engine, FILES, demonstration=False)
    with unit_of_work(engine) as session:
        for person, zone in ((CLERK_A, ZONE_A), (CLERK_B, ZONE_B)):
            session.add(Account(login=person.login, name=person.name))
            session.flush()
            session.add(AccountGrant(login=person.login, role=PersonRole.CLERK, place=zone))
        set_contact(session, CLERK_A, "a@example.org", "", Language.ZH)
        set_contact(session, CLERK_B, "b@example.org", "", Language.EN)
        open_round(session, REVIEWER, PROVINCE, YEAR, OPENED, DUE, [ZONE_A, ZONE_B], "按时报送\r\nBcc: x@evil.example")
    return engine


def sent(engine: Engine, server: Server) -> dict[str, tuple[int, str]]:
    return {each.login: (each.number, each.fault) for each in mail_all(engine, sending(server), SENDER, URL)}


def words(mail: EmailMessage) -> str:
    return str(mail.get_content())


def test_each_gets_one_mail_in_the_own_language_with_addresses_of_the_screens(
    people: Engine, server: Server, box: Box
) -> None:
    assert sent(people, server) == {"clerk-a": (1, ""), "clerk-b": (1, "")}
    of = {str(mail["To"]): mail for mail in box.mails}
    assert set(of) == {"a@example.org", "b@example.org"}
    assert "开启了2024年填报任务（保定高新区）" in words(of["a@example.org"])
    assert "opened the round for 2024 (Tangshan" in words(of["b@example.org"])
    assert f"{URL}/entry?lang=zh&place={ZONE_A}&for={YEAR}" in words(of["a@example.org"])
    assert ZONE_A not in words(of["b@example.org"])


def test_words_of_people_stay_words_and_no_header(people: Engine, server: Server, box: Box) -> None:
    sent(people, server)
    for mail in box.mails:
        assert mail["Bcc"] is None and mail["To"] in ("a@example.org", "b@example.org")
        assert "按时报送 Bcc: x@evil.example" in words(mail), "one line, in the body"


def test_nothing_is_mailed_twice(people: Engine, server: Server, box: Box) -> None:
    sent(people, server)
    assert sent(people, server) == {"clerk-a": (0, ""), "clerk-b": (0, "")}
    with unit_of_work(people) as session:
        change_round(session, REVIEWER, 1, OPENED, DUE.replace(year=DUE.year + 1), "延期")
    assert sent(people, server) == {"clerk-a": (1, ""), "clerk-b": (1, "")}
    assert len(box.mails) == 4


def test_a_mailbox_that_is_refused_does_not_stop_the_others_and_comes_again(
    people: Engine, server: Server, box: Box
) -> None:
    box.refused = {"a@example.org"}
    told = sent(people, server)
    assert told["clerk-b"] == (1, "") and told["clerk-a"][0] == 0 and "SMTPRecipientsRefused" in told["clerk-a"][1]
    box.refused = set()
    assert sent(people, server) == {"clerk-a": (1, ""), "clerk-b": (0, "")}


@pytest.mark.parametrize(
    ("change", "fault"), [({"port": 1}, "Refused"), ({"security": "starttls"}, "SMTP"), ({"security": "tls"}, "SSL")]
)
def test_a_server_that_is_down_or_offers_no_encryption_gets_nothing(
    people: Engine, server: Server, box: Box, change: dict[str, Any], fault: str
) -> None:
    told = sent(people, Server(**{**{n: getattr(server, n) for n in Server.__slots__}, **change}))
    assert all(number == 0 and fault in why for number, why in told.values())
    assert box.mails == []
    assert sent(people, server) == {"clerk-a": (1, ""), "clerk-b": (1, "")}, "it comes with the next run"


def test_who_is_disabled_or_took_the_address_back_gets_nothing(people: Engine, server: Server, box: Box) -> None:
    with unit_of_work(people) as session:
        account = session.get(Account, "clerk-a")
        assert account is not None
        account.disabled = True
        set_contact(session, CLERK_B, " ", "", Language.EN)
    assert sent(people, server) == {"clerk-a": (0, "")}
    assert box.mails == []


def test_what_was_mailed_is_never_changed(people: Engine, server: Server) -> None:
    sent(people, server)
    with pytest.raises(DatabaseError, match="append-only"), Session(people) as session:
        session.execute(text("DELETE FROM mailednotice"))


def test_the_command_says_what_is_missing(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliRunner().invoke(cli.app, ["notify"])
    assert refused.exit_code == 2 and "TRACKER_SMTP_HOST" in refused.stderr
    monkeypatch.setenv("TRACKER_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("TRACKER_SMTP_FROM", SENDER)
    get_settings.cache_clear()
    assert CliRunner().invoke(cli.app, ["notify"]).exit_code == 0, "nobody gave an address"
