"""Confirmed targets as lines of JSON: first what the policy is, then a target a line, as the hand labels are kept."""

import json
from decimal import Decimal
from typing import Any

from ledger.catalogue import Catalogue
from ledger.record import Desk, Entry
from models.enums import SIGNED_KINDS, ProposalState


def write_confirmed(desk: Desk, catalogue: Catalogue) -> str:
    """The confirmed targets of a policy in the order of its text. A reduction is given as it is printed: 14, down."""
    lines = [_policy(desk, catalogue)]
    lines += [_target(each) for each in desk.entries if each.state is ProposalState.CONFIRMED]
    return "".join(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n" for line in lines)


def _policy(desk: Desk, catalogue: Catalogue) -> dict[str, Any]:
    policy, names, at = desk.policy, list[str](), desk.policy.region_code
    while at in catalogue.regions and catalogue.regions[at].parent_code is not None:
        names.insert(0, catalogue.places[at].zh)
        at = catalogue.regions[at].parent_code or ""
    return {
        "policy": policy.id,
        "title": policy.title,
        "issuer": policy.issuer,
        "region": "".join(names) or catalogue.places[policy.region_code].zh,
        "issued": policy.issued,
        "period_start": policy.period_start,
    }


def _target(entry: Entry) -> dict[str, Any]:
    draft = entry.draft
    falls = draft.kind in SIGNED_KINDS and draft.value < 0
    comparator = (draft.comparator.mirrored if falls else draft.comparator).value
    record = {
        "quote": entry.quote,
        "start": draft.start,
        "end": draft.end,
        "anchor": [draft.anchor_start, draft.anchor_end],
        "indicator": draft.indicator,
        "scope": draft.scope,
        "kind": draft.kind.value,
        "comparator": comparator,
        "value": _plain(abs(draft.value) if falls else draft.value),
        "value_high": _plain(draft.value_high),
        "unit": draft.unit,
        "deadline": draft.deadline,
        "baseline_year": draft.baseline_year,
        "reference": draft.reference or draft.reference_place,
        "note": draft.note,
    }
    return {**record, "direction": "down"} if falls else record


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
