"""The view that rules read, and where each of its characters stands in the source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targets.extraction.normalise import normalise


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("區(qū)域發（fā）展", "区域发展"),
        ("单位(kg)、(GDP)、全省(市)", "单位(kg)、(GDP)、全省(市)"),
        ("高新區(qù)", "高新区(qù)"),
        ("１２．５％", "12.5%"),
        ("到 2025 年", "到2025年"),
        ("达到\u00a030\u3000万亿元", "达到30万亿元"),
        ("增长 12. 5 %", "增长12.5%"),
        ("引进2-3\n\n个项目", "引进2-3个项目"),
        ("引进2-3 \r\n 个项目", "引进2-3个项目"),
        ("2020\n2025\n个\n", "2020\n2025\n个\n"),
        ("甲 乙\n丙", "甲 乙\n丙"),
        ("\u202e高新\u200b区\u202c达到\ufeff5家", "高新区达到5家"),
        ("提高～5—6－7", "提高～5—6－7"),
        ("後\0來", "后\0来"),
        ("後\ud800來", "后\ud800来"),
    ],
)
def test_noise_is_not_seen_and_meaning_is(source: str, seen: str) -> None:
    assert normalise(source).text == seen


def test_a_quote_is_cut_from_the_source() -> None:
    source = "高新區(qū)企业達到 ５００ 家。"
    view = normalise(source)
    at = view.text.index("500家")
    span = view.source_span(at, at + 4)
    assert source[span.start : span.end] == "５００ 家"
    assert view.at(0) == 0 and view.at(len(view.text)) == len(source)


NOISY = st.text(
    st.sampled_from("高新區区發年个家达到亿0１25９%％.．,，。(（qūfā)） \u00a0\u3000\r\n\t\u200b\u202e\ufeff\0-—～")
    | st.characters(),
    max_size=120,
)


@given(NOISY)
@settings(deadline=None, max_examples=400)
def test_every_place_of_a_view_is_a_place_of_its_source_in_the_same_order(source: str) -> None:
    view = normalise(source)
    places = list(view.positions)
    assert len(places) == len(view.text) + 1
    assert places == sorted(set(places)) and places[-1] == len(source) and places[0] >= 0
    for start in range(len(view.text)):
        span = view.source_span(start, len(view.text))
        assert 0 <= span.start < span.end <= len(source)
    assert normalise(source) == view


@pytest.mark.parametrize("piece", ["\n", " \n", " ", "1", "1 ", "1-", "\u200b ", "(", "(a", "(ā", "年1\n"])
def test_a_piece_a_million_times_over_is_no_trap(piece: str) -> None:
    source = "达到1" + piece * (1_000_000 // len(piece)) + "x"
    assert normalise(source).positions[-1] == len(source)
