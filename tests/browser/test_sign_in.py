"""The sign-in in a real browser: by a click, by a link and a password, and what is left when it ends."""

import re

from playwright.sync_api import expect

from scripts.own_server import first_heading
from tests.browser.conftest import Opened
from tests.browser.steps import heading, open_, settled


def test_a_stranger_signs_in_and_is_back_on_the_page_asked_for(reader: Opened) -> None:
    page = reader(person="")
    page.goto("/zone?place=baoding&year=2020")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    page.get_by_role("button", name=re.compile("查阅")).click()
    page.wait_for_url("**/zone?place=baoding&year=2020**")
    heading(page, "保定高新区")


def test_a_stranger_hears_nothing_over_the_websocket(reader: Opened, server: str) -> None:
    page = reader(person="")
    page.goto("/healthz")  # The sign-in page itself may open no connection at all.
    ended = page.evaluate(
        """address => new Promise(done => {
            const stream = new WebSocket(address, ["streamlit"]);
            stream.onmessage = () => done("heard");
            stream.onclose = stream.onerror = () => done("closed");
        })""",
        f"{server.replace('http', 'ws')}/_stcore/stream",
    )
    assert ended == "closed"


def test_an_administrator_makes_a_colleague_who_signs_in_and_is_ended(reader: Opened) -> None:
    admin = reader(person="demo-admin")
    open_(admin, "/admin?lang=zh", "管理")
    admin.locator(".st-key-admin_new_login input").fill("wang")
    admin.locator(".st-key-admin_new_name input").fill("王明")
    admin.get_by_role("button", name="建立账号").click()
    link = admin.get_by_test_id("stCode").inner_text().strip()

    wang = reader(person="")
    wang.goto(link)
    for field in ("password", "again"):
        wang.fill(f"#{field}", "correct horse battery")
    wang.get_by_role("button", name="保存").click()
    wang.fill("#login", "wang")
    wang.fill("#password", "correct horse battery")
    wang.get_by_role("button", name="登录", exact=True).click()
    first_heading(wang)
    expect(wang.locator(".t-who")).to_contain_text("王明")
    open_(wang, "/admin", "管理")
    expect(wang.get_by_text("您的账号没有这项权限")).to_be_visible()

    # Disabled, the colleague's open page says so at the next click, and no address answers any more.
    settled(admin)
    admin.locator(".st-key-admin_disable button").click()
    expect(admin.get_by_text("已停用，其登录已全部退出。")).to_be_visible()
    wang.get_by_text("English", exact=True).click()
    heading(wang, "You are signed out")
    assert wang.request.get("/download/values.csv").status == 401


def test_signing_out_ends_the_other_tab_too(reader: Opened) -> None:
    page = reader()
    open_(page, "/", "目标进展总览")
    other = page.context.new_page()
    open_(other, "/account")
    other.get_by_role("button", name="退出登录").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("登录")
    page.get_by_text("English", exact=True).click()
    heading(page, "You are signed out")
