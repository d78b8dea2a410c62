"""Erasing a person: what stays is that someone was counted, and nothing by which anyone is recognised."""

import uuid
from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from tests.factories.cast import DAY, Cast
from tests.factories.facts import answers_open
from tests.people.merged import merge
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import verify_chain
from xiezuo.common.models import Event
from xiezuo.forms.actions import keep_draft
from xiezuo.forms.models import Draft
from xiezuo.people.access import people_for, person_for
from xiezuo.people.actions import (
    Given,
    correct_person,
    erase_person,
    facts_of,
    found_household,
    name_collector,
    note_consent,
    note_guardianship,
    note_read,
    relate,
    unmerge_people,
    write_growth_note,
)
from xiezuo.people.ending import texts_to_read
from xiezuo.people.models import (
    Collector,
    Consent,
    EarlierFact,
    Findable,
    GrowthNote,
    Household,
    HouseholdMember,
    Merge,
    MergedRow,
    Person,
    ReadLog,
    Relationship,
)
from xiezuo.people.search import found
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, GuardianBasis, Relation
from xiezuo.service.actions import ServiceFacts, Taking, correct_service, link_nickname, record_service
from xiezuo.service.evidence import add_evidence
from xiezuo.service.models import Evidence, NicknameLink, Participation, ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

ON = date(2036, 4, 1)
SCRAPS = ["王素芬", "素芬", "王姐", "wangsufen", "wsf", "sufen", "15412342764", "2764", "110105194912310021", "东风巷"]


def erase(person: Person) -> None:
    erase_person(by_id=None, person=person.pk, on=ON)


def paper() -> bytes:
    out = BytesIO()
    Image.new("RGB", (3, 3), "white").save(out, "PNG")
    return out.getvalue()


def visited(cast: Cast, *people: Person, method: Method = Method.VISIT, **more: object) -> ServiceRecord:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk) for person in people]
    facts = ServiceFacts(method=method, service_date=DAY, site=cast.east, taking=taking, **more)  # type: ignore[arg-type]
    return record_service(by=cast.chenli, facts=facts, on=DAY)


def test_what_stays_of_the_row_is_a_number_and_what_figures_need(cast: Cast, wang: Person) -> None:
    Person.objects.filter(pk=wang.pk).update(sex="2", born_on=date(1990, 5, 6), born_precision="day")
    visited(cast, wang)
    erase(wang)
    told = Person.objects.filter(pk=wang.pk).values()[0]
    said = {name: value for name, value in told.items() if value not in ("", None, False, [], {})}
    assert said == {
        "id": wang.pk,
        "key": wang.key,
        "nickname": "—",
        "sex": "2",
        # 35 on that day: the earliest birth with which someone is from 35 to 59.
        "born_on": date(1966, 3, 3),
        "born_precision": "day",
        "came_from": "recorded",
        "recorded_by_id": cast.xiaomei.id,
        "recorded_at": timezone.make_aware(datetime(wang.recorded_at.year, wang.recorded_at.month, 1)),
        "erased_on": ON,
    }
    assert str(Person.objects.get(pk=wang.pk)) == "已清除的人"


def test_of_someone_who_never_took_part_nothing_stays(cast: Cast, wang: Person) -> None:
    Person.objects.filter(pk=wang.pk).update(sex="2", born_on=date(1990, 5, 6), born_precision="day")
    erase(wang)
    row = Person.objects.get(pk=wang.pk)
    assert (row.sex, row.born_on, row.born_precision) == ("0", None, "")


def test_nobody_finds_or_opens_her_any_more(cast: Cast, wang: Person) -> None:
    facts = facts_of(wang)
    facts.id_number, facts.address = "110105194912310021", "东风巷 7 号"
    # The number has a wrong check character on purpose; the house keeps what stands on the paper.
    facts.id_type = "passport"
    correct_person(by=cast.chenli, person=wang, facts=facts, on=DAY)
    assert [bool(found(cast.chenli, people_for(cast.chenli), scrap)) for scrap in SCRAPS] == [True] * len(SCRAPS)
    erase(wang)
    assert [found(cast.chenli, people_for(cast.chenli), scrap) for scrap in [*SCRAPS, wang.number]] == [[]] * 11
    assert not Findable.objects.filter(person=wang.pk).exists()
    with pytest.raises(NotAllowed):
        person_for(cast.chenli, wang.pk)


def test_her_family_is_no_longer_found_by_her_name(cast: Cast, wang: Person) -> None:
    child = cast.person("小宇", cast.east)
    relate(by=cast.chenli, person=wang, other=child, relation=Relation.PARENT)
    assert [hit.person for hit in found(cast.chenli, people_for(cast.chenli), "王素芬")] == [wang, child]
    erase(wang)
    assert found(cast.chenli, people_for(cast.chenli), "王素芬") == []
    assert [hit.person for hit in found(cast.chenli, people_for(cast.chenli), "小宇")] == [child]


