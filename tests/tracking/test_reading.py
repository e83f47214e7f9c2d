"""A policy's text as it is read: paragraphs and quotes keep the offsets of the source."""

from hypothesis import given
from hypothesis import strategies as st

from models.enums import DataSet
from tests.world import World
from tracking.reading import CONTEXT, paragraph_of, paragraphs, pieces


def quoted(*spans: tuple[int, int]) -> list:
    world = World({"a": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    for start, end in spans:
        world.target("firms", "a", "count", ">=", 1)
        world.targets[-1].start, world.targets[-1].end = start, end
    return world.targets


def test_paragraphs_are_what_stands_between_line_breaks() -> None:
    text = "\n  第一条 \n\n　　第二条\n第三条"
    assert [text[start:end] for start, end in paragraphs(text)] == ["第一条", "第二条", "第三条"]


@given(st.text(alphabet="ab\n 　", max_size=40))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    shown = "".join(text[start:end] for start, end in paragraphs(text))
    assert "".join(shown.split()) == "".join(text.split())


def test_quotes_that_overlap_are_cut_at_their_borders() -> None:
    targets = quoted((2, 6), (4, 8))
    found = list(pieces("0123456789", 0, 10, targets))
    assert [(piece.text, len(piece.targets)) for piece in found] == [
        ("01", 0),
        ("23", 1),
        ("45", 2),
        ("67", 1),
        ("89", 0),
    ]


def test_a_quote_that_begins_before_the_paragraph_is_marked_in_it() -> None:
    (found,) = pieces("0123456789", 4, 6, quoted((2, 8)))
    assert (found.text, len(found.targets)) == ("45", 1)


def test_a_long_paragraph_is_shortened_around_the_quote() -> None:
    text = "甲\n" + "前" * 500 + "目标" + "后" * 500 + "\n乙"
    before, quote, after = paragraph_of(text, 502, 504)
    assert quote == "目标"
    assert before == "…" + "前" * CONTEXT
    assert after == "后" * CONTEXT + "…"


def test_a_short_paragraph_stays_whole() -> None:
    assert paragraph_of("甲\n前目标后\n乙", 3, 5) == ("前", "目标", "后")


def test_every_quote_of_the_founding_policies_stands_in_its_text(founding) -> None:  # type: ignore[no-untyped-def]
    snapshot = founding(DataSet.REAL)
    for target in snapshot.targets:
        text = snapshot.policies[target.policy_id].text
        assert text[target.start : target.end] == target.quote
        assert paragraph_of(text, target.start, target.end)[1] == target.quote
