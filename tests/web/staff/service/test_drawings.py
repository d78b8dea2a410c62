"""家谱图 and 生态图: symbols of the standard, the same in words, and nothing that is closed to whoever looks."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast, login, make_cast
from tests.factories.referred import HOSPITAL, sent, with_case
from tests.people.merged import merge
from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.files import files_of_draft
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import SectionClosed
from xiezuo.people.actions import found_household, relate
from xiezuo.people.models import Person, Relationship
from xiezuo.people.vocab import Relation
from xiezuo.service.actions.ecomap import TieFacts, drop_eco_tie, set_eco_tie
from xiezuo.service.ecomap import around, thing_of
from xiezuo.service.vocab import CaseState, CloseReason, EcoPart, TieFlow, TieKind
from xiezuo.web.base.pictures import ecomap as ecomaps
from xiezuo.web.base.pictures import genogram as genograms
from xiezuo.web.staff.service.drawings.drawing import ecomap_of, genogram_of, in_words

XSS = "<script>alert(1)</script>"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    born = today() - timedelta(days=38 * 366)
    person = cast.person("王姐", cast.east, full_name="王素芬", sex="2", born_on=born, occupation="餐馆帮厨")
    with_case(cast, person, today())
    return person


def page(cast: Cast, address: str, who: str = "xiaomei", **sends: Any) -> Any:
    browser = Client()
    browser.force_login(getattr(cast, who).user)
    return browser.post(address, sends) if sends else browser.get(address)


def family(cast: Cast, wang: Person) -> list[Person]:
    born = today() - timedelta(days=9 * 366)
    zhang = cast.person("老张", cast.east, sex="1", marriage="40")
    boy, baby = cast.person("小宇", cast.east, sex="1", born_on=born), cast.person("胎儿", cast.east)
    found_household(by=cast.chenli, head=wang, members=[(boy, Relation.CHILD), (baby, Relation.CHILD)], on=DAY)
    relate(by=cast.chenli, person=zhang, other=wang, relation=Relation.SPOUSE, on=DAY)
    Relationship.objects.update(to_on=date(2026, 3, 20))
    return [zhang, boy, baby]


def test_the_symbols_of_the_standard(cast: Cast, wang: Person) -> None:
    family(cast, wang)
    drawn = genogram_of(cast.xiaomei, wang, today())
    assert drawn is not None
    svg = genograms.svg(drawn, "家谱图")
    assert (svg.count("<rect"), svg.count("<circle")) == (2, 2)  # two men; the woman it is about has a double line
    assert len(re.findall(r'd="M[\d.]+ [\d.]+l17 17-17 17-17-17z"', svg)) == 1  # a diamond
    assert svg.count("l8-16") == 2  # divorced: two strokes
    assert re.search(r'd="M[^"]+" class="home"', svg)
    assert ">38<" in svg
    assert [*drawn.partings.values()] == ["divorced"]


def test_who_died_is_crossed_and_has_no_age(cast: Cast, wang: Person) -> None:
    zhang = family(cast, wang)[0]
    case = with_case(cast, zhang, today(), "A2")
    case.state, case.closed_on, case.close_reason = CaseState.CLOSED, today(), CloseReason.DIED
    case.save()
    drawn = genogram_of(cast.xiaomei, wang, today())
    assert drawn is not None
    assert [one.label for one in drawn.members if one.died] == ["老张"]
    assert drawn.partings == {}


def test_the_picture_says_the_same_in_words(cast: Cast, wang: Person) -> None:
    family(cast, wang)
    drawn = genogram_of(cast.xiaomei, wang, today())
    assert drawn is not None
    told = dict(in_words(drawn))
    assert [*told] == ["王素芬", "老张", "小宇", "胎儿"]
    assert len(told["小宇"]) == 4
    text = page(cast, f"/service/genogram/{wang.pk}/").content.decode()
    assert "王素芬" in text
    assert "<svg" in text


def test_what_is_written_into_a_name_is_only_text(cast: Cast, wang: Person) -> None:
    other = cast.person(XSS, cast.east)
    relate(by=cast.chenli, person=other, other=wang, relation=Relation.SIBLING, on=DAY)
    set_eco_tie(by=cast.xiaomei, person=wang, facts=TieFacts(name=XSS, kind=TieKind.STRONG), on=today())
    for address in (f"/service/genogram/{wang.pk}/", f"/service/ecomap/{wang.pk}/"):
        assert XSS not in page(cast, address).content.decode()


def test_around_someone_stands_what_is_recorded(cast: Cast, wang: Person) -> None:
    sister = cast.person("二妹", cast.east)
    relate(by=cast.chenli, person=sister, other=wang, relation=Relation.SIBLING, on=DAY)
    sent(cast.xiaomei, wang)
    things = around(cast.xiaomei, wang, today())
    assert [(one.part, str(one.label)) for one in things] == [
        (EcoPart.FAMILY, "二妹"),
        (EcoPart.WORK, "餐馆帮厨"),
        (EcoPart.ORGANISATION, HOSPITAL),
        (EcoPart.COLLEAGUE, "周晓梅"),
    ]


def test_a_worker_says_how_strong_a_tie_is_and_corrects_it(cast: Cast, wang: Person) -> None:
    told = {"by": cast.xiaomei, "person": wang, "on": today()}
    strong = TieFacts(key="work", kind=TieKind.STRONG, flow=TieFlow.BOTH, note="老板照顾")
    first = set_eco_tie(facts=strong, **told)  # type: ignore[arg-type]
    again = set_eco_tie(facts=TieFacts(key="work", kind=TieKind.STRAINED), **told)  # type: ignore[arg-type]
    assert first.pk == again.pk
    thing = thing_of(around(cast.xiaomei, wang, today()), "work")
    assert thing is not None
    assert (thing.kind, thing.flow) == (TieKind.STRAINED, TieFlow.NONE)
    drop_eco_tie(by=cast.xiaomei, tie=again)
    thing = thing_of(around(cast.xiaomei, wang, today()), "work")
    assert thing is not None
    assert thing.tie is None


def test_something_new_has_a_name_and_what_is_gone_is_refused(cast: Cast, wang: Person) -> None:
    told = {"by": cast.xiaomei, "person": wang, "on": today()}
    for facts in (TieFacts(name="  "), TieFacts(key="school", kind=TieKind.WEAK)):
        with pytest.raises(RuleBroken):
            set_eco_tie(facts=facts, **told)  # type: ignore[arg-type]
    row = set_eco_tie(facts=TieFacts(name="对门大姐", part=EcoPart.FRIENDS), **told)  # type: ignore[arg-type]
    assert [one.key for one in around(cast.xiaomei, wang, today()) if one.tie] == [f"tie:{row.pk}"]


def test_kinds_of_ties_are_told_apart_without_colour(cast: Cast, wang: Person) -> None:
    for n, kind in enumerate(TieKind):
        facts = TieFacts(name=f"甲{n}", kind=kind, flow=TieFlow.BOTH if n == 0 else TieFlow.NONE)
        set_eco_tie(by=cast.xiaomei, person=wang, facts=facts, on=today())
    svg = ecomaps.svg(ecomap_of(cast.xiaomei, wang, around(cast.xiaomei, wang, today())), "生态图")
    assert (svg.count("strong-tie"), svg.count("weak-tie"), svg.count('class="ink"')) == (1, 1, 2)
    alone = ecomaps.picture(ecomap_of(cast.xiaomei, wang, around(cast.xiaomei, wang, today())))
    assert "class=" not in alone
    assert "<script" not in alone


def test_sixty_things_do_not_touch(cast: Cast, wang: Person) -> None:
    around_ = [ecomaps.Around(f"第{n}") for n in range(60)]
    svg = ecomaps.svg(ecomaps.Ecomap("王姐", (), around_), "生态图")
    spots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.e+-]+)" cy="([\d.e+-]+)" r="50"', svg)]
    assert len(spots) == 60
    nearest = min((ax - bx) ** 2 + (ay - by) ** 2 for i, (ax, ay) in enumerate(spots) for bx, by in spots[:i])
    assert nearest > (2 * 50) ** 2


def test_ties_are_of_the_case(cast: Cast, wang: Person) -> None:
    row = set_eco_tie(by=cast.xiaomei, person=wang, facts=TieFacts(name="对门大姐"), on=today())
    other = actor_for(login("majun", "马军", (StaffRole.SOCIAL_WORKER, cast.east)))
    with pytest.raises(SectionClosed):
        around(other, wang, today())
    for by in (other, cast.haiyan):
        with pytest.raises(NotAllowed):
            drop_eco_tie(by=by, tie=row)


def test_a_tie_follows_when_two_records_become_one(cast: Cast, wang: Person) -> None:
    twice = cast.person("王素芬", cast.east)
    set_eco_tie(by=cast.chenli, person=twice, facts=TieFacts(name="对门大姐"), on=today())
    relate(by=cast.chenli, person=twice, other=wang, relation=Relation.SIBLING, on=DAY)
    set_eco_tie(by=cast.chenli, person=wang, facts=TieFacts(key=f"person:{twice.pk}"), on=today())
    merge(cast, wang, twice)
    assert [str(one.label) for one in around(cast.chenli, wang, today()) if one.tie] == ["对门大姐"]


def test_the_page_of_an_ecomap_takes_a_tie(cast: Cast, wang: Person) -> None:
    address = f"/service/ecomap/{wang.pk}/tie/"
    sends = {"key": "work", "part": "other", "kind": "weak", "flow": "none", "note": "常加班"}
    assert page(cast, address, **sends).status_code == 302
    text = page(cast, f"/service/ecomap/{wang.pk}/").content.decode()
    assert "常加班" in text
    refused = page(cast, address, key="", name="", part="other", kind="weak", flow="none", note="没写名字")
    assert (refused.status_code, "没写名字" in refused.content.decode()) == (422, True)


def test_an_intake_takes_the_drawings_of_today(cast: Cast, wang: Person) -> None:
    family(cast, wang)
    key = uuid.uuid4()
    browser = Client()
    browser.force_login(cast.xiaomei.user)
    address = f"/forms/fill/intake/?draft={key}"
    for name in ("genogram", "ecomap"):
        answer = browser.post(address, {"do": f"drawing:{name}", "about": str(wang.pk)})
        assert answer.status_code == 200
    held = list(files_of_draft(cast.xiaomei, key))
    assert {row.content_type for row in held} == {"image/png"}
    assert len(held) == 2
    answer = browser.post(address, {"do": "drawing:genogram"})
    assert answer.status_code == 200
