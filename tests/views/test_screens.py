"""Every screen by itself: it runs, speaks one language, and leads nowhere that is not there."""

import re
from collections.abc import Callable, Container, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from models.enums import DataSet, Language
from storage.engine import shared_engine
from storage.queries import Snapshot
from tests.architecture.source import files_of, rooms
from tests.views.reading import Page
from tracking.current import current_snapshot
from views.screens import SCREENS

ADDRESSES = [
    ("overview", {}),
    ("overview", {"policy": "hebei-2020", "status": "off"}),
    ("target", {"target": "hebei-2020/rd-intensity"}),
    ("target", {"target": "lincang-2019/growth"}),
    ("target", {"target": "hebei-2020/leading-industries"}),
    ("target", {"target": "guangxi-2018/high-tech-share", "place": "nanning"}),
    ("compare", {}),
    ("compare", {"place": "130000-all", "indicator": "operating_revenue", "against": "rd_intensity"}),
    ("plan", {}),
    ("plan", {"target": "inner-mongolia-2021/rd-intensity-national", "rule": "room"}),
    ("plan", {"target": "guangxi-2018/zones"}),
    ("plan", {"part": "scenario", "year": "2023"}),
    ("plan", {"part": "scenario", "target": "guangxi-2018/incubators", "year": "2018", "mode": "value"}),
    ("compare", {"place": "130000-all", "zones": "baoding,tangshan,nowhere"}),
    ("zone", {"place": "shijiazhuang"}),
    ("zone", {"place": "150000-national"}),
    ("zone", {"place": "130000"}),
    ("policies", {}),
    ("policies", {"policy": "inner-mongolia-2021", "target": "inner-mongolia-2021/league-coverage"}),
    ("reports", {"subject": "hebei-2020"}),
    ("reports", {"subject": "nanning", "method": "cagr"}),
]
EVERY = [
    pytest.param(screen, {**address, "lang": language, "data": data}, id=f"{screen}-{n}-{language}-{data}")
    for n, (screen, address) in enumerate(ADDRESSES)
    for language in Language
    for data in DataSet
]

LATIN = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
IDS = re.compile(r"[a-z]+(?:-[a-z]+)*-\d{4}/[a-z0-9-]+|\b[0-9a-f]{16}…|https?://\S+")
NAMES_IN_CHINESE = {
    "GDP",
    "XLSX",
    "PDF",
    "DOCX",
    "CSV",
    "PNG",
    "SVG",
    "SHA",
    "Excel",
    "English",
    "data",
    "policies",
    "CONTRIBUTING",
    "md",
}
"""Names of formats and files, the switch to the other language, and an abbreviation that Chinese statistics use."""


@pytest.fixture(scope="session")
def snapshots(founding_database: str) -> dict[DataSet, Snapshot]:
    return {data: current_snapshot(shared_engine(founding_database), data) for data in DataSet}


Pages = Callable[..., Page]


@pytest.mark.parametrize(("screen", "address"), EVERY)
def test_a_screen_runs_alone_and_its_headings_nest(page_of: Pages, screen: str, address: dict[str, str]) -> None:
    page = page_of(screen, **address)
    assert page.faults == []
    levels = [level for level, words in page.headings if words.strip()]
    assert levels[0] == 1
    assert set(levels[1:]) <= {2}


def test_no_screen_has_the_name_of_a_room() -> None:
    """A screen that runs alone finds its own folder before the product's."""
    assert {file.stem for file in files_of("views") if file.parent.name == "views"} & set(rooms()) == set()


def english_in(page: Page) -> set[str]:
    return {word for words in page.words for word in LATIN.findall(IDS.sub("", words))} - NAMES_IN_CHINESE


def chinese_in(page: Page) -> set[str]:
    return {words for words in page.words if CHINESE.search(words)} - {"中文"}


