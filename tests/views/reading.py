"""What somebody reads on a screen: its words, headings and links, taken out of what was rendered."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

ALONE = {"br", "meta", "hr", "img", "input", "link"}
SPOKEN = ("title", "aria-label", "alt")
TAGS = re.compile(r"%\{\w+\}|</?\w+>")
READ = {"text", "name", "customdata", "hovertemplate", "title", "subtitle", "annotations", "layout", "data"}
"""The parts of a chart that hold words; the rest are colours, places and ways of drawing."""


@dataclass
class Page(HTMLParser):
    """The words in the order they stand in. `sources` are those marked as Chinese whatever the interface speaks."""

    words: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    body: str = ""
    faults: list[str] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def __hash__(self) -> int:
        return id(self)

    @property
    def text(self) -> str:
        """Everything that can be read, sources too."""
        return " ".join([*self.words, *self.sources])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in ALONE:
            inherited = bool(self._open) and self._open[-1][1]
            self._open.append((tag, given["lang"] == "zh" if "lang" in given else inherited))
        if tag == "a":
            self.links.append(given["href"])
        if tag in ("h1", "h2", "h3"):
            self.headings.append((int(tag[1]), ""))
        self.words += [given[name] for name in SPOKEN if name in given]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "script" in tags or "style" in tags:
            self.scripts.append(data)
            return
        if {"h1", "h2", "h3"} & set(tags):
            level, said = self.headings[-1]
            self.headings[-1] = (level, said + data)
        if data.strip():
            (self.sources if self._open and self._open[-1][1] else self.words).append(data)


def read(test: AppTest) -> Page:
    """All that a reader of the screen sees: text, the labels and options of widgets, the words of charts."""
    page = Page(faults=[each.message for each in test.exception])
    for node in nodes(test.main):
        _read(node, page)
    return page


def _read(node: Node, page: Page) -> None:
    if node.type == "html":
        page.feed(node.proto.body)
        page.body += node.proto.body
    elif node.type == "plotly_chart":
        page.words += [*words_of(json.loads(node.proto.spec)), node.proto.alt]
    elif node.type == "expander":
        page.words.append(node.proto.label)
    elif node.type in ("selectbox", "button_group"):
        options = getattr(node, "options", [])
        page.words += [node.proto.label, *map(str, options), node.proto.help]


def nodes(block: Block) -> Iterator[Node]:
    """Every element in the order of the screen."""
    for child in block.children.values():
        yield child
        if isinstance(child, Block):
            yield from nodes(child)


def words_of(figure: Any) -> Iterator[str]:
    """Every text of a chart that can be read."""
    if isinstance(figure, str):
        yield TAGS.sub("", figure)
    elif isinstance(figure, dict):
        for key in READ & set(figure):
            yield from words_of(figure[key])
    elif isinstance(figure, list):
        for each in figure:
            yield from words_of(each)


def figures(test: AppTest) -> list[dict[str, Any]]:
    """The charts of a screen as plotly has them."""
    return [json.loads(node.proto.spec) for node in nodes(test.main) if node.type == "plotly_chart"]
