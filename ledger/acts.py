"""Everything that a person does with a proposal. All acts have one shape: fetch, right, state, rules, event.

Raises UnknownId for an entry that is not there, NotAllowed, and DeskRefused where the act does not fit the state the
entry is in, a reason is missing, or the draft may not become a target.
"""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session

from accounts.rights import require
from ledger.catalogue import Catalogue, read_catalogue
from ledger.documents import metadata_of
from ledger.proposing import draft_from, source_of
from ledger.record import Desk, Entry, desk_of, document, propose_one, read_desk, reason_given, write
from ledger.rules import problems
from ledger.targets import put_target, take_out
from models import PolicyDocument
from models.enums import Act, Comparator, Kind, ProposalSource, ProposalState
from models.errors import DeskRefused
from models.extraction import Tier
from models.ledger import Draft
from models.people import Action, Person
from targets.extraction import extract

OPEN = (ProposalState.PROPOSED,)
CLOSED = (ProposalState.CONFIRMED, ProposalState.REJECTED, ProposalState.MERGED)
TOO_MANY_PARTS = 12
NO_WORDS = "，。；、,;：:"
"""What a selection is freed of at its ends."""


def confirm(session: Session, person: Person, number: int, draft: Draft | None = None) -> str:
    """A proposal becomes a target; its id comes back, "" where it is not linked and so not judged.

    With a draft it is corrected first, in the same step.
    """
    desk, entry = _fetched(session, person, number, OPEN)
    policy, used, catalogue = desk.policy, draft or entry.draft, read_catalogue(session)
    _refuse_problems(used, policy, catalogue)
    _refuse_twice(desk, entry, used)
    if used != entry.draft:
        write(session, person, policy.id, Act.CORRECT, proposal_id=number, before=entry.draft, after=used)
    target = put_target(session, policy, catalogue, used, entry.target_id)
    write(session, person, policy.id, Act.CONFIRM, proposal_id=number, after=used, target_id=target)
    return target


def correct(session: Session, person: Person, number: int, draft: Draft) -> None:
    """Changes the draft of a proposal that is still open. It may be left incomplete; confirming asks for the rest."""
    desk, entry = _fetched(session, person, number, OPEN)
    policy = desk.policy
    if not 0 <= draft.start < draft.end <= len(policy.text):
        raise DeskRefused("quote", "the quote lies outside the text: select it in the text")
    if draft != entry.draft:
        write(session, person, policy.id, Act.CORRECT, proposal_id=number, before=entry.draft, after=draft)


def reject(session: Session, person: Person, number: int, reason: str) -> None:
    """A proposal is no target; the reason stays, and no later engine proposes it again."""
    desk, entry = _fetched(session, person, number, OPEN)
    write(session, person, desk.policy.id, Act.REJECT, proposal_id=entry.id, reason=reason_given(reason))


def reopen(session: Session, person: Person, number: int, reason: str = "") -> None:
    """Takes back a confirmation, rejection or merge. Taking a target out again needs a reason."""
    desk, entry = _fetched(session, person, number, CLOSED)
    if entry.state is ProposalState.CONFIRMED:
        reason = reason_given(reason)
        take_out(session, entry.target_id)
    write(session, person, desk.policy.id, Act.REOPEN, proposal_id=entry.id, reason=reason.strip())


def change(session: Session, person: Person, number: int, draft: Draft, reason: str) -> str:
    """Changes a confirmed target: a new version with a reason. Reports made before keep the old one."""
    desk, entry = _fetched(session, person, number, (ProposalState.CONFIRMED,))
    words = reason_given(reason)
    if draft == entry.draft:
        raise DeskRefused("", "nothing was changed: change a field, or leave the target as it is")
    policy, catalogue = desk.policy, read_catalogue(session)
    _refuse_problems(draft, policy, catalogue)
    target = put_target(session, policy, catalogue, draft, entry.target_id, words)
    write(
        session, person, policy.id, Act.CHANGE,
        proposal_id=entry.id, before=entry.draft, after=draft, reason=words, target_id=target,
    )  # fmt: skip
    return target


def split(session: Session, person: Person, number: int, parts: Sequence[Draft]) -> list[int]:
    """One proposal that holds several targets becomes several; their numbers come back."""
    desk, entry = _fetched(session, person, number, OPEN)
    if not 2 <= len(parts) <= TOO_MANY_PARTS:
        raise DeskRefused("parts", f"give the parts it falls into: 2 to {TOO_MANY_PARTS}, not {len(parts)}")
    if len({(part.anchor_start, part.indicator, part.scope) for part in parts}) < len(parts):
        raise DeskRefused("parts", "two parts are the same: each has its own number, indicator or scope")
    made = [
        propose_one(
            session, person, desk.policy.id, part, source=ProposalSource.PERSON, tier=entry.tier, act=Act.SELECT,
            found=entry.found,
        )
        for part in parts
    ]  # fmt: skip
    said = ", ".join(map(str, made))
    write(session, person, desk.policy.id, Act.SPLIT, proposal_id=entry.id, before=entry.draft, reason=said)
    return made


