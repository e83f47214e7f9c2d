"""The clause of a policy in its paragraph, the quote marked."""

from html import escape

from models.policy import Target
from tracking.phrases import policy_title
from tracking.reading import paragraph_of
from views.components.page import chinese, link, show
from views.state import Reader


def paragraph(reader: Reader, target: Target) -> None:
    """The paragraph that a target stands in, with its quote marked and a way to the whole text."""
    policy = reader.snapshot.policies[target.policy_id]
    before, quote, after = paragraph_of(policy.text, target.start, target.end)
    name = policy_title(policy, reader.language)
    whole = link(reader.address("policies", policy=policy.id, target=target.id), name)
    number = f" {chinese(reader, policy.number)}" if policy.number else ""
    show(
        f'<blockquote><span lang="zh">{escape(before)}<mark class="here">{escape(quote)}</mark>{escape(after)}</span>'
        f'<br><span class="quiet">—— {whole}{number}</span></blockquote>'
    )
