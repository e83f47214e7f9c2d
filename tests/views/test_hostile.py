"""What people type is text on every screen: in names, reasons and explanations, and in addresses."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from accounts import administering
from accounts.peers import set_peers
from models import Submission, SubmissionEvent, SubmissionValue
from models.calendar import today
from models.enums import SubmissionAct, SubmissionState
from models.errors import NotAllowed, UnknownId
from models.people import Grant, Person, PersonRole
from settings import ROOT
from storage.engine import shared_engine, unit_of_work
from submissions.rounds import change_round, open_round
from tests.cast import ADMIN, CLERK_A, EVERYBODY, LEAD_A, PROVINCE, REVIEWER, ZONE_A
from tests.views.reading import read
from views.screens import SCREENS

As = Callable[[Person | None], None]
LINK = "[bill](https://evil.example) <img src=x onerror=alert(1)>"
EVIL = f"<script>alert(1)</script>{LINK} ![](https://evil.example/x.png) :red[x]"
TAGS = re.compile(r"<(script|img)[^>]*(alert|src=x)")
FILES = {key: file for key, file, _path in SCREENS}
MARKDOWN = frozenset("markdown caption error success info warning alert button expander metric toast".split())


def opened(key: str, **address: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "views" / FILES[key]), default_timeout=60)
    for name, value in {"lang": "zh", "data": "real", **address}.items():
        test.query_params[name] = value
    return test.run()


def markdown_of(node: Node) -> list[str]:
    """What a browser would render as markdown: words of alerts, captions, and the labels of widgets."""
    if isinstance(node, Block):
        own = [str(getattr(node, "label", "") or "")]
        return own + [words for child in node.children.values() for words in markdown_of(child)]
    label, value = getattr(node, "label", None), getattr(node, "value", None)
    return [str(label or ""), *([str(value)] if node.type in MARKDOWN and value is not None else [])]


def is_inert(test: AppTest) -> None:
    assert not test.exception
    page = read(test)
    assert page.faults == []
    assert not TAGS.search(page.body), TAGS.search(page.body)
    assert [words for words in markdown_of(test._tree) if "](https://evil" in words] == []


def test_markdown_on_a_screen_would_be_found() -> None:
    test = AppTest.from_string(f"import streamlit as st\nst.error({EVIL!r})\nst.button({LINK!r})").run()
    assert len([words for words in markdown_of(test._tree) if "](https://evil" in words]) == 2


@pytest.fixture
def hostile(own_database: str) -> str:
    """A database into which somebody has typed markdown and tags wherever words can be typed."""
    with unit_of_work(shared_engine(own_database)) as session:
        administering.add(session, ADMIN, "li", LINK)
        administering.grant(session, ADMIN, "li", PersonRole.CLERK, ZONE_A)
        number = open_round(session, REVIEWER, PROVINCE, 2024, today(), today(), [ZONE_A], EVIL)
        change_round(session, REVIEWER, number, today(), today() + timedelta(days=1), EVIL)
        set_peers(session, REVIEWER, PROVINCE, EVIL, opened=True)
        own = Submission(zone_code=ZONE_A, year=2024)
        session.add(own)
        session.flush()
        assert own.id is not None
        session.add(
            SubmissionValue(submission_id=own.id, statistic_code="zone_gdp", typed=EVIL, unit="千元", explanation=EVIL)
        )
        for act, state in (
            (SubmissionAct.SUBMIT, SubmissionState.SUBMITTED),
            (SubmissionAct.RETURN, SubmissionState.RETURNED),
        ):
            event = SubmissionEvent(submission_id=own.id, actor=EVIL, act=act, to_state=state, words=EVIL)
            event.reasons = f'{{"zone_gdp": "{EVIL}"}}'
            session.add(event)
    return own_database


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("entry", {"place": ZONE_A, "for": "2024"}),
        ("review", {"place": ZONE_A, "for": "2024"}),
        ("review", {"place": PROVINCE, "for": "2024"}),
        ("audit", {}),
        ("admin", {}),
        ("admin", {"account": "li"}),
        ("zone", {"place": ZONE_A}),
    ],
)
def test_what_was_typed_is_text_on_the_screens(hostile: str, as_person: As, key: str, address: dict[str, str]) -> None:
    as_person(EVERYBODY)
    test = opened(key, **address)
    is_inert(test)
    assert "evil.example" in read(test).text or key == "zone"


def test_ones_own_name_is_text(hostile: str, as_person: As) -> None:
    as_person(Person("li", EVIL, (Grant(PersonRole.CLERK, ZONE_A),)))
    is_inert(opened("account"))


@pytest.mark.parametrize("key", FILES)
def test_what_stands_in_an_address_is_text(own_database: str, as_person: As, key: str) -> None:
    as_person(EVERYBODY)
    for name in ("place", "target", "policy", "indicator", "account", "who", "what", "for", "year", "known", "zones"):
        is_inert(opened(key, **{name: EVIL}))


@pytest.mark.parametrize(
    ("field", "value"),
    [("role", "admin"), ("place", PROVINCE), ("place", "100000"), ("place", "nowhere")],
)
def test_a_forged_choice_gives_nobody_more(own_database: str, as_person: As, field: str, value: str) -> None:
    """The lists on a screen are no protection: the operation asks, whatever the browser sent."""
    regional = Person("regional", "regional", (Grant(PersonRole.ADMIN, ZONE_A),))
    engine = shared_engine(own_database)
    with unit_of_work(engine) as session:
        administering.add(session, ADMIN, "li", "li")
    wanted = {"role": "admin", "place": PROVINCE, field: value}
    with pytest.raises((NotAllowed, UnknownId)), unit_of_work(engine) as session:
        administering.grant(session, regional, "li", PersonRole(wanted["role"]), wanted["place"])
    for who in (CLERK_A, LEAD_A, REVIEWER):
        with pytest.raises(NotAllowed), unit_of_work(engine) as session:
            administering.grant(session, who, who.login, PersonRole.ADMIN, ZONE_A)
