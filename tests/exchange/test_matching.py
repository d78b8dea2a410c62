"""People of a sheet are looked up before they are written down: linked if certain, else asked, never merged."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.rows import brought, imported, reading_of, record
from tests.factories.cast import Cast
from tests.factories.facts import facts_of, known
from tests.factories.growth import begins
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.exchange.access import matches_for
from xiezuo.exchange.actions.answering import answer_group, answer_match
from xiezuo.exchange.actions.applying import apply_batch, begin_apply, one_step
from xiezuo.exchange.actions.receiving import keep_reading
from xiezuo.exchange.actions.undoing import undo_import, what_undoing_means
from xiezuo.exchange.models import ImportBatch, ImportedRow, PossibleMatch
from xiezuo.exchange.sheets import Record
from xiezuo.exchange.vocab import MatchAnswer
from xiezuo.people.actions import PersonFacts, correct_person
from xiezuo.people.models import Assignment, Findable, Household, HouseholdMember, Person, PossibleDuplicate, RolePeriod
from xiezuo.people.vocab import Role

SAME, DIFFERENT, LATER = MatchAnswer.SAME, MatchAnswer.DIFFERENT, MatchAnswer.LATER
NUMBER = "11010519491231002X"
PHONE = "15412340001"


def volunteer(row: int, name: str, **values: object) -> Record:
    return record("volunteer", row, name=name, **values)


def apply(cast: Cast, batch: ImportBatch) -> ImportBatch:
    begin_apply(by=cast.xiaomei, batch=batch, site=cast.east, centres={})
    return apply_batch(batch.pk)


def names() -> list[str]:
    return sorted(Person.objects.values_list("nickname", flat=True))


def test_someone_with_the_same_number_and_name_is_linked_and_what_the_sheet_adds_is_added(cast: Cast) -> None:
    here = cast.person(
        "王桂花", cast.east, full_name="王桂花", id_number=NUMBER, id_type="resident_id", phone="15412340009"
    )
    sheet = [volunteer(3, "王桂花", id_number=NUMBER, phone=PHONE, birth_date="1949-12-31", registered_on="2019-05-04")]
    batch = imported(cast.xiaomei, sheet, site=cast.east)
    here.refresh_from_db()
    assert (batch.summary["people"], batch.summary["linked"], names()) == (0, 1, ["王桂花"])
    assert (here.born_on, here.phone) == (date(1949, 12, 31), "15412340009")
    row = ImportedRow.objects.get()
    assert (row.person, row.person_created) == (here, False)
    assert (row.added["fields"], row.added["differs"]) == (["born_on"], ["phone"])
    assert [(p.role, p.from_on) for p in here.role_periods.all()] == [(Role.VOLUNTEER, date(2019, 5, 4))]


def test_the_same_number_under_another_name_is_only_proposed(cast: Cast) -> None:
    cast.person("王桂花", cast.east, full_name="王桂花", id_number=NUMBER, id_type="resident_id")
    batch = imported(cast.xiaomei, [volunteer(3, "王桂芬", id_number=NUMBER)], site=cast.east)
    assert (batch.summary["people"], batch.summary["linked"], names()) == (1, 0, ["王桂芬", "王桂花"])
    assert [(match.certain, match.answer) for match in PossibleMatch.objects.all()] == [(False, "")]


def test_whoever_is_not_answered_for_is_taken_in_as_new_and_stays_on_the_list(cast: Cast) -> None:
    here = cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = imported(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE)], site=cast.east)
    match = matches_for(cast.xiaomei, batch).get()
    assert (match.person, match.reason, match.answer) == (here, "name_same,phone_same", "")
    assert match.row.person != here
    assert names() == ["付小雨", "付小雨"]


def test_a_row_answered_for_is_linked_and_undoing_takes_back_exactly_what_it_added(cast: Cast) -> None:
    here = cast.person("付小雨", cast.west, full_name="付小雨", phone=PHONE, tags=["流动"])
    Assignment.objects.create(person=here, user=cast.xiaomei.user, why="served", from_on="2020-01-01")
    before = (facts_of(here), Findable.objects.get(person=here).beside, Assignment.objects.count())
    sheet = [volunteer(3, "付小雨", phone=PHONE, sex="女", birth_year=2015, tags=["流动", "留守"], work="东坝小学")]
    batch = brought(cast.xiaomei, sheet)
    answer_match(by=cast.xiaomei, match=PossibleMatch.objects.get(), answer=SAME)
    batch = apply(cast, batch)
    here.refresh_from_db()
    assert (batch.summary["people"], batch.summary["linked"]) == (0, 1)
    assert (here.sex, str(here.born_on), here.born_precision, known(here).tags) == (
        "2",
        "2015-01-01",
        "year",
        ["流动", "留守"],
    )
    assert sorted(Assignment.objects.filter(person=here).values_list("site__name", flat=True), key=str) == [
        None,
        None,
        "东区童缘",
        "西区童缘",
    ]
    undo_import(by=cast.xiaomei, batch=batch)
    here = Person.objects.get(pk=here.pk)
    assert (facts_of(here), Findable.objects.get(person=here).beside, Assignment.objects.count()) == before
    assert RolePeriod.objects.count() == 0


def test_what_someone_corrected_since_is_not_taken_back(cast: Cast) -> None:
    here = cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = brought(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE, sex="女", work="东坝小学")])
    answer_match(by=cast.xiaomei, match=PossibleMatch.objects.get(), answer=SAME)
    batch = apply(cast, batch)
    here.refresh_from_db()
    facts = facts_of(here)
    facts.occupation = "学生"
    correct_person(by=cast.xiaomei, person=here, facts=facts, on=date(2026, 4, 1))
    undo_import(by=cast.xiaomei, batch=batch)
    here.refresh_from_db()
    assert (here.occupation, here.sex) == ("学生", "0")


def test_a_certain_match_can_be_denied(cast: Cast) -> None:
    cast.person("王桂花", cast.east, full_name="王桂花", id_number=NUMBER, id_type="resident_id")
    batch = brought(cast.xiaomei, [volunteer(3, "王桂花", id_number=NUMBER)])
    match = PossibleMatch.objects.get()
    assert match.certain
    answer_match(by=cast.xiaomei, match=match, answer=DIFFERENT)
    assert apply(cast, batch).summary["people"] == 1


def test_a_whole_group_with_the_same_reasons_is_answered_at_once(cast: Cast) -> None:
    for n, name in enumerate(("付小雨", "王浩然", "赵敏")):
        cast.person(name, cast.east, full_name=name, phone=f"1541234000{n}")
    sheet = [volunteer(n, name, phone=f"1541234000{n}") for n, name in enumerate(("付小雨", "王浩然", "赵敏"))]
    sheet.append(volunteer(9, "钱红"))
    batch = brought(cast.xiaomei, sheet)
    assert answer_group(by=cast.xiaomei, batch=batch, reason="name_same,phone_same", answer=SAME) == 3
    assert answer_group(by=cast.xiaomei, batch=batch, reason="name_same,phone_same", answer=SAME) == 0
    batch = apply(cast, batch)
    assert (batch.summary["people"], batch.summary["linked"], Person.objects.count()) == (1, 3, 4)


def test_of_two_who_are_proposed_one_answer_says_it_of_both(cast: Cast) -> None:
    here = [cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE) for _twice in range(2)]
    batch = brought(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE)])
    assert answer_group(by=cast.xiaomei, batch=batch, reason="name_same,phone_same", answer=SAME) == 0
    answer_match(by=cast.xiaomei, match=PossibleMatch.objects.get(person=here[1]), answer=SAME)
    assert {m.person_id: m.answer for m in PossibleMatch.objects.all()} == {here[0].pk: DIFFERENT, here[1].pk: SAME}
    apply(cast, batch)
    assert ImportedRow.objects.get().person == here[1]


def test_two_rows_of_one_file_are_proposed_and_joined_only_if_someone_says_so(cast: Cast) -> None:
    sheet = [volunteer(3, "陈思远", phone=PHONE), volunteer(9, "陳思遠", phone=PHONE), volunteer(12, "陈思远")]
    batch = brought(cast.xiaomei, sheet)
    first, second, _third = ImportedRow.objects.order_by("row")
    match = PossibleMatch.objects.get(row=second, earlier=first)
    assert match.reason == "name_variant,phone_same"
    answer_match(by=cast.xiaomei, match=match, answer=SAME)
    batch = apply(cast, batch)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.person == second.person, batch.summary["people"], batch.summary["linked"]) == (True, 2, 1)
    assert undo_import(by=cast.xiaomei, batch=batch).summary["kept_people"] == 0
    assert Person.objects.count() == 0


def test_rows_with_one_number_in_one_file_are_one_person_in_any_step(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rows_a_step in (1, 500):
        monkeypatch.setattr("xiezuo.exchange.actions.applying.STEP_ROWS", rows_a_step)
        sheet = [volunteer(3, "王桂花", id_number=NUMBER), volunteer(9, "王桂花", id_number=NUMBER, phone=PHONE)]
        batch = imported(cast.xiaomei, sheet)
        assert (batch.summary["people"], batch.summary["linked"], Person.objects.get().phone) == (1, 1, PHONE)
        undo_import(by=cast.xiaomei, batch=batch)


def test_what_was_answered_stays_answered_when_the_file_is_read_again(cast: Cast) -> None:
    cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    sheet = [
        volunteer(3, "付小雨", phone=PHONE),
        volunteer(4, "赵敏", phone="15412340007"),
        volunteer(5, "赵敏", phone="15412340007"),
    ]
    batch = brought(cast.xiaomei, sheet)
    for match, answer in zip(PossibleMatch.objects.order_by("row"), (SAME, DIFFERENT), strict=True):
        answer_match(by=cast.xiaomei, match=match, answer=answer)
    keep_reading(batch, reading_of(sheet))
    assert [match.answer for match in PossibleMatch.objects.order_by("row")] == [SAME, DIFFERENT]
    assert apply(cast, batch).summary["people"] == 2


def test_someone_at_another_site_is_neither_proposed_nor_linked(cast: Cast) -> None:
    cast.person("王桂花", cast.west, full_name="王桂花", id_number=NUMBER, id_type="resident_id", phone=PHONE)
    batch = brought(cast.xiaomei, [volunteer(3, "王桂花", id_number=NUMBER, phone=PHONE)])
    assert PossibleMatch.objects.count() == 0
    assert (apply(cast, batch).summary["people"], Person.objects.count()) == (1, 2)


def test_what_a_colleague_brought_from_another_site_is_not_known_to_be_here(cast: Cast) -> None:
    imported(cast.haiyan, [volunteer(3, "赵敏", phone=PHONE)], site=cast.west)
    mine = imported(cast.xiaomei, [volunteer(3, "赵敏", phone=PHONE)], site=cast.east)
    assert (mine.summary["people"], mine.summary["already_here"]) == (1, 0)


def test_nobody_answers_for_people_they_do_not_work_with(cast: Cast) -> None:
    here = cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = brought(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE)])
    match = PossibleMatch.objects.get()
    with pytest.raises(NotAllowed):
        answer_match(by=cast.haiyan, match=match, answer=SAME)
    Assignment.objects.filter(person=here).delete()
    with pytest.raises(NotAllowed):
        answer_match(by=cast.xiaomei, match=match, answer=SAME)
    assert matches_for(cast.xiaomei, batch).count() == 0
    assert (apply(cast, batch).summary["people"], Person.objects.count()) == (1, 2)


def test_someone_who_came_into_the_house_since_the_file_was_read_is_proposed(cast: Cast) -> None:
    batch = brought(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE)])
    here = cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    apply(cast, batch)
    assert [(m.person, m.answer) for m in PossibleMatch.objects.all()] == [(here, "")]


def test_afterwards_two_can_be_told_apart_but_not_merged(cast: Cast) -> None:
    cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = apply(cast, brought(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE)]))
    match = matches_for(cast.xiaomei, batch).get()
    with pytest.raises(RuleBroken):
        answer_match(by=cast.xiaomei, match=match, answer=SAME)
    assert answer_match(by=cast.xiaomei, match=match, answer=DIFFERENT).answer == DIFFERENT


def test_while_it_is_taken_in_nothing_is_answered(cast: Cast) -> None:
    cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = brought(cast.xiaomei, [volunteer(3, "付小雨", phone=PHONE)])
    begin_apply(by=cast.xiaomei, batch=batch, site=None, centres={})
    with pytest.raises(RuleBroken):
        answer_match(by=cast.xiaomei, match=PossibleMatch.objects.get(), answer=LATER)


def test_the_same_family_registered_twice_is_proposed_not_merged(cast: Cast) -> None:
    def family(row: int, home: str) -> list[Record]:
        return [
            record("household", row, home=home, address="皮村12号"),
            record("person", row, home=home, as_="guardian", name="付国强", phone=PHONE, relation="父亲"),
            record("person", row, home=home, as_="child", name="付小雨", birth_date="2015-03-02"),
        ]

    batch = brought(cast.xiaomei, [*family(3, "a"), *family(9, "b")])
    found = {str(m.reason) for m in PossibleMatch.objects.all()}
    assert found == {
        "name_same,phone_same,address_same",
        "name_same,birth_day,guardian_same,guardian_phone,address_same",
    }
    batch = apply(cast, batch)
    assert (batch.summary["people"], batch.summary["households"]) == (4, 2)
    undo_import(by=cast.xiaomei, batch=batch)
    again = brought(cast.xiaomei, [*family(3, "a"), *family(9, "b")])
    for reason in found:
        answer_group(by=cast.xiaomei, batch=again, reason=reason, answer=SAME)
    again = apply(cast, again)
    assert (again.summary["people"], again.summary["linked"], again.summary["households"]) == (2, 2, 1)
    assert sorted(str(m.person) for m in HouseholdMember.objects.all()) == ["付国强", "付小雨"]
    undo_import(by=cast.xiaomei, batch=again)
    assert (Person.objects.count(), Household.objects.count()) == (0, 0)


def test_a_child_joins_the_household_of_a_parent_who_is_here(cast: Cast) -> None:
    first = [
        record("household", 3, home="a"),
        record("person", 3, home="a", as_="guardian", name="付国强", phone=PHONE, relation="父亲"),
        record("person", 3, home="a", as_="child", name="付小雨"),
    ]
    imported(cast.xiaomei, first, site=cast.east)
    baby = [
        record("household", 3, home="a", address="皮村"),
        record("person", 3, home="a", as_="guardian", name="付国强", phone=PHONE, relation="父亲", sex="男"),
        record("person", 3, home="a", as_="child", name="付小宝"),
    ]
    batch = brought(cast.xiaomei, baby)
    answer_group(by=cast.xiaomei, batch=batch, reason="name_same,phone_same", answer=SAME)
    batch = apply(cast, batch)
    home = Household.objects.get()
    assert sorted(str(m.person) for m in home.members.all()) == ["付国强", "付小宝", "付小雨"]
    undo_import(by=cast.xiaomei, batch=batch)
    assert sorted(str(m.person) for m in home.members.all()) == ["付国强", "付小雨"]
    assert Person.objects.get(full_name="付国强").relationships.count() == 1


def test_people_whom_a_later_import_knows_stay_when_the_first_is_undone(cast: Cast) -> None:
    first = imported(cast.xiaomei, [volunteer(3, "王桂花", id_number=NUMBER), volunteer(4, "钱红")], site=cast.east)
    imported(cast.xiaomei, [volunteer(7, "王桂花", id_number=NUMBER, phone=PHONE)], site=cast.east)
    assert len(what_undoing_means(first).kept_people) == 1
    assert undo_import(by=cast.xiaomei, batch=first).summary["kept_people"] == 1
    assert names() == ["王桂花"]


def test_a_volunteer_period_of_the_import_is_no_work_but_one_begun_since_is(cast: Cast) -> None:
    batch = imported(cast.xiaomei, [volunteer(3, "赵敏"), volunteer(4, "钱红")], site=cast.east)
    begins(cast.xiaomei, Person.objects.get(full_name="钱红"), Role.MEMBER, date(2026, 3, 3))
    assert undo_import(by=cast.xiaomei, batch=batch).summary["kept_people"] == 1
    assert names() == ["钱红"]


def test_a_step_asks_the_database_as_often_for_many_people_as_for_one(cast: Cast) -> None:
    counts = []
    for many in (1, 12):
        for n in range(many):
            name = f"{'付王赵钱孙李周吴郑冯陈卫'[n]}小雨"
            cast.person(name, cast.east, full_name=name, phone=f"154123{many:02}{n:03}")
        sheet = [
            volunteer(n, f"{'付王赵钱孙李周吴郑冯陈卫'[n]}小雨", phone=f"154123{many:02}{n:03}", sex="女")
            for n in range(many)
        ]
        batch = brought(cast.xiaomei, [*sheet, volunteer(99, f"新来的{many}")])
        answer_group(by=cast.xiaomei, batch=batch, reason="name_same,phone_same", answer=SAME)
        begin_apply(by=cast.xiaomei, batch=batch, site=cast.east, centres={})
        with CaptureQueriesContext(connection) as queries:
            assert one_step(batch.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_facts_of_people_written_by_hand_are_compared_by_their_sound(cast: Cast) -> None:
    here = cast.person("张晓明", cast.east, full_name="张晓明", phone=PHONE)
    facts = facts_of(here)
    facts.full_name = facts.nickname = "李晓明"
    correct_person(by=cast.xiaomei, person=here, facts=PersonFacts(**facts.__dict__), on=date(2026, 3, 3))
    here.refresh_from_db()
    assert here.sound == "lixiaoming"


def test_who_may_be_here_and_was_not_answered_for_waits_as_a_pair_of_records(cast: Cast) -> None:
    here = cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = brought(cast.xiaomei, [volunteer(2, "付小雨", phone=PHONE)])
    assert [match.person for match in PossibleMatch.objects.all()] == [here]
    apply(cast, batch)
    new = Person.objects.exclude(pk=here.pk).get()
    assert list(PossibleDuplicate.objects.values_list("one", "other", "state")) == [(here.pk, new.pk, "open")]
    undo_import(by=cast.xiaomei, batch=ImportBatch.objects.get())
    assert not PossibleDuplicate.objects.exists()


def test_whoever_was_said_to_be_another_does_not_wait(cast: Cast) -> None:
    cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE)
    batch = brought(cast.xiaomei, [volunteer(2, "付小雨", phone=PHONE)])
    answer_match(by=cast.xiaomei, match=PossibleMatch.objects.get(), answer=DIFFERENT)
    apply(cast, batch)
    assert not PossibleDuplicate.objects.exists()
