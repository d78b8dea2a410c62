"""Sites, projects, the house and its accounts: who may open what, and what comes of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from tests.web.staff.people.conftest import TODAY, logged_in, served
from xiezuo.common.days import today
from xiezuo.common.models import Event
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.actions import begin_membership, begin_project
from xiezuo.orgs.models import LegalIdentity, Membership, Programme, Project, Site, User
from xiezuo.orgs.vocab import StaffRole


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return begin_project(by=cast.chenli, name="流动儿童社区照护", from_on=date(2026, 1, 1), sites=[cast.east])


DOORS = [
    # address, worker, supervisor, administrator
    ("/orgs/sites/", 200, 200, 200),
    ("/orgs/sites/{east}/", 200, 200, 200),
    ("/orgs/sites/{west}/", 403, 200, 200),
    ("/orgs/sites/999999/", 403, 403, 403),
    ("/orgs/sites/open/", 403, 200, 200),
    ("/orgs/sites/{east}/correct/", 403, 200, 200),
    ("/orgs/projects/{project}/", 200, 200, 200),
    ("/orgs/projects/999999/", 403, 403, 403),
    ("/orgs/projects/begin/", 403, 200, 200),
    ("/orgs/programmes/begin/", 403, 200, 200),
    ("/orgs/house/", 200, 200, 200),
    ("/orgs/house/correct/", 403, 403, 200),
    ("/orgs/accounts/", 403, 403, 200),
    ("/orgs/accounts/register/", 403, 403, 200),
    ("/orgs/accounts/{haiyan}/", 403, 403, 200),
]


@pytest.mark.parametrize(("address", "worker", "supervisor", "administrator"), DOORS)
def test_who_may_open_what(
    cast: Cast, project: Project, address: str, worker: int, supervisor: int, administrator: int
) -> None:
    names = {"east": cast.east.pk, "west": cast.west.pk, "project": project.pk, "haiyan": cast.haiyan.id}
    url = address.format(**names)
    found = [logged_in(actor).get(url).status_code for actor in (cast.xiaomei, cast.chenli, cast.zhiyuan)]
    assert found == [worker, supervisor, administrator]
    assert Client().get(url).headers["Location"] == f"/login/?next={url}"


@pytest.mark.parametrize("page", ["roles/", "link/", "close/", "reopen/", "roles/1/end/"])
@pytest.mark.parametrize("who", ["xiaomei", "chenli"])
def test_only_an_administrator_changes_an_account(cast: Cast, page: str, who: str) -> None:
    before = Event.objects.count()
    url = f"/orgs/accounts/{cast.haiyan.id}/{page}"
    assert logged_in(getattr(cast, who)).post(url, {"role": "sysadmin"}).status_code == 403
    assert Event.objects.count() == before


def test_numbers_of_a_site_are_those_open_to_whoever_asks(cast: Cast) -> None:
    person = cast.person("王姐", cast.east)
    served(cast.chenli, person, cast.east, TODAY)
    served(cast.chenli, person, cast.west, TODAY)

    def numbers(who: str) -> dict[str, tuple[int, int]]:
        lines = logged_in(getattr(cast, who)).get("/orgs/sites/").context["lines"]
        return {line.site.name: (line.people, line.services) for line in lines}

    this_year = int(today().year == TODAY.year)
    assert numbers("xiaomei") == {"东区童缘": (1, this_year)}
    assert numbers("chenli") == {"东区童缘": (1, this_year), "西区童缘": (1, this_year)}
    assert numbers("zhiyuan") == {"东区童缘": (0, 0), "西区童缘": (0, 0)}


def test_three_sites_cost_as_much_as_two(cast: Cast, project: Project) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            logged_in(cast.chenli).get("/orgs/sites/")
        return len(queries)

    two = cost()
    third = Site.objects.create(name="南区童缘")
    begin_project(by=cast.chenli, name="另一个", from_on=date(2026, 1, 1), sites=[third], funder="某基金会")
    served(cast.chenli, cast.person("王姐", cast.east), third, TODAY)
    begin_project(by=cast.chenli, name="第三个", from_on=date(2026, 1, 1), funder="某某基金会")
    assert cost() <= two + 2


def test_an_administrator_reads_no_service_on_a_sites_page(cast: Cast) -> None:
    served(cast.chenli, cast.person("王姐", cast.east), cast.east, TODAY, title="家里看看")
    url = f"/orgs/sites/{cast.east.pk}/"
    assert "家里看看" in logged_in(cast.xiaomei).get(url).content.decode()
    hidden = logged_in(cast.zhiyuan).get(url).content.decode()
    assert "家里看看" not in hidden and "reads no case" in hidden


def test_a_site_is_opened_and_never_twice(cast: Cast) -> None:
    client, typed = logged_in(cast.chenli), {"name": " 南区童缘 ", "address": "南路 3 号", "opened_on": "2026-01-05"}
    assert client.post("/orgs/sites/open/", typed).status_code == 302
    site = Site.objects.get(name="南区童缘")
    assert (site.address, site.opened_on) == ("南路 3 号", date(2026, 1, 5))
    again = client.post("/orgs/sites/open/", typed)
    assert again.status_code == 422
    assert "There is a site of this name already." in again.content.decode()


def test_other_names_of_a_site_mean_one_site_only(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    assert client.post(f"/orgs/sites/{cast.east.pk}/correct/", {"other_names": "东区\n东中心、东区"}).status_code == 302
    cast.east.refresh_from_db()
    assert cast.east.other_names == ["东区", "东中心"]
    for name in ("东区", "东区童缘"):
        refused = client.post(f"/orgs/sites/{cast.west.pk}/correct/", {"other_names": name})
        assert refused.status_code == 422
        assert f"“{name}” already means 东区童缘" in refused.content.decode()


def test_a_project_begins_with_its_money(cast: Cast) -> None:
    typed = {
        "name": "新市民志愿者成长",
        "from_on": "2026-01-01",
        "to_on": "2026-12-31",
        "sites": [cast.east.pk, cast.west.pk],
        "funder": "大兴区民政局",
        "funding_kind": "government_purchase",
        "amount": "480000.50",
    }
    client = logged_in(cast.chenli)
    page = client.post("/orgs/projects/begin/", typed, follow=True).content.decode()
    funding = Project.objects.get().fundings.get()
    assert (funding.funder.name, funding.funding_kind, funding.amount) == (
        "大兴区民政局",
        "government_purchase",
        Decimal("480000.50"),
    )
    assert "480,000.50 yuan" in page
    refused = client.post("/orgs/projects/begin/", typed | {"to_on": "2025-12-31"})
    assert refused.status_code == 422 and "A project cannot end before it begins." in refused.content.decode()


def test_a_programme_is_written_down_once(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    for _again in range(2):
        assert client.post("/orgs/programmes/begin/", {"name": "童缘", "about": "社区儿童"}).status_code == 302
    assert Programme.objects.count() == 1


IDENTITY = {"name": "北京市大兴区协作者社会工作发展中心", "org_kind": "social_service", "from_on": "2026-02-01"}


def test_a_new_legal_form_ends_the_one_before_on_the_day_before(cast: Cast) -> None:
    client = logged_in(cast.zhiyuan)
    assert client.post("/orgs/house/correct/", IDENTITY | {"uscc": "52110000mj000000xw"}).status_code == 302
    assert list(LegalIdentity.objects.values_list("uscc", "to_on")) == [
        ("", date(2026, 1, 31)),
        ("52110000MJ000000XW", None),
    ]


@pytest.mark.parametrize(
    ("uscc", "words"),
    [
        ("52110000MJ00000OXW", "“O” does not occur in such codes"),
        ("52110000MJ", "A code has 18 characters."),
    ],
)
def test_an_impossible_code_is_refused_and_kept_in_the_form(cast: Cast, uscc: str, words: str) -> None:
    refused = logged_in(cast.zhiyuan).post("/orgs/house/correct/", IDENTITY | {"uscc": uscc})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert words in page and f'value="{uscc}"' in page
    assert LegalIdentity.objects.count() == 1


@pytest.mark.parametrize(
    ("uscc", "words"),
    [
        ("52110000MJ000000XA", "by the rule it would be W."),
        ("53110000MJ000000XR", "belong to another kind of organisation"),
    ],
)
def test_an_unlikely_code_is_asked_about_once(cast: Cast, uscc: str, words: str) -> None:
    client = logged_in(cast.zhiyuan)
    assert words in client.post("/orgs/house/correct/", IDENTITY | {"uscc": uscc}).content.decode()
    assert LegalIdentity.objects.count() == 1
    assert client.post("/orgs/house/correct/", IDENTITY | {"uscc": uscc, "sure": "1"}).status_code == 302
    assert LegalIdentity.objects.count() == 2


def link_in(page: str) -> str:
    return page.split('rows="3">')[1].split("</textarea>")[0].removeprefix("http://testserver")


def test_a_new_account_opens_by_a_link_that_works_once(cast: Cast) -> None:
    typed = {"name": "马骏", "username": "majun", "role": "social_worker", "site": cast.east.pk}
    page = logged_in(cast.zhiyuan).post("/orgs/accounts/register/", typed).content.decode()
    user, link = User.objects.get(username="majun"), link_in(page)
    assert not user.has_usable_password()
    assert actor_for(user).sites == {cast.east.pk}
    chosen = {"new_password1": "zhu jian chun feng", "new_password2": "zhu jian chun feng"}
    assert Client().post(link, chosen).status_code == 302
    assert Client().get(link).status_code == 410
    assert Client().login(username="majun", password="zhu jian chun feng")
    assert Event.objects.filter(code="orgs.user.link_made", subject_id=user.pk, by_id=cast.zhiyuan.id).count() == 1


def test_a_user_name_is_taken_once_and_nothing_half_is_left(cast: Cast) -> None:
    typed = {"name": "又一个", "username": "xiaomei", "role": "social_worker"}
    refused = logged_in(cast.zhiyuan).post("/orgs/accounts/register/", typed)
    assert refused.status_code == 422
    assert "This user name is taken; choose another." in refused.content.decode()
    assert User.objects.count() == 4


def test_a_role_is_given_at_a_site_and_ends_with_today(cast: Cast) -> None:
    client, url = logged_in(cast.zhiyuan), f"/orgs/accounts/{cast.haiyan.id}/"
    client.post(f"{url}roles/", {"role": "supervisor", "site": cast.east.pk})
    held = Membership.objects.get(user=cast.haiyan.user, role=StaffRole.SUPERVISOR)
    assert (held.site, held.from_on, held.to_on) == (cast.east, today(), None)
    client.post(f"{url}roles/{held.pk}/end/")
    held.refresh_from_db()
    assert held.to_on == today()


def test_an_administrator_runs_the_whole_house_and_no_single_site(cast: Cast) -> None:
    url = f"/orgs/accounts/{cast.haiyan.id}/roles/"
    logged_in(cast.zhiyuan).post(url, {"role": "sysadmin", "site": cast.east.pk})
    assert Membership.objects.get(user=cast.haiyan.user, role=StaffRole.SYSADMIN).site is None


def test_the_last_administrator_stays(cast: Cast) -> None:
    held = Membership.objects.get(user=cast.zhiyuan.user)
    url = f"/orgs/accounts/{cast.zhiyuan.id}/"
    for page in (f"roles/{held.pk}/end/", "close/"):
        words = logged_in(cast.zhiyuan).post(url + page, follow=True).content.decode()
        assert "This is the last system administrator." in words
    begin_membership(by=None, user=cast.chenli.user, role=StaffRole.SYSADMIN, on=TODAY)
    assert logged_in(cast.zhiyuan).post(f"{url}roles/{held.pk}/end/").status_code == 302
    held.refresh_from_db()
    assert held.to_on == today()


def test_who_leaves_is_logged_out_at_once_and_may_come_back(cast: Cast) -> None:
    hers, url = logged_in(cast.haiyan), f"/orgs/accounts/{cast.haiyan.id}/"
    assert hers.get("/people/").status_code == 200
    logged_in(cast.zhiyuan).post(f"{url}close/")
    assert hers.get("/people/").status_code == 302
    logged_in(cast.zhiyuan).post(f"{url}reopen/")
    assert logged_in(cast.haiyan).get("/people/").status_code == 200
