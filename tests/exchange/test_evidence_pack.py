"""The evidence of a project in one press: no name leaves, photos only with the consent of everyone in them."""

import io
import uuid
from collections import Counter
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.factories.aided import aid_cast
from tests.factories.cast import DAY, Cast
from tests.factories.grouped import SUMMARY, an_open_activity
from tests.factories.own_side import moment, notice
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.exchange.actions.evidencing import EvidencePack, pack_evidence
from xiezuo.exchange.sheets import read_workbook
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.files import keep_file
from xiezuo.insight.actions import promise
from xiezuo.insight.codes import code_of
from xiezuo.insight.dimensions import Period
from xiezuo.insight.models import Release
from xiezuo.orgs.models import Project, Site
from xiezuo.people.actions import note_consent
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, Sex
from xiezuo.service.access import activity_for
from xiezuo.service.actions import Filling, ServiceFacts, Taking, record_service, submit_form
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more
from xiezuo.service.models import FilledForm
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED


@pytest.fixture
def project(cast: Cast) -> Project:
    return Project.objects.create(name="冬衣计划", from_on=date(2026, 1, 1))


def served(cast: Cast, project: Project, *taking: Taking, method: Method = Method.ACTIVITY, day: date = DAY) -> None:
    facts = ServiceFacts(
        method=method, service_date=day, site=cast.east, title="发放冬衣", projects=[project], taking=taking
    )
    record_service(by=cast.xiaomei, facts=facts, on=day)


def packed(cast: Cast, project: Project, site: Site | None = None, reason: str = "给基金会的报告") -> EvidencePack:
    return pack_evidence(by=cast.chenli, project=project, period=MARCH, reason=reason, on=date(2026, 4, 1), site=site)


def rows(pack: EvidencePack, begins: str) -> list[list[Any]]:
    with ZipFile(io.BytesIO(pack.content)) as archive:
        name = next(name for name in archive.namelist() if name.startswith(begins))
        grid = read_workbook(archive.read(name), name).sheets[0].grid
    return [[grid.own(row, col) for col in range(1, 9)] for row in sorted(grid.rows)]


def everything(pack: EvidencePack) -> str:
    """Every word of every file, workbooks unpacked."""
    found = []
    with ZipFile(io.BytesIO(pack.content)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found.append(name)
            if name.endswith(".xlsx"):
                with ZipFile(io.BytesIO(content)) as book:
                    found += [book.read(part).decode("utf-8", "replace") for part in book.namelist()]
            elif name.endswith(".txt"):
                found.append(content.decode())
    return "\n".join(found)


def test_nobody_is_named_and_the_same_person_has_the_same_code_in_list_and_sheets(cast: Cast, project: Project) -> None:
    lian = cast.person("阿莲", cast.east, full_name="赵阿莲", phone="15412340001")
    served(cast, project, Taking(mode=NAMED, person=lian.pk), Taking(mode=LISTED, label="小红"))
    served(
        cast, project, Taking(mode=NAMED, person=lian.pk), Taking(mode=COUNTED, count=3), day=DAY + timedelta(days=7)
    )
    pack = packed(cast, project)
    words = everything(pack)
    assert [name in words for name in ("阿莲", "赵", "小红", "15412340001")] == [False] * 4
    listed = {code: times for code, _sex, _age, times, *_rest in rows(pack, "03")[1:]}
    assert sorted(listed.values()) == [1, 2]
    signed = rows(pack, "04")[1:]
    often = next(code for code, times in listed.items() if times == 2)
    assert Counter(row[5] or "" for row in signed) == {often: 2, next(c for c in listed if c != often): 1, "": 1}
    assert [row[7] for row in signed] == [1, 1, 1, 3]


def test_of_home_visits_the_sheet_says_the_method_alone(cast: Cast, project: Project) -> None:
    lian = cast.person("阿莲", cast.east)
    served(cast, project, Taking(mode=NAMED, person=lian.pk), method=Method.VISIT)
    assert [(row[2] or "", row[3]) for row in rows(packed(cast, project), "04")[1:]] == [("", "家访")]


def test_sex_and_age_that_too_few_share_are_said_less_exactly(cast: Cast, project: Project) -> None:
    women = [cast.person(f"阿{n}", cast.east, sex=Sex.FEMALE, born_on=date(1990, 1, 1)) for n in range(5)]
    girls = [cast.person(f"小{n}", cast.east, sex=Sex.FEMALE, born_on=date(2016 - n, 1, 1)) for n in range(3)]
    girls += [cast.person(f"妹{n}", cast.east, sex=Sex.FEMALE, born_on=date(2010, 1, 1)) for n in range(2)]
    alone = cast.person("老李", cast.east, sex=Sex.MALE, born_on=date(1950, 1, 1))
    served(cast, project, *(Taking(mode=NAMED, person=one.pk) for one in [*women, *girls, alone]))
    told = Counter((row[1], row[2]) for row in rows(packed(cast, project), "03")[1:])
    assert told == {("女", "35–59 岁"): 5, ("女", "未满 18 岁"): 5, ("—", "—"): 1}


def test_targets_stand_with_what_was_reached_and_how_it_is_counted(cast: Cast, project: Project) -> None:
    promise(
        by=cast.chenli,
        name="资助合同",
        project=project,
        site=None,
        from_on=date(2026, 1, 1),
        to_on=date(2026, 12, 31),
        promised_in="",
        targets={"person_times": 8},
    )
    served(cast, project, Taking(mode=COUNTED, count=6))
    line = rows(packed(cast, project), "02")[1]
    assert line[2:7] == ["人次", 8, 6, 75, "人次"]
    assert line[7]


def test_the_figures_are_released_and_their_codes_open_the_records(cast: Cast, project: Project) -> None:
    served(cast, project, Taking(mode=COUNTED, count=6))
    pack = packed(cast, project)
    release = Release.objects.get()
    assert (release, release.project, release.reason) == (pack.release, project, "给基金会的报告")
    last = release.rows.order_by("-pk").first()
    assert last is not None
    assert code_of(last.pk) in everything(pack)
    told = Event.objects.get(code="exchange.evidence.packed")
    assert (told.facts["people"], told.facts["photos"]) == (0, 0)


def test_without_a_reason_and_beyond_ones_sites_nothing_leaves(cast: Cast, project: Project) -> None:
    with pytest.raises(RuleBroken):
        packed(cast, project, reason=" ")
    with pytest.raises(NotAllowed):
        pack_evidence(by=cast.xiaomei, project=project, period=MARCH, reason="报告", on=DAY)
    assert Release.objects.count() == 0


def picture(shade: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 0, 0)).save(target, "JPEG")
    return target.getvalue()


