"""Running the engine over a policy on the desk. What it finds again stays as people left it."""

from decimal import Decimal

from sqlmodel import Session

from accounts.rights import require
from ledger.catalogue import Catalogue, read_catalogue
from ledger.documents import metadata_of
from ledger.linking import asks_each, indicator_for, place_for
from ledger.record import Entry, Found, document, propose_one, read_desk
from models import PolicyDocument
from models.enums import SIGNED_KINDS, Act, Comparator, Kind, Measure, ProposalSource, ProposalState
from models.errors import DocumentRefused
from models.extraction import Candidate, SourceText, Tier
from models.ledger import Draft
from models.people import Action, Person
from targets.extraction import ENGINE_VERSION, extract
from targets.extraction.read import read_document

OPEN = ProposalState.PROPOSED
TWO_SIDED = (Comparator.ABOUT, Comparator.RANGE)
"""More than asked is no miss where more is better, so these say which way is better."""


def propose(session: Session, person: Person, policy_id: str) -> int:
    """Proposes what the engine finds and the desk does not know yet; how many there are comes back."""
    policy = document(session, policy_id)
    require(session, person, Action.MANAGE_POLICIES, policy.region_code)
    catalogue = read_catalogue(session)
    candidates = extract(source_of(policy), metadata_of(policy, catalogue))
    return put(session, person, policy, catalogue, candidates, ProposalSource.RULES, ENGINE_VERSION)


def source_of(policy: PolicyDocument) -> SourceText | str:
    """The stored text with the cells of its tables, read again from the original; offsets stay the stored text's."""
    if policy.media_type == "text/plain":
        return policy.text
    try:
        found = read_document(policy.original, policy.id)
    except DocumentRefused:
        return policy.text
    return found if found.text == policy.text else policy.text


def put(
    session: Session,
    person: Person,
    policy: PolicyDocument,
    catalogue: Catalogue,
    candidates: list[Candidate],
    source: ProposalSource,
    engine: str,
) -> int:
    """Puts the candidates on the desk that speak of a number which no entry speaks of.

    What a model points at may also stand among the other numbers that the rules listed and nobody decided on.
    """
    require(session, person, Action.MANAGE_POLICIES, policy.region_code)
    known = read_desk(session, policy.id).entries
    if source is ProposalSource.MODEL:
        known = tuple(each for each in known if each.tier is not Tier.POSSIBLE or each.state is not OPEN)
    fresh = [each for each in candidates if not any(_same_number(each, entry) for entry in known)]
    for each in fresh:
        draft = draft_from(each, policy, catalogue)
        propose_one(
            session, person, policy.id, draft,
            source=source, tier=each.tier, act=Act.PROPOSE, engine=engine, found=Found.of(each),
        )  # fmt: skip
    return len(fresh)


def _same_number(candidate: Candidate, entry: Entry) -> bool:
    """Whether an entry stands at the same number, or names it as said again."""
    spans = [(entry.draft.anchor_start, entry.draft.anchor_end), *((each.start, each.end) for each in entry.mentions)]
    return any(candidate.anchor.start < end and start < candidate.anchor.end for start, end in spans)


def draft_from(candidate: Candidate, policy: PolicyDocument, catalogue: Catalogue) -> Draft:
    """A candidate as a draft: linked to the catalogue where that can be said, a reduction signed."""
    value, comparator = candidate.value, candidate.comparator
    if candidate.direction == -1 and candidate.kind in SIGNED_KINDS:
        value, comparator = -value, comparator.mirrored
    indicator = indicator_for(catalogue, candidate.indicator, candidate.kind, candidate.unit)
    multiple = candidate.kind is Kind.MULTIPLE_OF_REFERENCE and indicator is not None
    place = place_for(catalogue, candidate.scope, candidate.indicator, policy.region_code)
    each = asks_each(candidate.scope, candidate.quote) and place in catalogue.groups
    better = catalogue.indicators[indicator].better if indicator else 1
    return Draft(
        start=candidate.start,
        end=candidate.end,
        anchor_start=candidate.anchor.start,
        anchor_end=candidate.anchor.end,
        indicator=candidate.indicator,
        scope=candidate.scope,
        kind=candidate.kind,
        comparator=comparator,
        value=_plain(value),
        value_high=_plain(candidate.value_high) if candidate.value_high is not None else None,
        unit=candidate.unit,
        measure=Measure.TOTAL if candidate.measure == Measure.TOTAL.value else Measure.ANNUAL,
        direction=better if comparator in TWO_SIDED else None,
        deadline=candidate.deadline,
        baseline_year=candidate.baseline_year,
        period_start=candidate.period_start,
        indicator_code=indicator,
        place_code=place,
        per_zone=each,
        reference=candidate.reference or "",
        reference_code=indicator if multiple else None,
        reference_place=policy.region_code if multiple else None,
        nature=candidate.nature,
        strength=candidate.strength,
        note=candidate.note,
    )


def _plain(value: Decimal) -> Decimal:
    """2.50 and 2.5 are the same number; 1E+2 is 100."""
    return Decimal(f"{value.normalize():f}")
