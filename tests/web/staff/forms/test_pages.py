"""The pages of forms: every form opens, small buttons work without scripts, and what is finished is kept once."""

import re
import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.filled import talk
from xiezuo.forms.definitions import form_definition, form_definitions
from xiezuo.forms.models import SubmissionFile
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import assign
from xiezuo.people.models import Person, ReadLog
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access import filled_for
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.models import FilledForm, ServiceRecord
from xiezuo.web.staff.forms.choosing import unfinished
from xiezuo.web.staff.forms.rendering import VISIBLE, preview
from xiezuo.web.staff.forms.sheet import fresh

pytestmark = pytest.mark.django_db
KEY = "7d2b0e4e-0000-4000-8000-000000000001"
NOTE = "/forms/fill/contact_note/"
TALK = {"service_date": "2026-03-02", "way": "office", "aim": "看学位", "said": "想上学"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def lian(cast: Cast) -> Person:
    """阿莲, on whose case 晓梅 works."""
    person = cast.person("阿莲", cast.east)
    assign(by=cast.chenli, person=person, why=AssignedFor.CASE_TEAM, user=cast.xiaomei.user, on=DAY)
    return person


def as_(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def page(response: Any) -> str:
    return str(response.content.decode())


def fill(client: Client, form: str, **data: Any) -> Any:
    return client.post(f"/forms/fill/{form}/?draft={KEY}", {name.replace("__", "."): v for name, v in data.items()})


def picture(colour: str = "green") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), colour).save(drawn, "PNG")
    return SimpleUploadedFile("家谱.png", drawn.getvalue(), "image/png")


def test_every_form_can_be_tried_out_and_shows_few_questions_at_first() -> None:
    for form in form_definitions():
        what = preview(form, fresh(form), DAY)
        assert f'id="part_{what["sections"][0].key}"' in render_to_string("staff/forms/parts/body.html", what)
        seen = [field for section in what["sections"] if not section.folds for field in section.fields]
        assert len(seen) <= VISIBLE + 2, form.key


def test_every_form_of_this_floor_opens_from_a_file(cast: Cast, lian: Person) -> None:
    client = as_(cast.xiaomei)
    elsewhere = {"signin", "risk_report"}
    told = [form.key for form in form_definitions() if form.floor == "service" and form.key not in elsewhere]
    answers = {key: client.get(f"/forms/fill/{key}/?person={lian.pk}&draft={uuid.uuid4()}").status_code for key in told}
    assert set(answers.values()) == {200}
    offered = page(client.get("/forms/"))
    assert all(f"/forms/fill/{key}/" in offered for key in told)
    assert 'href="/people/register/"' in offered and 'href="/service/risk/"' in offered
    assert client.get("/forms/fill/licence/").status_code == 404


def test_a_talk_begun_from_a_file_is_finished_and_stands_in_it(cast: Cast, lian: Person) -> None:
    client = as_(cast.xiaomei)
    begun = page(client.get(f"{NOTE}?person={lian.pk}&draft={KEY}"))
    assert f'name="about" value="{lian.pk}"' in begun
    assert f'name="who" value="named|{lian.pk}"' in begun
    sent = {**TALK, "about": str(lian.pk), "who": f"named|{lian.pk}", "site": str(cast.east.pk)}
    done = fill(client, "contact_note", **sent)
    form = FilledForm.objects.get()
    assert done["Location"] == f"/forms/{form.pk}/"
    assert fill(client, "contact_note", **sent)["Location"] == f"/forms/{form.pk}/"
    assert ServiceRecord.objects.get().participations.get().person == lian
    shown = page(client.get(f"/forms/{form.pk}/"))
    assert "想上学" in shown
    assert f"/forms/{form.pk}/" in page(client.get(f"/forms/people/{lian.pk}/"))
    assert f"/forms/{form.pk}/" in page(client.get(f"/service/{form.record_id}/"))
    assert list(ReadLog.objects.filter(person=lian).values_list("what", flat=True)) == ["forms", "form"]


