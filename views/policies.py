"""Policies: the list, and the reader with every target marked in the text."""

from html import escape

import streamlit as st

from models.errors import UnknownId
from models.policy import PolicyDocument, Target
from tracking.board import BoardRow, Role
from tracking.phrases import named, target_words, title
from tracking.reading import Piece, paragraphs, pieces
from views.components.page import badge, heading, link, section, show, table, unknown
from views.state import Reader, read_reader

SCROLL = """<script>
const mark = document.querySelector('mark.here');
if (mark) { const box = mark.closest('.t-text'); box.scrollTop = mark.offsetTop - box.offsetTop - 120; }
</script>"""
"""Brings the wanted quote into sight. A constant: nothing of a document is in it."""


def screen(reader: Reader) -> None:
    """The list of policies, and below it the one that the address names."""
    try:
        policy = reader.snapshot.policy(reader.policy) if reader.policy else None
    except UnknownId as error:
        unknown(reader, error, "policies", "policy")
        return
    if policy is None:
        _list(reader)
    else:
        _reader(reader, policy)


def _name(reader: Reader, policy: PolicyDocument) -> str:
    return policy.title if reader.language.value == "zh" else policy.title_en


def _list(reader: Reader) -> None:
    policies = reader.snapshot.policies.values()
    heading(
        reader.say("screen.policies"),
        escape(reader.say("policies.lead", policies=len(policies), targets=len(reader.snapshot.targets))),
    )
    say = reader.say
    head = [
        say("policies.title"),
        say("policies.issuer"),
        say("policies.number"),
        say("policies.issued"),
        say("policies.targets"),
    ]
    rows = []
    for policy in policies:
        targets = [t for t in reader.snapshot.targets if t.policy_id == policy.id]
        rows.append(
            (
                link(reader.address("policies", policy=policy.id), _name(reader, policy)),
                escape(policy.issuer),
                escape(policy.number or "—"),
                str(policy.issued_on or policy.issued or "—"),
                str(len(targets)),
            )
        )
    table(head, rows, numbers=(4,), label=say("screen.policies"))
    show(f'<p class="quiet">{escape(say("policies.adding"))}</p>')


def _reader(reader: Reader, policy: PolicyDocument) -> None:
    targets = [t for t in reader.snapshot.targets if t.policy_id == policy.id]
    show(f"<p>{link(reader.address('policies'), reader.say('policies.back'))}</p>")
    heading(_name(reader, policy), escape(_described(reader, policy, len(targets))))
    text, cards = st.columns([3, 2], gap="medium")
    with text:
        section(reader.say("policies.text"))
        _text(reader, policy, targets)
        original = f"/download/policy/{policy.id}"
        show(f'<p class="quiet">{link(original, reader.say("policies.original"))} · SHA-256 {policy.sha256[:16]}…</p>')
    with cards:
        section(reader.say("policies.cards", number=len(targets)))
        with st.container(height=640, border=False):
            for target in targets:
                _card(reader, target)
    if reader.target:
        st.html(SCROLL, unsafe_allow_javascript=True)


def _described(reader: Reader, policy: PolicyDocument, number: int) -> str:
    issued = policy.issued_on or policy.issued or reader.say("policies.undated")
    parts = [policy.issuer, policy.number, str(issued), reader.say("policies.found", number=number)]
    if policy.period_start and policy.period_end:
        parts.append(reader.say("policies.period", start=policy.period_start, end=policy.period_end))
    return " · ".join(part for part in parts if part)


def _text(reader: Reader, policy: PolicyDocument, targets: list[Target]) -> None:
    body = "".join(
        f"<p>{''.join(_piece(reader, each) for each in pieces(policy.text, start, end, targets))}</p>"
        for start, end in paragraphs(policy.text)
    )
    show(f'<div class="t-text" lang="zh" tabindex="0">{body}</div>', label=policy.title)


def _piece(reader: Reader, piece: Piece) -> str:
    if not piece.targets:
        return escape(piece.text)
    target = min(piece.targets, key=lambda t: t.end - t.start)
    here = ' class="here"' if any(t.id == reader.target for t in piece.targets) else ""
    address = escape(reader.address("target", target=target.id))
    hint = escape(f"{title(target, reader.language)} · {target_words(reader.snapshot, target, reader.language)}")
    return f'<a href="{address}" target="_self" title="{hint}"><mark{here}>{escape(piece.text)}</mark></a>'


def _card(reader: Reader, target: Target) -> None:
    rows = [row for row in reader.board.of_target(target.id) if row.role is not Role.MEMBER]
    name = link(reader.address("target", target=target.id), title(target, reader.language))
    asked = escape(target_words(reader.snapshot, target, reader.language))
    place = escape(named(reader.snapshot.places[target.place_code], reader.language))
    find = link(reader.address("policies", policy=target.policy_id, target=target.id), reader.say("policies.find"))
    show(
        f'<div class="t-card"><div><strong>{name}</strong></div><div>{asked} · {place}</div>'
        f'<div>{_states(reader, rows)}</div><div class="quiet">{escape(target.id)} · {find}</div></div>'
    )


def _states(reader: Reader, rows: list[BoardRow]) -> str:
    if not rows:
        return escape(reader.say("target.no_zone"))
    if len(rows) == 1:
        return badge(reader, rows[0].status_class, reader.say(f"status.{rows[0].status.value}"))
    counted: dict[str, list[BoardRow]] = {}
    for row in rows:
        counted.setdefault(row.status.value, []).append(row)
    return " ".join(
        badge(reader, found[0].status_class, f"{reader.say(f'status.{status}')} {len(found)}")
        for status, found in counted.items()
    )


screen(read_reader())