def summed_up(cast: Cast, project: Project, *shown: tuple[list[int | str], str]) -> FilledForm:
    """An activity that was held, with its summary; `shown`: for each photo who is in it, and its caption."""
    activity = an_open_activity(cast)
    activity.projects.set([project])
    day = activity.days.get()
    count_more(by=cast.xiaomei, day=day, n=4)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    key = uuid.uuid4()
    files = []
    for n, (people, caption) in enumerate(shown):
        kept = keep_file(by=cast.xiaomei, key=key, content=picture(n), name=f"{n}.jpg")
        files.append({"file": [str(kept.pk)], "caption": caption, "people_shown": people})
    summary = Filling(
        form=form_definition("activity_summary"),
        answers=SUMMARY | {"file": files},
        activity=activity_for(cast.xiaomei, activity.pk),
        site=cast.east,
    )
    return submit_form(by=cast.xiaomei, filling=summary, on=DAY, key=key)


def agrees(cast: Cast, person: Person, state: ConsentState = ConsentState.GIVEN, hour: int = 9) -> None:
    note_consent(
        by=cast.chenli,
        person=person,
        purpose=ConsentPurpose.PORTRAIT,
        state=state,
        way=ConsentWay.SIGNED,
        at=moment(DAY, hour),
    )


def test_only_photos_of_people_who_all_agreed_leave(cast: Cast, project: Project) -> None:
    notice(cast, ConsentPurpose.PORTRAIT)
    yes, no = cast.person("阿莲", cast.east), cast.person("阿强", cast.east)
    agrees(cast, yes)
    shown = [([yes.pk], "领到冬衣"), ([yes.pk, no.pk], "合影"), ([], "没写是谁"), ([yes.pk, "~路过的人"], "门口")]
    summed_up(cast, project, *shown)
    pack = packed(cast, project)
    with ZipFile(io.BytesIO(pack.content)) as archive:
        photos = [name for name in archive.namelist() if name.startswith("05 照片/") and name.endswith(".jpeg")]
        about = archive.read("00 说明.txt").decode()
    assert photos == ["05 照片/001.jpeg"]
    assert "照片 1 张" in about
    assert "画面里有人没有同意、撤回了同意，或没有登记: 2" in about
    assert "没有人写明画面里是谁: 1" in about
    assert [name in everything(pack) for name in ("阿莲", "阿强", "路过的人")] == [False] * 3


def test_a_yes_that_was_taken_back_keeps_the_photo_in_the_house(cast: Cast, project: Project) -> None:
    notice(cast, ConsentPurpose.PORTRAIT)
    yes = cast.person("阿莲", cast.east)
    agrees(cast, yes)
    summed_up(cast, project, ([yes.pk], "领到冬衣"))
    agrees(cast, yes, ConsentState.WITHDRAWN, hour=10)
    assert Event.objects.filter(code="exchange.evidence.packed").count() == 0
    packed(cast, project)
    assert Event.objects.get(code="exchange.evidence.packed").facts["photos"] == 0


def test_the_aid_of_the_project_is_in_it_as_numbers_without_a_name(cast: Cast, project: Project) -> None:
    aid = aid_cast(cast)
    gift = aid.gift("9000.00", "travel", project=project)
    for n in range(6):
        aid.given(aid.home(f"户{n}", 1, DAY), gift, "430.16", DAY)
    served(cast, project, Taking(mode=COUNTED, count=9))
    pack = packed(cast, project)
    told = {row[0]: row[1] for row in rows(pack, "06")}
    assert (told["户数"], told["户里的人数"], told["救助次数"], told["资金"]) == (6, 12, 6, 2580.96)
    assert "户0" not in everything(pack)
