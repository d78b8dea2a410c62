"""区里的清单: the district changes its children's-home list from 1 September; August keeps the old one."""

from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter

YEAR = date.today().year + 1


def begin(page: Page) -> None:
    """何青 writes the district's list down as a pack of their own, with its first line."""
    page.goto("/forms/packs/")
    page.get_by_role("link", name="自建数据包").click()
    page.get_by_label("名称", exact=True).fill("儿童之家清单")
    page.locator("#id_title_en").fill("Checklist of a children's home")
    page.get_by_label("短名").fill("centre-checklist")
    page.get_by_label("出处").fill("区里的清单")
    page.get_by_label("第一条", exact=True).fill("图书不少于200册")
    page.locator("#id_en").fill("200 books at least")
    page.get_by_label("第一条的代码").fill("books")
    page.get_by_role("button", name="开始草稿").click()


def read(page: Page, words: str) -> None:
    """The author reads the whole and says what is new."""
    page.get_by_role("link", name="通读").click()
    page.get_by_label("一句话说明新在哪里").fill(words)
    page.get_by_role("button", name="我通读过了").click()
    expect(page.locator(".toast").first).to_contain_text("现在由一位同事发布")


def publish(page: Page, day: str) -> None:
    """A colleague publishes it from a day on."""
    page.goto("/forms/packs/")
    page.get_by_role("link", name="儿童之家清单").first.click()
    page.get_by_role("link", name="通读并发布").click()
    page.get_by_label("从哪天起生效").fill(day)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator(".toast").first).to_contain_text("已发布")


def test_an_officer_edits_a_colleague_publishes_and_each_month_keeps_its_version(enter: Enter) -> None:
    heqing, chenli = enter("heqing"), enter("chenli")
    begin(heqing)
    read(heqing, "第一版")
    publish(chenli, f"{YEAR}-01-01")

    heqing.goto("/forms/packs/centre-checklist/")
    heqing.get_by_role("button", name="修改").click()
    heqing.get_by_role("link", name="修改").first.click()
    heqing.get_by_label("中文名称").fill("图书不少于300册")
    heqing.get_by_role("button", name="存入草稿").click()
    expect(heqing.get_by_text("请用几个字写明为什么")).to_be_visible()
    heqing.get_by_label("原因").fill("区里9月起的新清单")
    heqing.get_by_role("button", name="存入草稿").click()
    expect(heqing.get_by_text("图书不少于200册 → 图书不少于300册")).to_be_visible()
    read(heqing, "图书从200册改为300册")
    heqing.goto("/forms/packs/")
    heqing.get_by_role("link", name="儿童之家清单").first.click()
    heqing.get_by_role("link", name="通读并发布").click()
    expect(heqing.get_by_text("自己写的不能自己发布")).to_be_visible()
    publish(chenli, f"{YEAR}-09-01")

    xiaomei = enter("xiaomei")
    xiaomei.goto("/forms/packs/centre-checklist/?version=1.0")
    expect(xiaomei.get_by_text("图书不少于200册")).to_be_visible()
    expect(xiaomei.get_by_text(f"{YEAR}年1月1日至{YEAR}年8月31日有效")).to_be_visible()
    xiaomei.goto("/forms/packs/centre-checklist/?version=1.1")
    expect(xiaomei.get_by_text("图书不少于300册", exact=True)).to_be_visible()
    expect(xiaomei.get_by_role("button", name="修改")).to_have_count(0)
