"""Policies come to the desk and leave it; a founding one comes back from its text alone."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from ledger import acts
from ledger.catalogue import read_catalogue
from ledger.documents import add_document, adopt, describe, redescribe, withdraw
from ledger.proposing import propose
from ledger.record import read_desk
from models import PolicyDocument, Target
from models.enums import Act, ProposalState
from models.errors import DeskRefused, NotAllowed, UnknownId
from models.extraction import Tier
from settings import ROOT
from storage.datafiles import DataFiles
from storage.load import load
from targets.extraction.read import read_document
from tests.cast import OFFICER, OFFICER_OF_ALL, OTHER_PROVINCE, PROVINCE, REVIEWER
from tests.ledger.conftest import DESCRIBED, TEXT

FOUNDING = sorted(path.name for path in (ROOT / "data" / "policies").iterdir() if path.is_dir())
SAME = (
    "quote start end anchor_start anchor_end indicator_code place_code per_zone kind measure comparator value"
    " value_high unit direction deadline baseline_year reference_code reference_place nature strength"
).split()
"""What makes two targets the same. Titles, notes and ids are names."""

CORRECTIONS = json.loads((Path(__file__).parents[1] / "cases" / "desk-corrections.json").read_text("utf-8"))
"""What an officer has to correct by hand in each founding policy, by where the number stands."""


def records(session: Session, policy: str) -> list[dict[str, Any]]:
    rows = session.exec(select(Target).where(Target.policy_id == policy, Target.current).order_by(Target.anchor_start))  # type: ignore[arg-type]
    return [{name: getattr(row, name) for name in SAME} for row in rows]


@pytest.mark.parametrize("policy", FOUNDING)
def test_a_founding_policy_deleted_and_added_again_gives_the_same_targets(session: Session, policy: str) -> None:
    before, old = records(session, policy), session.get_one(PolicyDocument, policy)
    region = old.region_code
    withdraw(session, OFFICER_OF_ALL, policy, "added by mistake")
    assert records(session, policy) == []
    source = read_document((ROOT / "data" / "policies" / policy / "text.txt").read_bytes(), "text.txt")
    read, _places = describe(source.text, read_catalogue(session))
    assert read.region == region
    issuer = read.issuer or "issuer as the officer knows it"
    described = replace(read, issuer=issuer, **dated(CORRECTIONS[policy].get("described", {})))
    again = add_document(session, OFFICER_OF_ALL, source, described)
    assert again == policy
    propose(session, OFFICER_OF_ALL, again)
    for entry in read_desk(session, again).entries:
        corrected = CORRECTIONS[policy]["targets"].get(str(entry.draft.anchor_start))
        if corrected is not None:
            acts.correct(session, OFFICER_OF_ALL, entry.id, entry.draft.model_copy(update=typed(corrected)))
        elif entry.tier is not Tier.HIGH and str(entry.draft.anchor_start) not in CORRECTIONS[policy]["confirmed"]:
            acts.reject(session, OFFICER_OF_ALL, entry.id, "no target")
    for entry in read_desk(session, again).entries:
        if entry.state is ProposalState.PROPOSED:
            acts.confirm(session, OFFICER_OF_ALL, entry.id)
    assert records(session, again) == before


def dated(found: dict[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name == "issued_on" else value for name, value in found.items()}


def typed(corrected: dict[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) if name in ("value", "value_high") else value for name, value in corrected.items()}


def test_what_is_corrected_by_hand_is_little() -> None:
    assert sum(len(each["targets"]) for each in CORRECTIONS.values()) <= 10


def test_the_text_is_kept_byte_for_byte(session: Session, policy: str) -> None:
    kept = session.get_one(PolicyDocument, policy)
    assert kept.original == TEXT.encode()
    assert (kept.text, kept.founding, kept.issued) == (TEXT, False, 2021)
    assert policy == "hebei-2021"


def test_what_the_text_says_of_itself_is_read(session: Session) -> None:
    described, read = describe(TEXT, read_catalogue(session))
    assert (described.title, described.issuer, described.number, described.region, described.issued_on) == (
        "河北省科学技术厅关于推进高新区发展的若干措施", "河北省科学技术厅", "冀科〔2021〕8号", PROVINCE,
        date(2021, 3, 5),
    )  # fmt: skip
    assert all(TEXT[span.start : span.end].strip() for span in read.places.values())


def test_a_document_is_not_added_twice(session: Session, policy: str) -> None:
    with pytest.raises(DeskRefused, match=f"on record already, as {policy}"):
        add_document(session, OFFICER, read_document(TEXT.encode(), "again.txt"), DESCRIBED)


def test_two_policies_of_a_region_and_year_have_two_ids(session: Session, policy: str) -> None:
    other = add_document(session, OFFICER, read_document((TEXT + "附件").encode(), "b.txt"), DESCRIBED)
    assert (policy, other) == ("hebei-2021", "hebei-2021-2")


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"title": " "}, "title"),
        ({"issuer": ""}, "issuer"),
        ({"region": ""}, "region"),
        ({"region": "nowhere"}, "region"),
        ({"issued_on": date(2020, 1, 1)}, "issued"),
        ({"period_start": 2025, "period_end": 2021}, "period_end"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "file:///etc/passwd"}, "address"),
    ],
)
def test_a_description_that_cannot_be_is_refused(session: Session, changed: dict[str, Any], field: str) -> None:
    described = replace(DESCRIBED, **changed)
    with pytest.raises(DeskRefused) as refused:
        add_document(session, OFFICER, read_document(TEXT.encode(), "a.txt"), described)
    assert refused.value.field == field


def test_a_description_is_corrected_and_the_correction_is_kept(session: Session, policy: str) -> None:
    redescribe(session, OFFICER, policy, replace(DESCRIBED, issuer="河北省科技厅"))
    assert session.get_one(PolicyDocument, policy).issuer == "河北省科技厅"
    last = read_desk(session, policy).events[-1]
    assert (last.act, last.reason) == (Act.DESCRIBE, "issuer: 河北省科学技术厅 → 河北省科技厅")
    events = len(read_desk(session, policy).events)
    redescribe(session, OFFICER, policy, replace(DESCRIBED, issuer="河北省科技厅"))
    assert len(read_desk(session, policy).events) == events


@pytest.mark.parametrize("person", [REVIEWER], ids=["reviewer"])
def test_who_has_no_right_adds_and_deletes_nothing(session: Session, policy: str, person: Any) -> None:
    with pytest.raises(NotAllowed):
        add_document(session, person, read_document(b"text of a policy", "a.txt"), DESCRIBED)
    with pytest.raises(NotAllowed):
        withdraw(session, person, policy, "x")
    with pytest.raises(NotAllowed):
        redescribe(session, OFFICER, policy, replace(DESCRIBED, region=OTHER_PROVINCE))
    with pytest.raises(NotAllowed):
        add_document(session, OFFICER, read_document(b"other", "a.txt"), replace(DESCRIBED, region=OTHER_PROVINCE))


def test_a_withdrawn_policy_is_gone_and_what_was_done_stays(session: Session, policy: str) -> None:
    acts.confirm_high(session, OFFICER, policy)
    with pytest.raises(DeskRefused, match="a reason is needed"):
        withdraw(session, OFFICER, policy, "")
    withdraw(session, OFFICER, policy, "repealed")
    with pytest.raises(UnknownId):
        read_desk(session, policy)
    assert records(session, policy) == []
    assert len(session.exec(select(Target).where(Target.policy_id == policy)).all()) == 3
    again = add_document(session, OFFICER, read_document(TEXT.encode(), "measures.txt"), DESCRIBED)
    desk = read_desk(session, again)
    assert (again, desk.entries) == (policy, ())
    assert Act.WITHDRAW in [event.act for event in desk.events]
    assert propose(session, OFFICER, again) > 0


def test_a_founding_policy_taken_to_the_desk_keeps_its_targets(session: Session, founding_files: DataFiles) -> None:
    before = records(session, "hebei-2020")
    adopt(session, OFFICER, "hebei-2020")
    adopt(session, OFFICER, "hebei-2020")
    desk = read_desk(session, "hebei-2020")
    assert desk.count(ProposalState.CONFIRMED) == len(desk.entries) == 8
    assert records(session, "hebei-2020") == before
    entry = desk.entries[0]
    changed = entry.draft.model_copy(update={"deadline": 2026})
    assert acts.change(session, OFFICER, entry.id, changed, "extended by a year") == "hebei-2020/rd-intensity"
    assert propose(session, OFFICER, "hebei-2020") <= 2


def test_a_load_does_not_bring_back_what_was_withdrawn(loaded: Any, founding_files: DataFiles) -> None:
    from storage.engine import unit_of_work

    with unit_of_work(loaded) as session:
        withdraw(session, OFFICER, "hebei-2020", "superseded")
    load(loaded, founding_files, demonstration=False)
    with unit_of_work(loaded) as session:
        assert not session.get_one(PolicyDocument, "hebei-2020").current
        assert records(session, "hebei-2020") == []


def test_the_cases_name_every_founding_policy() -> None:
    assert sorted(CORRECTIONS) == FOUNDING


def test_rows_of_a_table_in_a_page_are_proposed_with_their_deadline(session: Session) -> None:
    page = (
        "<html><body><p>河北省高新区发展规划</p><table><tr><th>指标</th><th>2020年</th><th>2025年</th></tr>"
        "<tr><td>高新技术企业数（家）</td><td>3000</td><td>6000</td></tr></table></body></html>"
    )
    made = add_document(session, OFFICER, read_document(page.encode(), "plan.html"), DESCRIBED)
    propose(session, OFFICER, made)
    (entry,) = [each for each in read_desk(session, made).entries if each.draft.value == 6000]
    assert (entry.draft.deadline, entry.draft.indicator_code, entry.tier) == (2025, "high_tech_enterprises", Tier.HIGH)
    assert entry.quote.endswith("6000")
