"""Policies: the list, and the reader with every target marked in the text."""

from html import escape

import streamlit as st

from models.errors import UnknownId
from models.policy import PolicyDocument, Target
from tracking.attention import counts
from tracking.board import BoardRow, Role
from tracking.format import MISSING
from tracking.phrases import named, policy_title, target_words, title
from tracking.reading import Piece, paragraphs, pieces
from views.components.choice import hold
from views.components.page import (
    badge,
    capital,
    chinese,
    empty,
    heading,
    link,
    section,
    show,
    status_badge,
    table,
    tally,
    tight,
    unknown,
)
from views.state import Reader, read_reader


def screen(reader: Reader) -> None:
    """The list of policies, or the one that the address names."""
    try:
        policy = reader.snapshot.policy(reader.policy) if reader.policy else None
        target = reader.snapshot.target(reader.target) if policy and reader.target else None
    except UnknownId as error:
        unknown(reader, error, "policies" if error.what == "policy" else "target", error.what)
        return
    hold(reader)
    if policy is None:
        _list(reader)
    else:
        _reader(reader, policy, target)


def _list(reader: Reader) -> None:
    policies, say = reader.snapshot.policies.values(), reader.say
    lead = say("policies.lead", policies=len(policies), targets=len(reader.snapshot.targets))
    heading(say("screen.policies"), escape(lead))
    if not policies:
        empty(reader, "empty.no_data")
        return
    names = ("title", "issuer", "number", "issued", "targets", "standing")
    table(
        [say(f"policies.{name}") for name in names],
        [_line(reader, policy) for policy in policies],
        numbers=(4,),
        label=say("screen.policies"),
    )
    show(f'<p class="quiet">{link(reader.address("desk"), say("policies.adding"))}</p>')


def _line(reader: Reader, policy: PolicyDocument) -> tuple[str, ...]:
    asked = [row for row in reader.board.asked() if row.policy.id == policy.id]
    return (
        link(reader.address("policies", policy=policy.id), policy_title(policy, reader.language)),
        chinese(reader, policy.issuer),
        chinese(reader, policy.number or MISSING),
        str(policy.issued_on or policy.issued or MISSING),
        str(len(_targets(reader, policy))),
        tally(reader, counts(asked)),
    )


def _targets(reader: Reader, policy: PolicyDocument) -> list[Target]:
    return [target for target in reader.snapshot.targets if target.policy_id == policy.id]


def _reader(reader: Reader, policy: PolicyDocument, wanted: Target | None) -> None:
    """The text at the left, a card for each of its targets at the right, equally high."""
    targets, say = _targets(reader, policy), reader.say
    show(f"<p>{link(reader.address('policies'), say('policies.back'))}</p>")
    heading(policy_title(policy, reader.language), _described(reader, policy, len(targets)))
    text, cards = st.columns([3, 2], gap="medium")
    with text:
        section(say("policies.text"))
        _text(reader, policy, targets)
    with cards:
        section(say("policies.cards", number=len(targets)))
        listed = "".join(_card(reader, target, target is wanted) for target in targets)
        show(f'<div class="t-list" tabindex="0">{listed}</div>', label=say("policies.cards", number=len(targets)))
    original = link(f"/download/policy/{policy.id}?lang={reader.language.value}", say("policies.original"))
    desk = link(reader.address("desk", policy=policy.id), reader.say("policies.desk"))
    show(f'<p class="quiet">{original} · {desk} · SHA-256 {policy.sha256[:16]}…</p>')


def _described(reader: Reader, policy: PolicyDocument, number: int) -> str:
    issued = policy.issued_on or policy.issued or reader.say("policies.undated")
    parts = [chinese(reader, policy.issuer), chinese(reader, policy.number or ""), escape(str(issued))]
    parts.append(escape(reader.say("policies.found", number=number)))
    if policy.period_start and policy.period_end:
        parts.append(escape(reader.say("policies.period", start=policy.period_start, end=policy.period_end)))
    return " · ".join(part for part in parts if part and part != '<span lang="zh"></span>')


def _text(reader: Reader, policy: PolicyDocument, targets: list[Target]) -> None:
    body = "".join(
        f"<p>{''.join(_piece(reader, each) for each in pieces(policy.text, start, end, targets))}</p>"
        for start, end in paragraphs(policy.text)
    )
    show(f'<div class="t-text" lang="zh" tabindex="0">{body}</div>', label=policy_title(policy, reader.language))


def _piece(reader: Reader, piece: Piece) -> str:
    """A stretch of text; where quotes overlap it leads to the shortest, and is marked for each."""
    if not piece.targets:
        return escape(piece.text)
    target = min(piece.targets, key=lambda t: t.end - t.start)
    ids = " ".join(t.id for t in piece.targets)
    here = ' class="here"' if any(t.id == reader.target for t in piece.targets) else ""
    address = escape(reader.address("target", target=target.id))
    hint = escape(f"{title(target, reader.language)} · {target_words(reader.snapshot, target, reader.language)}")
    return (
        f'<a href="{address}" target="_self" title="{hint}">'
        f'<mark data-target="{escape(ids)}"{here}>{escape(piece.text)}</mark></a>'
    )


def _card(reader: Reader, target: Target, here: bool) -> str:
    """What a target asks and how it stands; `show in the text` moves the text without leaving the page."""
    rows = [row for row in reader.board.of_target(target.id) if row.role is not Role.MEMBER]
    name = link(reader.address("target", target=target.id), title(target, reader.language))
    asked = tight(target_words(reader.snapshot, target, reader.language))
    place = escape(named(reader.snapshot.places[target.place_code], reader.language))
    address = escape(reader.address("policies", policy=target.policy_id, target=target.id))
    find = (
        f'<a href="{address}" target="_self" data-mark="{escape(target.id)}">{escape(reader.say("policies.find"))}</a>'
    )
    return (
        f'<div class="t-card{" here" if here else ""}" data-target="{escape(target.id)}"><strong>{name}</strong>'
        f"<span>{asked} · {place}</span><span>{_states(reader, rows)}</span>"
        f'<span class="quiet">{escape(target.id)} · {find}</span></div>'
    )


def _states(reader: Reader, rows: list[BoardRow]) -> str:
    if not rows:
        return escape(reader.say("target.no_zone"))
    if len(rows) == 1:
        return status_badge(reader, rows[0])
    counted: dict[str, list[BoardRow]] = {}
    for row in rows:
        counted.setdefault(row.status.value, []).append(row)
    return " ".join(
        badge(reader, found[0].status_class, f"{capital(reader.say(f'status.{status}'))} {len(found)}")
        for status, found in counted.items()
    )


screen(read_reader())
