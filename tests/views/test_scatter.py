"""Names of points find places where they cover nothing, as far as there is room."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from views.components.scatter import PLACES, POINT, Label, _covered, label_places


def covered(labels: list[Label]) -> float:
    boxes = [each.box(place) for each, place in zip(labels, label_places(labels), strict=True)]
    return sum(_covered(one, other) for one, other in combinations(boxes, 2))


def test_names_stand_above_their_points_where_there_is_room() -> None:
    assert label_places([Label(0, 0, "保定"), Label(200, 0, "唐山"), Label(0, 90, "承德")]) == [PLACES[0]] * 3
    assert label_places([]) == []


def test_two_points_close_together_do_not_cover_each_others_names() -> None:
    labels = [Label(0, 0, "Zhangjiakou Xishan"), Label(40, 2, "Zhangjiakou Dongshan")]
    assert len(set(label_places(labels))) == 2 and covered(labels) == 0


def test_a_chinese_name_takes_twice_the_room_of_as_many_letters() -> None:
    left, _low, right, _high = Label(0, 0, "保定").box("top center")
    assert right - left == Label(0, 0, "abcd").box("top center")[2] * 2


def test_a_name_beside_its_point_does_not_cover_it() -> None:
    for place in PLACES:
        box = Label(0, 0, "保定").box(place)
        assert _covered(box, (-POINT + 1, -POINT + 1, POINT - 1, POINT - 1)) == 0


@given(
    st.lists(st.tuples(st.floats(0, 850), st.floats(0, 320), st.text("ab保定", min_size=1, max_size=9)), max_size=12)
)
def test_every_name_finds_a_place_and_alone_it_stands_above(found: list[tuple[float, float, str]]) -> None:
    labels = [Label(*each) for each in found]
    places = label_places(labels)
    assert len(places) == len(labels) and set(places) <= set(PLACES)
    assert label_places(labels[:1]) == [PLACES[0]] * len(labels[:1])
    # Whoever comes first, from the left, finds only points in the way.
    if len(labels) == 1 or (labels and all(abs(one.x - two.x) > 200 for one, two in combinations(labels, 2))):
        assert set(places) == {PLACES[0]}