def test_what_is_missing_is_said_above_and_at_the_question_and_nothing_is_lost(cast: Cast) -> None:
    client = as_(cast.xiaomei)
    answer = fill(client, "contact_note", said="想上学", service_date="2026-03-02", feelings="我很急")
    shown = page(answer)
    assert answer.status_code == 422
    assert '<a href="#id_aim">“目的”还空着，请填写。</a>' in shown
    assert 'id="id_aim_error"' in shown
    assert '<a href="#id_about">请选这张表关于谁，它会归入这个人的档案。</a>' in shown
    assert "我很急" in page(client.get(f"{NOTE}?draft={KEY}"))
    assert [one.draft.title for one in unfinished(cast.xiaomei)] == ["过程记录"]
    assert page(client.get("/forms/")).count(f"draft={KEY}") == 1
    assert client.post(f"/forms/drop/{KEY}/").status_code == 302
    assert unfinished(cast.xiaomei) == []


def test_rows_and_people_are_added_by_buttons_alone(cast: Cast, lian: Person) -> None:
    client = as_(cast.xiaomei)
    two = page(fill(client, "plan", do="add:goals", goals=["0"], goals__0__text="上学"))
    assert re.findall(r'name="goals" value="(\d)"', two) == ["0", "1"]
    assert ">上学</textarea>" in two
    one = page(fill(client, "plan", do="drop:goals:0", goals=["0", "1"], goals__1__text="学车"))
    assert re.findall(r'name="goals" value="(\d)"', one) == ["1"]
    found = page(fill(client, "incident", do="look:people", people__q="阿莲"))
    assert f'value="pick:people+:{lian.pk}"' in found
    chosen = page(fill(client, "incident", do=f"pick:people+:{lian.pk}", people="~路人", people__q="阿莲"))
    assert re.findall(r'name="people" value="([^"]+)"', chosen) == ["~路人", str(lian.pk)]
    named = page(fill(client, "incident", do="name:people+", people__q="穿红袄的"))
    assert 'name="people" value="~穿红袄的"' in named


def test_a_question_is_hidden_until_it_fits(cast: Cast) -> None:
    client = as_(cast.xiaomei)
    asked = r'data-when="source"[^>]*>'
    assert re.search(asked, page(fill(client, "intake", do="refresh", source="self")))[0].endswith("hidden>")  # type: ignore[index]
    assert "hidden" not in re.search(asked, page(fill(client, "intake", do="refresh", source="school")))[0]  # type: ignore[index]


def test_a_picture_comes_with_the_form_and_is_seen_by_those_who_see_the_form(cast: Cast, lian: Person) -> None:
    client = as_(cast.xiaomei)
    sent = client.post(f"/forms/files/{KEY}/", {"file": picture()}).json()
    with_one = page(fill(client, "intake", do="refresh", genogram=sent["key"], genogram__new=picture("red")))
    keys = re.findall(r'name="genogram" value="([^"]+)"', with_one)
    assert len(keys) == 2
    assert keys[0] == sent["key"]
    told = {"service_date": "2026-03-02", "source": "self", "problem": "学位", "needs": "入学", "own_words": "想上学"}
    told |= {"crisis": "no", "urgent": "no", "child_risk": "no", "about": str(lian.pk), "site": str(cast.east.pk)}
    fill(client, "intake", **told, genogram=keys[:1])
    form = FilledForm.objects.get()
    assert [str(held.pk) for held in SubmissionFile.objects.all()] == keys[:1]
    assert answers_of(cast.xiaomei, filled_for(cast.xiaomei, form.pk))[1]["genogram"] == keys[:1]
    url = f"/forms/file/{keys[0]}/"
    assert [as_(who).get(url).status_code for who in (cast.xiaomei, cast.chenli, cast.haiyan)] == [200, 200, 403]
    refused = client.post(f"/forms/files/{KEY}/", {"file": SimpleUploadedFile("x.exe", b"MZ")})
    assert refused.status_code == 422
    assert "不收" in refused.json()["words"]