def test_rows_that_are_about_her_alone_go(cast: Cast, wang: Person) -> None:
    child = cast.person("小宇", cast.east)
    relate(by=cast.chenli, person=wang, other=child, relation=Relation.PARENT)
    note_guardianship(by=cast.chenli, ward=child, guardian=wang, basis=GuardianBasis.STATUTORY, on=DAY)
    name_collector(by=cast.chenli, child=child, name="王素芬", phone="15412342764", relation=Relation.PARENT, on=DAY)
    write_growth_note(by=cast.chenli, person=wang, on=DAY, what="王姐第一次主持读书会", own_words="我紧张")
    facts = facts_of(wang)
    facts.phone = "13900001111"
    correct_person(by=cast.chenli, person=wang, facts=facts, on=DAY, changed_on=DAY)
    note_read(by=cast.chenli, person=wang, what="person")
    erase(wang)
    tables = [Relationship, Collector, GrowthNote, EarlierFact]
    assert [table.objects.count() for table in tables] == [0, 0, 0, 0]
    assert child.guardianships.count() == 0
    # Who read is a log with a period of its own, and names nobody.
    assert ReadLog.objects.filter(person=wang.pk).count() == 1


def test_the_signed_paper_goes_from_the_disk(
    cast: Cast, wang: Person, django_capture_on_commit_callbacks: object
) -> None:
    consent = note_consent(
        by=cast.chenli,
        person=wang,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.GIVEN,
        way=ConsentWay.SIGNED,
        at=timezone.now(),
        given=Given(paper=paper(), witness="李强"),
    )
    storage, name = consent.evidence.storage, str(consent.evidence.name)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase(wang)
    with answers_open():
        assert (Consent.objects.count(), storage.exists(name)) == (0, False)


def test_what_a_guardian_answered_for_a_child_stays_the_childs(cast: Cast, wang: Person) -> None:
    child = cast.person("小宇", cast.east, born_on=date(2020, 1, 1), born_precision="day")
    note_guardianship(by=cast.chenli, ward=child, guardian=wang, basis=GuardianBasis.STATUTORY, on=DAY)
    note_consent(
        by=cast.chenli,
        person=child,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.GIVEN,
        way=ConsentWay.VERBAL,
        at=timezone.make_aware(datetime(2026, 3, 3, 12)),
        given=Given(by=wang),
    )
    erase(wang)
    with answers_open():
        assert [(row.person_id, row.given_by_id) for row in Consent.objects.all()] == [(child.pk, wang.pk)]


def test_a_home_passes_to_whoever_still_lives_there(cast: Cast, wang: Person) -> None:
    husband, child = cast.person("老赵", cast.east), cast.person("小宇", cast.east)
    home = found_household(
        by=cast.chenli,
        head=wang,
        members=[(child, Relation.CHILD), (husband, Relation.SPOUSE)],
        on=DAY,
        address="东风巷 7 号",
    )
    erase(wang)
    home = Household.objects.get(pk=home.pk)
    assert (home.head_id, home.address) == (husband.pk, "东风巷 7 号")
    members = {row.person_id: row.relation for row in HouseholdMember.objects.all()}
    assert members == {husband.pk: Relation.SELF, child.pk: Relation.CHILD}


def test_a_home_in_which_nobody_is_left_is_emptied(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.chenli, head=wang, members=[], on=DAY, address="东风巷 7 号")
    Household.objects.filter(pk=home.pk).update(income_month=2400, unmet_needs="药费", benefits="低保")
    erase(wang)
    home = Household.objects.get(pk=home.pk)
    assert (home.address, home.income_month, home.unmet_needs, home.benefits) == ("", None, "", "")


def test_what_was_written_of_her_alone_is_emptied(
    cast: Cast, wang: Person, django_capture_on_commit_callbacks: object
) -> None:
    more = {"title": "王姐家访", "note": "王姐说药费贵", "own_words": "睡不好", "place_text": "东风巷 7 号"}
    record = visited(cast, wang, minutes=45, next_step="陪诊", next_on=DAY, **more)
    kept = add_evidence(by=cast.chenli, record=record, content=paper(), name="王姐.png", caption="")
    storage, name = kept.file.storage, str(kept.file.name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase(wang)
    record = ServiceRecord.objects.get(pk=record.pk)
    texts = record.title, record.note, record.own_words, record.place_text, record.next_step, record.next_on
    assert texts == ("", "", "", "", "", None)
    assert (record.service_date, record.minutes, record.site, record.method) == (DAY, 45, cast.east, Method.VISIT)
    assert (Evidence.objects.count(), storage.exists(name)) == (0, False)


def test_a_note_about_several_stays_and_is_given_to_a_human_to_read(cast: Cast, wang: Person) -> None:
    hong = cast.person("小红", cast.east)
    both = visited(cast, wang, hong, note="王姐和小红谈了房租")
    alone = visited(cast, wang, note="王姐的事")
    visited(cast, wang, hong)  # nothing is written there
    assert texts_to_read([wang.pk, hong.pk]) == {wang.pk: [both.serial_no], hong.pk: [both.serial_no]}
    erase(wang)
    assert (ServiceRecord.objects.get(pk=both.pk).note, ServiceRecord.objects.get(pk=alone.pk).note) == (
        "王姐和小红谈了房租",
        "",
    )
    # The last of those named there goes: now it tells of nobody who is still known.
    assert texts_to_read([hong.pk]) == {}
    erase(hong)
    assert ServiceRecord.objects.get(pk=both.pk).note == ""


def test_a_note_about_her_and_people_without_a_name_is_not_hers_alone(cast: Cast, wang: Person) -> None:
    taking = [
        Taking(mode=ParticipationMode.NAMED, person=wang.pk),
        Taking(mode=ParticipationMode.COUNTED, count=12),
    ]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=DAY, site=cast.east, taking=taking, note="读书会")
    record = record_service(by=cast.chenli, facts=facts, on=DAY)
    erase(wang)
    assert ServiceRecord.objects.get(pk=record.pk).note == "读书会"


