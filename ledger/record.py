"""What is on the desk of a policy, read from proposals and events; and how a new event is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from models import DeskEvent, PolicyDocument, Proposal
from models.enums import Act, ProposalSource, ProposalState
from models.errors import DeskRefused, UnknownId
from models.extraction import Candidate, Span, Tier
from models.ledger import Draft, draft_of, state_of_proposal
from models.people import Person
from storage.load import raise_version


@dataclass(frozen=True, slots=True)
class Found:
    """What only the finder of a proposal knows."""

    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    deadline_span: Span | None = None
    subject_span: Span | None = None

    @classmethod
    def of(cls, candidate: Candidate) -> "Found":
        return cls(
            candidate.reasons, candidate.rules, candidate.mentions, candidate.deadline_span, candidate.subject_span
        )

    def dumped(self) -> str:
        """As JSON."""
        spans = {name: _pair(getattr(self, name)) for name in ("deadline_span", "subject_span")}
        mentions = [[each.start, each.end] for each in self.mentions]
        return json.dumps(
            {"reasons": self.reasons, "rules": self.rules, "mentions": mentions, **spans}, ensure_ascii=False
        )

    @classmethod
    def loaded(cls, text: str) -> "Found":
        """From the JSON of `dumped`."""
        found: Mapping[str, Any] = json.loads(text)
        return cls(
            tuple(found.get("reasons", ())),
            tuple(found.get("rules", ())),
            tuple(Span(*each) for each in found.get("mentions", ())),
            _span(found.get("deadline_span")),
            _span(found.get("subject_span")),
        )


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposal with what became of it. `quote` is cut from the policy's text by the draft's offsets."""

    id: int
    policy_id: str
    source: ProposalSource
    tier: Tier
    engine: str
    draft: Draft
    state: ProposalState
    quote: str
    target_id: str
    found: Found
    events: tuple[DeskEvent, ...]

    @property
    def mentions(self) -> tuple[Span, ...]:
        """Where the text says it again, as the finder saw it."""
        return self.found.mentions


@dataclass(frozen=True, slots=True)
class Desk:
    """A policy with all entries in the order of the text, and all events in the order they happened."""

    policy: PolicyDocument
    entries: tuple[Entry, ...]
    events: tuple[DeskEvent, ...]

    def entry(self, number: int) -> Entry:
        """An entry by its number; raises UnknownId."""
        found = next((each for each in self.entries if each.id == number), None)
        if found is None:
            raise UnknownId("entry", str(number), [str(each.id) for each in self.entries[:3]])
        return found

    def count(self, *states: ProposalState) -> int:
        """How many entries are in some states."""
        return sum(entry.state in states for entry in self.entries)


def document(session: Session, policy_id: str) -> PolicyDocument:
    """A policy on record; raises UnknownId for one that is not there or was withdrawn."""
    found = session.get(PolicyDocument, policy_id)
    if found is None or not found.current:
        raise UnknownId("policy", policy_id)
    return found


def read_desk(session: Session, policy_id: str) -> Desk:
    """The desk of a policy; raises UnknownId."""
    policy = document(session, policy_id)
    query = select(DeskEvent).where(DeskEvent.policy_id == policy_id).order_by(DeskEvent.id)  # type: ignore[arg-type]
    events = tuple(session.exec(query))
    # What stood on the desk before the policy was withdrawn is history, not work.
    last = max((each.id or 0 for each in events if each.act is Act.WITHDRAW), default=0)
    live = tuple(each for each in events if (each.id or 0) > last)
    first = {each.proposal_id for each in live if each.act in (Act.PROPOSE, Act.SELECT, Act.ADOPT)}
    by_proposal: dict[int, list[DeskEvent]] = {}
    for event in live:
        if event.proposal_id is not None:
            by_proposal.setdefault(event.proposal_id, []).append(event)
    proposals = session.exec(select(Proposal).where(Proposal.policy_id == policy_id))
    entries = [_entry(policy, each, by_proposal.get(each.id or 0, [])) for each in proposals if each.id in first]
    entries.sort(key=lambda each: (each.draft.anchor_start, each.draft.start, each.id))
    return Desk(policy, tuple(entries), events)


def _entry(policy: PolicyDocument, proposal: Proposal, events: list[DeskEvent]) -> Entry:
    draft = draft_of(proposal, events)
    assert proposal.id is not None
    return Entry(
        id=proposal.id,
        policy_id=policy.id,
        source=proposal.source,
        tier=proposal.tier,
        engine=proposal.engine,
        draft=draft,
        state=state_of_proposal(events),
        quote=policy.text[draft.start : draft.end],
        target_id=next((each.target_id for each in reversed(events) if each.target_id), ""),
        found=Found.loaded(proposal.found),
        events=tuple(events),
    )


def desk_of(session: Session, number: int) -> Desk:
    """The desk that an entry lies on; raises UnknownId."""
    proposal = session.get(Proposal, number)
    if proposal is None:
        raise UnknownId("entry", str(number))
    return read_desk(session, proposal.policy_id)


def entry_of(session: Session, number: int) -> Entry:
    """One entry; raises UnknownId."""
    return desk_of(session, number).entry(number)


def propose_one(
    session: Session,
    person: Person,
    policy_id: str,
    draft: Draft,
    *,
    source: ProposalSource,
    tier: Tier,
    act: Act,
    engine: str = "",
    found: Found | None = None,
) -> int:
    """Puts a proposal on the desk, with the event that says who did; its number comes back."""
    made = Proposal(
        policy_id=policy_id,
        engine=engine,
        source=source,
        tier=tier,
        draft=draft.model_dump_json(),
        found=(found or Found()).dumped(),
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    write(session, person, policy_id, act, proposal_id=made.id, after=draft, engine=engine)
    return made.id


def write(
    session: Session,
    person: Person,
    policy_id: str,
    act: Act,
    *,
    proposal_id: int | None = None,
    before: Draft | None = None,
    after: Draft | None = None,
    reason: str = "",
    engine: str = "",
    target_id: str = "",
) -> None:
    """Appends an event, and tells every reader that data have changed."""
    event = DeskEvent(
        policy_id=policy_id,
        proposal_id=proposal_id,
        actor=person.login,
        act=act,
        before=before.model_dump_json() if before else "",
        after=after.model_dump_json() if after else "",
        reason=reason,
        engine=engine,
        target_id=target_id,
    )
    session.add(event)
    raise_version(session)
    session.flush()


def reason_given(reason: str) -> str:
    """A reason in words; raises DeskRefused where there is none."""
    words = reason.strip()
    if not words:
        raise DeskRefused("reason", "a reason is needed: say in a few words why, for those who read it later")
    return words