def test_last_time_is_taken_over_for_the_same_person_and_never_for_another(cast: Cast, lian: Person) -> None:
    talk(cast.xiaomei, lian, cast.east, said="先看学位", felt="慢一点")
    other = cast.person("小红", cast.east)
    client = as_(cast.xiaomei)
    assert 'value="last:talk"' in page(client.get(f"{NOTE}?person={lian.pk}&draft={KEY}"))
    assert 'value="last:talk"' not in page(client.get(f"{NOTE}?person={other.pk}&draft={uuid.uuid4()}"))
    taken = page(fill(client, "contact_note", do="last:talk", about=str(lian.pk), aim="再谈"))
    assert ">先看学位</textarea>" in taken
    assert ">再谈</textarea>" in taken
    assert "先看学位" not in page(fill(client, "contact_note", do="last:talk", about=str(other.pk)))


def test_a_supervisor_corrects_without_seeing_what_is_the_authors_alone(cast: Cast, lian: Person) -> None:
    form = talk(cast.xiaomei, lian, cast.east, said="先看学位", felt="慢一点")
    supervisor = as_(cast.chenli)
    page_of = f"/forms/{form.pk}/correct/?draft={KEY}"
    opened = page(supervisor.get(page_of))
    assert ">先看学位</textarea>" in opened
    assert "慢一点" not in opened
    assert 'name="reflection"' not in opened
    sent = {**TALK, "said": "补充", "revision": "1", "site": str(cast.east.pk)}
    supervisor.post(f"/forms/keep/contact_note/{KEY}/?corrects={form.pk}", sent)
    assert [one.url for one in unfinished(cast.chenli)] == [f"/forms/{form.pk}/correct/?draft={KEY}"]
    assert supervisor.post(page_of, sent).status_code == 302
    late = as_(cast.xiaomei).post(f"/forms/{form.pk}/correct/?draft={uuid.uuid4()}", sent | {"said": "我的"})
    assert late.status_code == 422
    assert 'name="revision" value="2"' in page(late)
    assert "先看学位" in page(supervisor.get(f"/forms/{form.pk}/?revision=1"))
    assert "慢一点" in page(as_(cast.xiaomei).get(f"/forms/{form.pk}/"))


def test_a_supervisor_agrees_on_the_page_and_the_list_says_who_is_waited_for(cast: Cast, lian: Person) -> None:
    told = {"overall_aim": "入学", "goals": ["0"], "goals__0__text": "上学", "goals__0__measure": "入学"}
    told |= {"goals__0__due_on": "2026-09-01", "goals__0__owner": "妈妈", "strategy": "联系学校"}
    told |= {"review_on": "2026-06-01", "own_consent__verbal": "yes", "own_consent__witness": "邻居"}
    fill(as_(cast.xiaomei), "plan", **told, about=str(lian.pk), site=str(cast.east.pk))
    form = FilledForm.objects.get()
    assert "今天起等待督导签字。" in page(as_(cast.xiaomei).get(f"/forms/people/{lian.pk}/"))
    supervisor = as_(cast.chenli)
    assert "等您签署" in page(supervisor.get("/forms/"))
    supervisor.post(f"/forms/{form.pk}/decide/", {"decision": "approved"})
    assert "督导已同意。" in page(supervisor.get(f"/forms/{form.pk}/"))
    assert as_(cast.xiaomei).post(f"/forms/{form.pk}/decide/", {"decision": "approved"}).status_code == 403


def test_the_forms_of_a_person_ask_as_much_of_the_database_for_three_as_for_one(cast: Cast, lian: Person) -> None:
    client, asked = as_(cast.xiaomei), []
    for more in (1, 2):
        for _turn in range(more):
            talk(cast.xiaomei, lian, cast.east, said="想上学", felt="")
        client.get(f"/forms/people/{lian.pk}/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            shown = page(client.get(f"/forms/people/{lian.pk}/"))
        asked.append(len(found))
    assert shown.count("过程记录</a></h3>") == 3
    assert asked[0] == asked[1]


def test_whoever_runs_the_machine_fills_in_nothing(cast: Cast) -> None:
    for address in ("/forms/", NOTE, "/forms/find/?of=person&q=x"):
        assert as_(cast.zhiyuan).get(address).status_code == 403
    assert form_definition("contact_note").method == "case"
