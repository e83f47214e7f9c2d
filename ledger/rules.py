"""Whether a draft may become a target: its quote, its number, its links, and that it does not contradict itself."""

from collections.abc import Iterator

from ledger.catalogue import Catalogue
from models import PolicyDocument
from models.contradictions import problems as contradictions
from models.enums import CHANGE_KINDS, Aggregation, Kind, PlaceKind
from models.ledger import Draft
from storage.datacheck import RATE_UNITS, asked_of

PARTS = frozenset({Kind.SHARE, Kind.COVERAGE})
WHOLE = frozenset({Kind.COUNT, Kind.RANK})
Problem = tuple[str, str]
"""The field at fault, and the sentence that says why and what would be right."""


def problems(draft: Draft, policy: PolicyDocument, catalogue: Catalogue) -> list[Problem]:
    """Everything that keeps a draft from being confirmed, all at once."""
    return [
        *_places_in_text(draft, policy),
        *_words(draft),
        *contradictions(asked_of(draft)),
        *_number(draft),
        *_links(draft, catalogue),
        *_dates(draft, policy),
    ]


def _places_in_text(draft: Draft, policy: PolicyDocument) -> Iterator[Problem]:
    if not 0 <= draft.start < draft.end <= len(policy.text):
        yield "quote", "the quote lies outside the text: select it in the text"
    elif not policy.text[draft.start : draft.end].strip():
        yield "quote", "the quote is blank: select the words that state the target"
    elif not draft.start <= draft.anchor_start < draft.anchor_end <= draft.end:
        yield "quote", "the number does not lie in the quote: widen the quote"


def _words(draft: Draft) -> Iterator[Problem]:
    if not draft.indicator.strip():
        yield "indicator", "say what is measured, in the words of the text"
    if not draft.unit.strip():
        yield "unit", "say the unit, as the text has it"


def _number(draft: Draft) -> Iterator[Problem]:
    for field, number in (("value", draft.value), ("value_high", draft.value_high)):
        if number is None:
            continue
        if draft.kind in PARTS and not 0 <= number <= 100:
            yield field, f"a {draft.kind.value} lies between 0 and 100 %, not at {number:f}"
        if draft.kind in WHOLE and number < 0:
            yield field, f"a {draft.kind.value} is not negative"
    wanted = RATE_UNITS.get(draft.kind) or ("%" if draft.kind in PARTS else None)
    if wanted and draft.unit != wanted:
        yield "unit", f"a {draft.kind.value} is given in {wanted}, not in {draft.unit}: change the unit or the kind"


def _links(draft: Draft, catalogue: Catalogue) -> Iterator[Problem]:
    """A link may be missing, but one that is made has to fit."""
    indicator = catalogue.indicators.get(draft.indicator_code or "")
    if draft.indicator_code and indicator is None:
        yield "indicator_code", f"there is no indicator {draft.indicator_code}: choose one of the list, or none"
    if draft.place_code and draft.place_code not in catalogue.places:
        yield "place_code", f"there is no place {draft.place_code}: choose one of the list"
    place = catalogue.places.get(draft.place_code or "")
    if draft.per_zone and place is not None and place.kind is not PlaceKind.GROUP:
        yield "per_zone", "only a group of zones can ask each zone for itself: choose a group, or take the mark off"
    if indicator is None:
        return
    many = indicator.aggregation is Aggregation.EACH_MEMBER
    if many and draft.kind not in (Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE):
        yield "kind", "an indicator that stands for several can only grow: choose growth, or one indicator"
    elif draft.kind not in RATE_UNITS and catalogue.dimension(draft.unit) != catalogue.dimension(indicator.unit):
        yield (
            "indicator_code",
            f"{indicator.zh} is measured in {indicator.unit}, not in {draft.unit}: choose another indicator, or none",
        )
    multiple, named = draft.kind is Kind.MULTIPLE_OF_REFERENCE, draft.reference_code and draft.reference_place
    if multiple and draft.linked and not named:
        yield "reference", "say what it is a multiple of: the indicator and the place of the reference"
    if not multiple and (draft.reference_code or draft.reference_place):
        yield "reference", "only a multiple of a reference names one: take it out, or change the kind"


def _dates(draft: Draft, policy: PolicyDocument) -> Iterator[Problem]:
    if draft.deadline is None:
        return
    if policy.issued is not None and draft.deadline < policy.issued:
        yield "deadline", f"the deadline {draft.deadline} lies before the year of issue, {policy.issued}"
    if draft.baseline_year is not None and draft.baseline_year >= draft.deadline:
        yield "baseline_year", f"the baseline {draft.baseline_year} does not lie before the deadline {draft.deadline}"
    if draft.kind in CHANGE_KINDS and draft.period_start is not None and draft.period_start > draft.deadline:
        yield "period_start", f"the period begins after the deadline {draft.deadline}"
