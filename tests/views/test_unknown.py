"""An address that names nothing gets a page that says so and offers the nearest; what is empty says why."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from models.enums import Language
from settings import get_settings
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.wording import say
from tests.views.conftest import Open
from tests.views.reading import Page, read
from views.screens import SCREENS

Pages = Callable[..., Page]

UNKNOWN = [
    ("overview", "policy", "hebei-2002", "hebei-2020"),
    ("target", "target", "hebei-2020/rd-intensty", "hebei-2020/rd-intensity"),
    ("target", "place", "naning", "nanning"),
    ("zone", "place", "naning", "nanning"),
    ("policies", "policy", "guangxi", "guangxi-2018"),
    ("reports", "subject", "hebei-2021", "hebei-2020"),
]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("screen", "parameter", "wanted", "nearest"), UNKNOWN)
def test_an_unknown_id_is_named_and_the_nearest_offered(
    page_of: Pages, screen: str, parameter: str, wanted: str, nearest: str, language: Language
) -> None:
    page = page_of(screen, **{parameter: wanted}, lang=language.value)
    assert page.faults == []
    assert page.headings == [(1, say("unknown.title", language))]
    assert wanted in page.text
    offered = [parse_qs(urlsplit(link).query).get(parameter) for link in page.links]
    assert offered[0] == [nearest]
    assert offered[-1] is None, "the last link leads back to the screen"


@pytest.mark.parametrize(("screen", "parameter", "wanted", "nearest"), UNKNOWN)
def test_the_offered_links_work(page_of: Pages, screen: str, parameter: str, wanted: str, nearest: str) -> None:
    for link in page_of(screen, **{parameter: wanted}, lang="zh").links:
        query = {name: found[0] for name, found in parse_qs(urlsplit(link).query).items()}
        page = page_of(screen, **query)
        assert page.faults == []
        assert say("unknown.title", Language.ZH) not in page.text


def test_an_id_like_none_offers_the_way_back_alone(page_of: Pages) -> None:
    assert len(page_of("zone", place="????????", lang="zh").links) == 1


def test_what_is_typed_into_an_address_is_shown_as_text(page_of: Pages) -> None:
    page = page_of("zone", place="<img src=x onerror=alert(1)>", lang="zh")
    assert "<img" not in page.body
    assert "<img src=x onerror=alert(1)>" in page.text


@pytest.mark.parametrize(
    "address", [{"year": "1800"}, {"year": "next"}, {"lang": "fr"}, {"data": "both"}, {"status": "bad"}], ids=str
)
def test_a_word_that_there_is_not_falls_back_and_the_address_is_mended(page_of: Pages, address: dict[str, str]) -> None:
    page = page_of("overview", **address)
    assert page.faults == []
    assert page.headings[0] == (1, say("overview.title", Language.ZH))
    wrong = next(iter(address.items()))
    mended = [script for script in page.scripts if "replaceState" in script]
    assert wrong[0] == "status" or f"{wrong[0]}={wrong[1]}" not in mended[0]


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All tables and no rows: what somebody has who did not load the founding data."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    monkeypatch.setenv("TRACKER_DATABASE_URL", url)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.parametrize("screen", [key for key, _, _ in SCREENS])
def test_an_empty_database_says_what_to_do(open_screen: Open, empty_database: None, screen: str) -> None:
    page = read(open_screen(screen))
    assert page.faults == []
    # Accounts are kept before there is anything to look at.
    assert ("make init" in page.text) == (screen not in ("admin", "account"))


def test_a_zone_without_values_says_why_and_where_there_are_some(page_of: Pages) -> None:
    page = page_of("zone", place="wuhai", data="real", lang="zh", year=2024)
    assert say("zone.no_values.real", Language.ZH) in page.text
    queries = [parse_qs(urlsplit(link).query) for link in page.links]
    assert any(query.get("place") == ["150000"] for query in queries)
    assert any(query.get("data") == ["demonstration"] for query in queries)


def test_a_target_that_does_not_judge_a_place_says_which_one_is_shown(page_of: Pages) -> None:
    page = page_of("target", target="hebei-2020/national-zones", place="nanning", lang="zh")
    assert "该目标不评估“南宁高新区”" in page.text
