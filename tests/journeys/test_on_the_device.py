"""What a telephone holds until the house has it: unreadable to whoever finds it, gone after a week, and never in the way."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter, until

SAID = "她怕丈夫知道这件事𠮷"
# Everything that localStorage and IndexedDB of this house hold, as one text.
HELD = """async () => {
  const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const disk = await answer(indexedDB.open("xiezuo-drafts", 1));
  const all = (name) => answer(disk.transaction(name).objectStore(name).getAll());
  const rows = [...(await all("copies")), ...(await all("files"))];
  disk.close();
  return JSON.stringify([{ ...localStorage }, rows]);
}"""
A_WEEK_LATER = """async () => {
  const old = Date.now() - 8 * 24 * 3600 * 1000;
  for (const name of Object.keys(localStorage)) {
    localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), at: old }));
  }
  const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const disk = await answer(indexedDB.open("xiezuo-drafts", 1));
  const step = disk.transaction(["copies", "files"], "readwrite");
  for (const name of ["copies", "files"]) {
    const rows = step.objectStore(name);
    rows.getAll().onsuccess = (event) => event.target.result.forEach((row) => rows.put({ ...row, at: old }));
  }
  await new Promise((done) => { step.oncomplete = done; });
  disk.close();
}"""
NOTHING = "[{},[]]"


def offline_in_the_middle(page: Page) -> None:
    page.goto("/people/complaints/")
    page.context.set_offline(True)
    page.locator("textarea[name=facts]").fill(SAID)
    expect(page.locator(".saved.wait")).to_contain_text("没有网络")


def test_a_telephone_that_is_found_tells_nothing(enter: Enter) -> None:
    page = enter("hanlei")
    offline_in_the_middle(page)
    until(lambda: len(page.evaluate(HELD)) > 1000)
    key = page.locator("#drafting").get_attribute("data-key") or "?"
    held = page.evaluate(HELD)
    assert held != NOTHING
    assert [
        word for word in (SAID, SAID[:3], key, "complaints") if word in held.replace("/people/complaints/", "")
    ] == []
    page.context.clear_cookies()
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto("/login/")
    assert page.locator("#drafting").count() == 0
    assert SAID[:3] not in page.evaluate(HELD)
    page.evaluate(A_WEEK_LATER)
    page.reload()
    until(lambda: bool(page.evaluate(HELD) == NOTHING))


def test_whatever_page_is_opened_hands_over_what_waited(enter: Enter) -> None:
    page = enter("majun")
    offline_in_the_middle(page)
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto("/people/")
    until(lambda: bool(page.evaluate(HELD) == NOTHING))
    page.goto("/")
    expect(page.get_by_role("link", name="还没提交：投诉")).to_be_visible()


def test_what_is_sent_without_a_network_goes_by_itself_when_it_is_back(enter: Enter) -> None:
    page = enter("guiying")
    page.goto("/people/complaints/")
    page.locator("input[name=about]").fill("断网时按的")
    page.locator("textarea[name=facts]").fill(SAID)
    page.context.set_offline(True)
    page.locator("form:has(textarea[name=facts]) button.main").click()
    expect(page.locator(".saved.wait")).to_contain_text("网络恢复后会自动提交")
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="断网时按的").first).to_be_visible(timeout=20_000)


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return content.getvalue()


def test_a_photo_chosen_without_a_network_is_sent_when_it_is_back(enter: Enter) -> None:
    page = enter("xueping")
    page.goto("/service/records/?year=all&mine=on")
    page.locator("main a[href^='/service/']").first.click()
    page.wait_for_url("**/service/*/")
    address = page.url
    page.context.set_offline(True)
    page.set_input_files("input[type=file]", {"name": "签到表.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(page.locator(".draft-files")).to_contain_text("等网络恢复后上传")
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator(".draft-files li")).to_have_text(["签到表.jpg移除"])
    page.locator(
        "form:has(input[type=file]) button[name], form:has(input[type=file]) .do button:not([type=button])"
    ).last.click()
    expect(page.locator("#evidence h3")).to_contain_text(["签到表.jpg"])


@pytest.fixture
def keeps_nothing(enter: Enter) -> Callable[[str], Page]:
    """A browser whose memory is full."""

    def open_(who: str) -> Page:
        page = enter(who)
        page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
            "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
        )
        return page

    return open_


def test_a_device_without_room_says_so(keeps_nothing: Callable[[str], Page]) -> None:
    page = keeps_nothing("yongming")
    page.goto("/people/complaints/")
    page.context.set_offline(True)
    page.locator("textarea[name=facts]").fill(SAID)
    expect(page.locator(".saved.wait")).to_contain_text("这台设备存不下了")
    page.context.set_offline(False)
    expect(page.locator(".saved")).to_contain_text("已自动保存", timeout=20_000)
