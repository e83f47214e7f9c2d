"""Policies come to the desk, are described, and are withdrawn. The text itself is stored once and never edited."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from accounts.rights import require
from ledger.catalogue import Catalogue, read_catalogue
from ledger.identifiers import free, slug
from ledger.record import document, propose_one, reason_given, write
from ledger.targets import draft_of_target
from models import PolicyDocument, Target
from models.columns import now
from models.enums import Act, ProposalSource
from models.errors import DeskRefused
from models.extraction import Metadata, SourceText, Tier
from models.people import Action, Person
from targets.extraction.metadata import Read, read_metadata

LONGEST_ID = 50


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a policy beside its text, as a person has corrected it. `region` is a region's code."""

    title: str
    issuer: str
    region: str
    title_en: str = ""
    number: str = ""
    issued: int | None = None
    issued_on: date | None = None
    period_start: int | None = None
    period_end: int | None = None
    address: str = ""
    note: str = ""


def describe(text: str, catalogue: Catalogue) -> tuple[Description, Read]:
    """What the text says of itself, as a first description, with where it says so."""
    read = read_metadata(text)
    found = read.metadata
    region = catalogue.region_named(found.issuer or "") or catalogue.region_named(found.title or "") or ""
    return (
        Description(
            title=found.title or "",
            issuer=found.issuer or "",
            region=region,
            number=found.number or "",
            issued=found.issued,
            issued_on=found.issued_on,
            period_start=found.period_start,
            period_end=found.period_end,
        ),
        read,
    )


def add_document(session: Session, person: Person, source: SourceText, described: Description) -> str:
    """Stores a policy byte for byte; its id comes back. One that was withdrawn comes back under its old id.

    Raises NotAllowed, and DeskRefused where something is missing or the text is on record already.
    """
    catalogue = read_catalogue(session)
    _check(described, catalogue)
    require(session, person, Action.MANAGE_POLICIES, described.region)
    sha256 = hashlib.sha256(source.original).hexdigest()
    known = session.exec(select(PolicyDocument).where(PolicyDocument.sha256 == sha256)).first()
    if known is not None and known.current:
        raise DeskRefused("document", f"this document is on record already, as {known.id} ({known.title})")
    policy = known or PolicyDocument(
        id=_new_id(session, catalogue, described),
        sha256=sha256,
        original=source.original,
        text=source.text,
        media_type=source.media_type,
        encoding=source.encoding,
        **_fields(described),
    )
    policy.sqlmodel_update({**_fields(described), "founding": False, "current": True})
    session.add(policy)
    session.flush()
    write(session, person, policy.id, Act.ADD, reason=source.name)
    return policy.id


def redescribe(session: Session, person: Person, policy_id: str, described: Description) -> None:
    """Corrects what is known of a policy beside its text."""
    policy = document(session, policy_id)
    require(session, person, Action.MANAGE_POLICIES, policy.region_code)
    _check(described, read_catalogue(session))
    require(session, person, Action.MANAGE_POLICIES, described.region)
    taken_over(policy)
    changed = [name for name, value in _fields(described).items() if getattr(policy, name) != value]
    if not changed:
        return
    said = "; ".join(f"{name}: {getattr(policy, name)} → {_fields(described)[name]}" for name in changed)
    policy.sqlmodel_update(_fields(described))
    write(session, person, policy_id, Act.DESCRIBE, reason=said)


def withdraw(session: Session, person: Person, policy_id: str, reason: str) -> None:
    """Deletes a policy: it and its targets leave the screens. What was recorded stays for old reports, and the same
    document can be added again."""
    policy = document(session, policy_id)
    require(session, person, Action.MANAGE_POLICIES, policy.region_code)
    words = reason_given(reason)
    for target in session.exec(select(Target).where(Target.policy_id == policy_id, Target.current)):
        target.retire()
    policy.current = policy.founding = False
    write(session, person, policy_id, Act.WITHDRAW, reason=words)


def adopt(session: Session, person: Person, policy_id: str) -> None:
    """Takes a policy of the data files to the desk: its targets become confirmed entries, and the files no longer
    decide. Nothing is done for one that is on the desk already."""
    policy = document(session, policy_id)
    require(session, person, Action.MANAGE_POLICIES, policy.region_code)
    if not policy.founding:
        return
    taken_over(policy)
    for target in session.exec(select(Target).where(Target.policy_id == policy_id, Target.current)):
        draft = draft_of_target(target)
        number = propose_one(
            session, person, policy_id, draft, source=ProposalSource.RECORD, tier=Tier.HIGH, act=Act.ADOPT
        )
        write(session, person, policy_id, Act.CONFIRM, proposal_id=number, after=draft, target_id=target.id)


def taken_over(policy: PolicyDocument) -> None:
    """From now on the desk decides, not the data files."""
    policy.founding = False


def metadata_of(policy: PolicyDocument, catalogue: Catalogue) -> Metadata:
    """What the engine is told of a policy."""
    region = catalogue.places.get(policy.region_code)
    return Metadata(
        title=policy.title,
        issuer=policy.issuer,
        region=region.zh if region else None,
        number=policy.number or None,
        issued=policy.issued,
        issued_on=policy.issued_on,
        period_start=policy.period_start,
        period_end=policy.period_end,
    )


def _check(described: Description, catalogue: Catalogue) -> None:
    for field, value in (("title", described.title), ("issuer", described.issuer)):
        if not value.strip():
            raise DeskRefused(field, f"the {field} is missing: copy it from the document")
    if described.region not in catalogue.regions:
        raise DeskRefused("region", "choose the region that the policy holds for: its targets are judged there")
    if described.issued_on is not None and described.issued not in (None, described.issued_on.year):
        raise DeskRefused("issued", f"{described.issued} is not the year of {described.issued_on}: correct one of them")
    start, end = described.period_start, described.period_end
    if start is not None and end is not None and end < start:
        raise DeskRefused("period_end", f"the plan period ends in {end}, before it begins in {start}")
    if described.address and not re.match(r"https?://[^\s/]+", described.address):
        raise DeskRefused("address", "an address begins with http:// or https://; leave it empty where there is none")


def _fields(described: Description) -> dict[str, Any]:
    issued = described.issued if described.issued_on is None else described.issued_on.year
    return {
        "title": described.title.strip(),
        "title_en": described.title_en.strip() or described.title.strip(),
        "issuer": described.issuer.strip(),
        "number": described.number.strip(),
        "region_code": described.region,
        "issued": issued,
        "issued_on": described.issued_on,
        "period_start": described.period_start,
        "period_end": described.period_end,
        "address": described.address.strip(),
        "note": described.note.strip(),
    }


def _new_id(session: Session, catalogue: Catalogue, described: Description) -> str:
    """`<region>-<year>`, with a number where that is taken."""
    region = slug(catalogue.places[described.region].en)[:LONGEST_ID]
    issued = described.issued_on.year if described.issued_on else described.issued
    taken = set(session.exec(select(PolicyDocument.id)))
    return free(f"{region}-{issued or described.period_start or now().year}", taken)