@pytest.mark.parametrize(("screen", "address"), EVERY)
def test_a_screen_speaks_one_language_and_shows_the_words_of_sources_as_such(
    page_of: Pages, screen: str, address: dict[str, str]
) -> None:
    page = page_of(screen, **address)
    assert page.words
    assert (english_in if address["lang"] is Language.ZH else chinese_in)(page) == set()


def test_words_of_the_other_language_are_found_by_this_test() -> None:
    page = Page()
    page.feed('<p title="Show all">目标</p><p lang="zh">原文</p>')
    assert (english_in(page), chinese_in(page)) == ({"Show", "all"}, {"目标"})


@pytest.mark.parametrize(("language", "data"), [("zh", DataSet.DEMONSTRATION), ("en", DataSet.REAL)])
def test_every_target_shows_its_quote_and_speaks_the_readers_language(
    page_of: Pages, snapshots: dict[DataSet, Snapshot], language: str, data: DataSet
) -> None:
    left, foreign = {}, english_in if language == "zh" else chinese_in
    for target in snapshots[data].targets:
        page = page_of("target", target=target.id, data=data.value, lang=language)
        assert page.faults == []
        assert target.quote in "".join([*page.words, *page.sources]), target.id
        left[target.id] = foreign(page)
    assert {target: words for target, words in left.items() if words} == {}


@pytest.mark.parametrize(("screen", "address"), EVERY)
def test_every_link_leads_to_something(
    page_of: Pages, snapshots: dict[DataSet, Snapshot], screen: str, address: dict[str, str]
) -> None:
    links = page_of(screen, **address).links
    assert links
    assert [(link, fault) for link in links for fault in faults(link, snapshots[DataSet(address["data"])])] == []


def faults(link: str, snapshot: Snapshot) -> Iterator[str]:
    """What is wrong with a link of ours; an outside one must be of the web."""
    parts = urlsplit(link)
    if parts.scheme or not parts.path:
        if parts.scheme not in ("http", "https") and not link.startswith("#"):
            yield "no web address"
        return
    path = parts.path.strip("/")
    if path not in {each for _, _, each in SCREENS} and not path.startswith("download/"):
        yield "no such page"
    known: dict[str, Container[str]] = {
        "target": {target.id for target in snapshot.targets},
        "place": snapshot.places,
        "policy": snapshot.policies,
        "subject": {*snapshot.policies, *snapshot.places},
        "indicator": snapshot.indicators,
        "lang": set(Language),
        "data": set(DataSet),
    }
    given = {name: found[0] for name, found in parse_qs(parts.query).items()}
    yield from (name for name, value in given.items() if name in known and value not in known[name])


@pytest.mark.parametrize(("screen", "address"), EVERY)
def test_every_place_on_the_page_that_a_link_names_is_there(
    page_of: Pages, screen: str, address: dict[str, str]
) -> None:
    page = page_of(screen, **address)
    named = {link[1:] for link in page.links if link.startswith("#")}
    assert named <= set(re.findall(r'id="([\w-]+)"', page.body))
    assert bool(named) == (screen == "target")


@pytest.mark.parametrize(("screen", "address"), EVERY)
def test_an_outside_page_is_told_nothing_of_ours(page_of: Pages, screen: str, address: dict[str, str]) -> None:
    outside = re.findall(r'<a [^>]*href="https?:[^>]*>', page_of(screen, **address).body)
    assert [each for each in outside if "noopener noreferrer" not in each or 'target="_blank"' not in each] == []


@pytest.mark.parametrize(("screen", "address"), ADDRESSES)
def test_an_address_that_left_something_out_is_completed(page_of: Pages, screen: str, address: dict[str, str]) -> None:
    page = page_of(screen, **address)
    completed = [script for script in page.scripts if "replaceState" in script]
    assert len(completed) == 1
    query = {name: found[0] for name, found in parse_qs(completed[0].split('"')[1].removeprefix("?")).items()}
    assert {"lang", "data", "year", *address} <= set(query)
    again = page_of(screen, **query)
    assert [script for script in again.scripts if "replaceState" in script] == []
    assert again.headings == page.headings
