"""The story of an officer who adds a policy that nobody here has seen, with a real browser.

Runs on a server of its own: it adds a policy, and the other stories count what they find."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.own_server import served, signed_in
from tests.browser.steps import heading, open_, settled

TEXT = (
    "河北省科学技术厅关于推进高新区高质量发展的若干措施\n冀科〔2021〕8号\n"
    "二、发展目标\n建设𠀀公共服务平台。到2025年，全省高新技术企业达到5000家以上，国家级高新区研发投入强度达到4%以上。\n"
    "三、其他\n园区面貌焕然一新，孵化器要有三十家的样子。\n对新认定的企业给予20万元奖励。\n"
    "<script>window.hit = true</script><img src=x onerror='window.hit = true'>\u202e反\n2021年3月5日\n"
)
SELECT = """(words) => {
  const box = document.querySelector('.rd-text');
  const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      const rect = range.getBoundingClientRect();
      return [rect.left, rect.right, (rect.top + rect.bottom) / 2];
    }
  }
}"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    with served(tmp_path) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 1000}, locale="zh-CN")
        signed_in(context, address)
        yield context.new_page()
        context.close()


def select(page: Page, words: str) -> None:
    """Drags the mouse over words of the text."""
    left, right, middle = page.evaluate(SELECT, words)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right - 1, middle, steps=8)
    page.mouse.up()


def add(page: Page) -> None:
    """Pastes the policy and adds it."""
    open_(page, "/desk", "政策工作台")
    page.get_by_role("tab", name="粘贴正文").click()
    page.locator(".st-key-desk_paste textarea").fill(TEXT)
    page.locator(".st-key-desk_read_paste button").click()
    expect(page.locator(".st-key-desk_new_number input")).to_have_value("冀科〔2021〕8号")
    page.locator(".st-key-desk_add button").click()
    heading(page, "若干措施")


def test_an_officer_adds_a_policy_and_its_targets_are_judged(page: Page) -> None:
    add(page)
    expect(page.locator(".rd-text .rd-here").first).to_have_text("全省高新技术企业达到5000家以上")
    expect(page.locator(".rd-text .rd-deadline").first).to_have_text("2025年")

    # By keyboard: the first is confirmed, the next one stands there at once.
    settled(page)
    page.keyboard.press("c")
    expect(page.locator(".rd-text .rd-here").first).to_have_text("国家级高新区研发投入强度达到4%以上")
    expect(page.locator(".rd-text .rd-confirmed").first).to_have_text("全省高新技术企业达到5000家以上")

    # A rejection asks for its reason, and the keyboard is there already.
    settled(page)
    page.keyboard.press("x")
    reason = page.locator(".st-key-desk_reason input")
    expect(reason).to_be_focused()
    reason.press_sequentially("cxj: 属于另一份文件")
    reason.press("Enter")
    expect(page.locator(".rd-text .rd-rejected").first).to_have_text("国家级高新区研发投入强度达到4%以上")

    # What the rules did not see is selected with the mouse; the quote is what was selected, sign by sign.
    settled(page)
    select(page, "孵化器要有三十家的样子")
    page.keyboard.press("a")
    expect(page.locator(".rd-text .rd-here").first).to_have_text("孵化器要有三十家的样子")
    expect(page.locator("blockquote").first).to_have_text("孵化器要有三十家的样子")

    # The confirmed target is exported, and judged.
    settled(page)
    with page.expect_download() as download:
        page.locator(".st-key-desk_export button").click()
    lines = [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]
    assert [line.get("quote") for line in lines] == [None, "全省高新技术企业达到5000家以上"]
    assert TEXT[lines[1]["start"] : lines[1]["end"]] == lines[1]["quote"]
    open_(page, "/target?target=hebei-2021/high-tech-enterprises&year=2023&data=demonstration", "高新技术企业")
    expect(page.locator("blockquote mark")).to_have_text("全省高新技术企业达到5000家以上")


def test_what_a_document_says_is_shown_and_never_done(page: Page) -> None:
    add(page)
    expect(page.locator(".rd-text p", has_text="<script>")).to_be_visible()
    assert page.evaluate("window.hit") is None
    assert "\u202e" not in (page.locator(".rd-text").text_content() or "")


def test_a_paragraph_becomes_the_quote_and_the_list_leads_to_what_is_decided(page: Page) -> None:
    add(page)
    # By three clicks: not a sign of the next paragraph.
    settled(page)
    page.locator(".rd-text p", has_text="给予20万元").click(click_count=3)
    page.keyboard.press("q")
    expect(page.locator("blockquote").first).to_have_text("对新认定的企业给予20万元奖励")

    # Two hits of a key decide on one entry.
    settled(page)
    page.locator(".rd-list button").nth(1).click()
    expect(page.locator("blockquote").first).to_have_text("国家级高新区研发投入强度达到4%以上")
    settled(page)
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(page.locator(".rd-text .rd-confirmed").first).to_have_text("国家级高新区研发投入强度达到4%以上")
    settled(page)
    open_(page, "/desk?policy=hebei-2021&show=confirmed", "若干措施")
    expect(page.locator(".rd-list button")).to_have_count(1)
    page.locator(".rd-list button").first.click()
    expect(page.locator("blockquote").first).to_have_text("国家级高新区研发投入强度达到4%以上")
    expect(page.locator(".st-key-desk_save")).to_contain_text("变更目标")