def merge(session: Session, person: Person, number: int, into: int) -> None:
    """A proposal only says again what another one says: it becomes a mention of that one."""
    desk, entry = _fetched(session, person, number, OPEN)
    other = desk.entry(into)
    if other.id == entry.id or other.state not in (ProposalState.PROPOSED, ProposalState.CONFIRMED):
        raise DeskRefused("into", "choose another entry, one that is proposed or confirmed")
    write(session, person, desk.policy.id, Act.MERGE, proposal_id=entry.id, before=entry.draft, reason=str(into))


def select_text(session: Session, person: Person, policy_id: str, start: int, end: int) -> int:
    """Adds what a person selected in the text; the quote is cut from it, number and unit are read by the rules.

    Where the selection holds no number that the rules can read, value and unit are left for the person to give.
    """
    policy = document(session, policy_id)
    require(session, person, Action.MANAGE_POLICIES, policy.region_code)
    start, end = trimmed(policy.text, start, end)
    if start >= end:
        raise DeskRefused("quote", "nothing is selected: mark the words that state the target")
    draft = _draft_of_selection(session, policy, start, end)
    return propose_one(session, person, policy.id, draft, source=ProposalSource.PERSON, tier=Tier.CHECK, act=Act.SELECT)


def confirm_high(session: Session, person: Person, policy_id: str) -> tuple[list[int], list[tuple[int, str]]]:
    """Confirms every open proposal of tier `high` that has all it needs; the others come back with what they lack."""
    desk = read_desk(session, policy_id)
    require(session, person, Action.MANAGE_POLICIES, desk.policy.region_code)
    done, left = [], []
    for entry in high_ones(desk):
        try:
            confirm(session, person, entry.id)
            done.append(entry.id)
        except DeskRefused as refused:
            left.append((entry.id, str(refused)))
    return done, left


def high_ones(desk: Desk) -> list[Entry]:
    """The open proposals of tier `high` that are linked: what a bulk confirmation takes."""
    return [each for each in desk.entries if each.tier is Tier.HIGH and each.state in OPEN and each.draft.linked]


def _refuse_problems(draft: Draft, policy: PolicyDocument, catalogue: Catalogue) -> None:
    """Raises DeskRefused, naming the first field at fault and every problem."""
    found = problems(draft, policy, catalogue)
    if found:
        raise DeskRefused(found[0][0], *(sentence for _field, sentence in found))


def _fetched(session: Session, person: Person, number: int, states: Sequence[ProposalState]) -> tuple[Desk, Entry]:
    """An entry that a person may act on, with the desk that it lies on."""
    desk = desk_of(session, number)
    entry = desk.entry(number)
    require(session, person, Action.MANAGE_POLICIES, desk.policy.region_code)
    if entry.state not in states:
        allowed = " or ".join(each.value for each in states)
        raise DeskRefused("", f"this entry is {entry.state.value} by now; the act needs one that is {allowed}")
    return desk, entry


def _refuse_twice(desk: Desk, entry: Entry, draft: Draft) -> None:
    """The same number for the same indicator and place is one target, not two."""
    for other in desk.entries:
        same = (other.draft.anchor_start, other.draft.indicator_code, other.draft.place_code, other.draft.indicator)
        asked = (draft.anchor_start, draft.indicator_code, draft.place_code, draft.indicator)
        if other.id != entry.id and other.state is ProposalState.CONFIRMED and same == asked:
            raise DeskRefused("", f"entry {other.id} is confirmed and says the same: merge this one into it")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection without the blanks and the punctuation at its ends; it may be empty then."""
    start, end = max(0, start), min(len(text), end)
    while start < end and (text[start].isspace() or text[start] in NO_WORDS):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in NO_WORDS):
        end -= 1
    return start, end


def _draft_of_selection(session: Session, policy: PolicyDocument, start: int, end: int) -> Draft:
    """What the rules read at the selected number, in its whole text; else the selected words alone."""
    catalogue = read_catalogue(session)
    candidates = extract(source_of(policy), metadata_of(policy, catalogue))
    found = next((each for each in candidates if start <= each.anchor.start and each.anchor.end <= end), None)
    if found is not None:
        return draft_from(found, policy, catalogue).model_copy(update={"start": start, "end": end})
    return Draft(
        start=start, end=end, anchor_start=start, anchor_end=end, indicator=policy.text[start:end], scope="",
        kind=Kind.LEVEL, comparator=Comparator.AT_LEAST, value=Decimal(0), unit="",
    )  # fmt: skip
