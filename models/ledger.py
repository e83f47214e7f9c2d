"""The desk on which proposed targets are confirmed: what was proposed, and what people did with it.

A proposal is never changed. What became of it follows from the events, which are never changed either.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, now, words
from models.enums import Act, Comparator, Kind, Measure, Nature, ProposalSource, ProposalState, Strength
from models.extraction import Tier


class Draft(BaseModel):
    """A target as it is about to be: every field that a person may correct. Offsets count in the policy's text.

    `indicator` and `scope` are the words of the text; `indicator_code` and `place_code` link them to the catalogue and
    may be missing: such a target is kept, and judged once it is linked. A reduction is signed (-14, <=).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    anchor_start: int
    anchor_end: int
    indicator: str
    scope: str
    kind: Kind
    comparator: Comparator
    value: Decimal
    unit: str
    value_high: Decimal | None = None
    measure: Measure = Measure.ANNUAL
    direction: int | None = None
    deadline: int | None = None
    baseline_year: int | None = None
    period_start: int | None = None
    indicator_code: str | None = None
    place_code: str | None = None
    per_zone: bool = False
    reference: str = ""
    reference_code: str | None = None
    reference_place: str | None = None
    nature: Nature = Nature.GOAL
    strength: Strength = Strength.EXPECTED
    title_en: str = ""
    note: str = ""

    @property
    def linked(self) -> bool:
        """Whether it can be judged: what is measured and of whom are in the catalogue."""
        return bool(self.indicator_code and self.place_code)


class Proposal(SQLModel, table=True):
    """One possible target of a policy, as the rules, a model or a person proposed it. Never changed.

    `draft` is a Draft as JSON; `found` holds what only the finder knows: reasons, rules, mentions, the places of the
    deadline and of a carried-over subject.
    """

    id: int | None = Field(default=None, primary_key=True)
    policy_id: str = Field(foreign_key="policydocument.id", index=True, max_length=60)
    engine: str = ""
    source: ProposalSource = Field(sa_type=words(ProposalSource))
    tier: Tier = Field(sa_type=words(Tier))
    draft: str
    found: str = "{}"


class DeskEvent(SQLModel, table=True):
    """One act at the desk: who, when, what, the draft before and after, the reason. Never changed, never deleted."""

    id: int | None = Field(default=None, primary_key=True)
    policy_id: str = Field(foreign_key="policydocument.id", index=True, max_length=60)
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id", index=True)
    actor: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    act: Act = Field(sa_type=words(Act))
    before: str = ""
    after: str = ""
    reason: str = ""
    engine: str = ""
    target_id: str = ""


AFTER = {
    Act.CONFIRM: ProposalState.CONFIRMED,
    Act.REJECT: ProposalState.REJECTED,
    Act.MERGE: ProposalState.MERGED,
    Act.SPLIT: ProposalState.SPLIT,
    Act.REOPEN: ProposalState.PROPOSED,
}
"""The state that an act leaves a proposal in; acts that are not here leave it as it was."""


def state_of_proposal(events: Iterable[DeskEvent]) -> ProposalState:
    """The state that a proposal's events, in the order they happened, leave it in."""
    state = ProposalState.PROPOSED
    for event in events:
        state = AFTER.get(event.act, state)
    return state


def draft_of(proposal: Proposal, events: Iterable[DeskEvent]) -> Draft:
    """A proposal's draft as the last correction left it."""
    latest = proposal.draft
    for event in events:
        latest = event.after or latest
    return Draft.model_validate_json(latest)