def test_the_nickname_she_was_met_under_goes(cast: Cast, wang: Person) -> None:
    facts = ServiceFacts(
        method=Method.OUTREACH,
        service_date=DAY,
        site=cast.east,
        taking=[Taking(mode=ParticipationMode.LISTED, label="卖菜的王姐")],
    )
    record_service(by=cast.chenli, facts=facts, on=DAY)
    entry = Participation.objects.get(label="卖菜的王姐")
    link_nickname(by=cast.chenli, entry=entry, person=wang, agreed=True, on=DAY)
    erase(wang)
    assert (NicknameLink.objects.count(), list(Participation.objects.values_list("label", "person"))) == (
        0,
        [("", wang.pk)],
    )


def test_rows_merged_into_hers_are_erased_with_it_and_the_merge_cannot_be_taken_back(
    cast: Cast, wang: Person, fen: Person
) -> None:
    done = merge(cast, wang, fen)
    erase(wang)
    rows = list(Person.objects.order_by("pk").values_list("nickname", "full_name", "phone", "school", "erased_on"))
    assert rows == [("—", "", "", "", ON), ("—", "", "", "", ON)]
    assert set(MergedRow.objects.values_list("before", flat=True)) == {""}
    with pytest.raises(NotAllowed):
        unmerge_people(by=cast.chenli, merge=Merge.objects.get(pk=done.pk), along=[])


def test_a_draft_that_names_her_goes_and_others_stay(cast: Cast, wang: Person) -> None:
    hers, other = uuid.uuid4(), uuid.uuid4()
    keep_draft(by=cast.xiaomei, form="service", key=hers, title="家访", answers={"note": ["王素芬说药费贵"]})
    keep_draft(by=cast.xiaomei, form="service", key=other, title="读书会", answers={"note": ["来了十二人"]})
    erase(wang)
    assert [draft.key for draft in Draft.objects.all()] == [other]


def test_a_draft_of_her_own_path_goes_also_where_her_name_is_one_sign(cast: Cast) -> None:
    hong = cast.person("红", cast.east)
    keep_draft(by=cast.xiaomei, form="journey", key=uuid.uuid4(), title="红", answers={"own_words": ["我想试试"]})
    erase(hong)
    assert Draft.objects.count() == 0


def test_the_event_holds_numbers_only_and_the_chain_is_whole(cast: Cast, wang: Person, fen: Person) -> None:
    merge(cast, wang, fen)
    visited(cast, wang, note="王姐的事")
    erase(wang)
    event = Event.objects.get(code="people.person.erased")
    assert (event.subject_id, event.facts) == (
        wang.pk,
        {"merged": [fen.pk], "rows": event.facts["rows"], "destruction": None},
    )
    assert list(verify_chain()) == []


def test_someone_with_an_open_account_is_not_erased(cast: Cast, wang: Person) -> None:
    Person.objects.filter(pk=wang.pk).update(user=cast.haiyan.user)
    with pytest.raises(RuleBroken) as refusal:
        erase(wang)
    assert refusal.value.code == "people.erased_with_a_login"
    assert Person.objects.get(pk=wang.pk).full_name == "王素芬"


def test_she_keeps_her_place_on_a_record_that_is_corrected_later(cast: Cast, wang: Person) -> None:
    hong = cast.person("小红", cast.east)
    record = visited(cast, wang, hong, minutes=30)
    erase(wang)
    taking = [Taking(mode=ParticipationMode.NAMED, person=pk) for pk in (wang.pk, hong.pk)]
    facts = ServiceFacts(method=Method.VISIT, service_date=DAY, site=cast.east, taking=taking, minutes=60)
    correct_service(by=cast.chenli, record=record, facts=facts, on=DAY)
    assert sorted(record.participations.values_list("person", flat=True)) == [wang.pk, hong.pk]
    facts.taking = taking[1:]
    correct_service(by=cast.chenli, record=record, facts=facts, on=DAY)
    assert sorted(record.participations.values_list("person", flat=True)) == [wang.pk, hong.pk]
