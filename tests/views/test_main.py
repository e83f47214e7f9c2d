"""What every screen shares: title, menu, marks of the demonstration set, and a fault told in words."""

import pytest

import tracking.attention
from tests.views.conftest import Open
from tests.views.reading import read


def test_demonstration_values_are_marked_on_the_page(open_screen: Open) -> None:
    assert "演示数据：以下数值由程序生成" in read(open_screen("main", data="demonstration")).text
    assert "演示数据：" not in read(open_screen("main", data="real")).text


def test_the_page_is_told_in_which_language_it_is(open_screen: Open) -> None:
    scripts = {lang: "".join(read(open_screen("main", lang=lang)).scripts) for lang in ("zh", "en")}
    assert 'document.documentElement.lang = "zh-CN"' in scripts["zh"]
    assert 'document.documentElement.lang = "en"' in scripts["en"]


@pytest.mark.parametrize(("lang", "words"), [("zh", "本页暂时无法显示"), ("en", "This page cannot be shown")])
def test_a_fault_is_told_in_words_and_kept_for_the_log(
    open_screen: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: str, words: str
) -> None:
    def broken(*rows: object) -> None:
        raise ZeroDivisionError("secret of the server")

    monkeypatch.setattr(tracking.attention, "counts", broken)
    page = read(open_screen("main", lang=lang))
    assert page.faults == []
    assert words in page.text
    assert "secret" not in page.text
    assert "secret of the server" in caplog.text
