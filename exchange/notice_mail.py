"""Notices as mail: a digest for each person who gave an address, each notice once."""

import smtplib
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import urlencode

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from accounts.sessions import person_of
from models import Contact, MailedNotice, Place
from models.calendar import CHINA
from models.enums import Language
from models.people import Person
from storage.engine import reading, unit_of_work
from storage.wording import say
from submissions.notices import OF_REVIEWER, Notice, notices

TIMEOUT_S = 20
"""How long the mail server may take for one answer."""

REVIEWED = frozenset(OF_REVIEWER.values())
"""Notices that lead to Review; the others lead to Enter."""


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server. `security` is "tls" (from the start), "starttls" or "none"."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it for one person: how many notices were mailed, or why not."""

    login: str
    number: int
    fault: str = ""


Send = Callable[[EmailMessage], None]


def mail_all(engine: Engine, send: Send, sender: str, url: str) -> list[Sent]:
    """Mails everybody who gave an address what is new; a fault with one does not stop the others.

    That a notice was mailed is written down after the server has taken the mail: killed in between, the product mails
    it once more, and never loses it.
    """
    with reading(engine) as session:
        addresses = list(session.exec(select(Contact).where(Contact.mail != "").order_by(col(Contact.login))))
    return [_mail_one(engine, send, sender, url, each) for each in addresses]


def _mail_one(engine: Engine, send: Send, sender: str, url: str, to: Contact) -> Sent:
    with reading(engine) as session:
        person = person_of(session, to.login)
        found = _new(session, person) if person else []
        names = {each.code: getattr(each, to.language) for each in session.exec(select(Place))} if found else {}
    if not found:
        return Sent(to.login, 0)
    try:
        send(digest(found, names, to, sender, url))
    except (OSError, smtplib.SMTPException) as fault:
        return Sent(to.login, 0, f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}")
    with unit_of_work(engine) as session:
        session.add_all(MailedNotice(login=to.login, key=each.key) for each in found)
    return Sent(to.login, len(found))


def _new(session: Session, person: Person) -> list[Notice]:
    mailed = set(session.exec(select(MailedNotice.key).where(MailedNotice.login == person.login)))
    return [each for each in notices(session, person) if each.key not in mailed]


def digest(found: Iterable[Notice], names: dict[str, str], to: Contact, sender: str, url: str) -> EmailMessage:
    """One mail with all of it, in the person's language, each line with the address of its screen."""
    language, listed = Language(to.language), list(found)
    message = EmailMessage()
    message["Subject"] = say("notice.mail.subject", language, number=len(listed))
    message["From"], message["To"] = sender, to.mail
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    lines = [_line(each, names, url, language) for each in listed]
    whole = [say("notice.mail.lead", language), *lines, say("notice.mail.end", language)]
    message.set_content("\n\n".join(whole) + "\n")
    return message


def _line(each: Notice, names: dict[str, str], url: str, language: Language) -> str:
    return f"{notice_words(each, names.get(each.zone, each.zone), language)}\n{_address(each, url, language)}"


def notice_words(each: Notice, zone: str, language: Language) -> str:
    """A notice in one sentence, on one line whatever somebody typed."""
    words = " ".join(each.words.split())
    about = {"zone": zone, "year": each.year, "who": each.actor, "due": each.due_on, "words": words}
    said = say(f"notice.{each.kind.value}", language, **about)
    at = f"{each.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return f"{at} {said}" + (say("notice.words", language, **about) if words else "")


def _address(each: Notice, url: str, language: Language) -> str:
    screen = "review" if each.kind in REVIEWED else "entry"
    return f"{url}/{screen}?{urlencode({'lang': language.value, 'place': each.zone, 'for': each.year})}"


def sending(server: Server) -> Send:
    """What sends a mail over the server: a connection for each, ended whatever happens."""

    def send(message: EmailMessage) -> None:
        secure = ssl.create_default_context()
        if server.security == "tls":
            link: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=secure)
        else:
            link = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
        with link:
            if server.security == "starttls":
                link.starttls(context=secure)
            if server.user:
                link.login(server.user, server.password)
            link.send_message(message)

    return send
