"""Who may look at what is recorded, for how long, and whom nobody tells."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories.cast import Cast
from tests.factories.facts import answers_open
from tests.factories.own_side import agrees, guarded, member, moment, notice, token_for
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.actions import (
    answer_consent,
    correct_person,
    end_guardianship,
    end_link,
    end_withholding,
    facts_of,
    leave,
    make_link,
    open_link,
)
from xiezuo.people.consents import standing
from xiezuo.people.members import lookers_of, member_of, why_not_look
from xiezuo.people.models import Consent, MemberLink, Person
from xiezuo.people.own.facts import own_facts
from xiezuo.people.own.record import own_answers, own_reads, withheld
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, Withhold

TODAY = date(2026, 3, 2)
NOW = moment(TODAY)
PORTRAIT, SERVICE = ConsentPurpose.PORTRAIT, ConsentPurpose.SERVICE
GIVEN, WITHDRAWN = ConsentState.GIVEN, ConsentState.WITHDRAWN


@pytest.fixture
def mother(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", born_on=date(1988, 5, 4), phone="15412342764")


@pytest.fixture
def girl(cast: Cast, mother: Person) -> Person:
    """Nine years old; her mother answers for her."""
    child = cast.person("小雨", cast.east, born_on=date(2016, 6, 1), address="槐柏树街 3 号", school="第三小学")
    guarded(cast, child, mother)
    return child


@pytest.fixture
def boy(cast: Cast, mother: Person) -> Person:
    """Fifteen; his mother answers for him, and he looks alone."""
    young = cast.person("小宇", cast.east, born_on=date(2010, 6, 1))
    guarded(cast, young, mother)
    return young


@pytest.fixture
def father(cast: Cast, girl: Person) -> Person:
    man = cast.person("李强", cast.east, full_name="李志强")
    guarded(cast, girl, man)
    return man


@pytest.mark.parametrize(
    ("who", "about", "may"),
    [
        ("mother", "mother", True),
        ("mother", "girl", True),
        ("girl", "girl", False),
        ("boy", "boy", True),
        ("mother", "boy", False),
        ("boy", "girl", False),
        ("girl", "mother", False),
    ],
)
def test_who_looks_at_whom(mother: Person, girl: Person, boy: Person, who: str, about: str, may: bool) -> None:
    people = {"mother": mother, "girl": girl, "boy": boy}
    assert (why_not_look(people[who], people[about], NOW) is None) == may


def test_a_link_is_made_for_those_who_may_look_and_for_nobody_else(cast: Cast, mother: Person, girl: Person) -> None:
    assert lookers_of(cast.xiaomei, girl, NOW) == [mother]
    assert lookers_of(cast.xiaomei, mother, NOW) == [mother]
    with pytest.raises(RuleBroken) as refusal:
        token_for(cast, girl, girl, NOW)
    assert refusal.value.code == "people.may_not_look"


def test_whoever_does_not_work_with_someone_makes_no_link(cast: Cast, mother: Person) -> None:
    for actor in (cast.haiyan, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            make_link(by=actor, subject=mother, looker=mother, verified_by="认识", at=NOW)


def test_a_link_says_how_they_were_known(cast: Cast, mother: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        make_link(by=cast.xiaomei, subject=mother, looker=mother, verified_by=" ", at=NOW)
    assert refusal.value.code == "people.link_not_verified"


def test_what_stands_in_the_address_is_kept_nowhere(cast: Cast, mother: Person) -> None:
    token = token_for(cast, mother, mother, NOW)
    assert token not in str(MemberLink.objects.values().get())


def test_a_link_opens_once(cast: Cast, mother: Person) -> None:
    token = token_for(cast, mother, mother, NOW)
    assert open_link(token=token, at=NOW) is not None
    assert open_link(token=token, at=NOW) is None


def test_a_link_waits_for_three_days(cast: Cast, mother: Person) -> None:
    token = token_for(cast, mother, mother, NOW)
    assert open_link(token=token, at=NOW + timedelta(hours=72)) is None
    assert open_link(token=token, at=NOW + timedelta(hours=71, minutes=59)) is not None


def test_whoever_opened_it_looks_for_half_an_hour(cast: Cast, mother: Person) -> None:
    link = open_link(token=token_for(cast, mother, mother, NOW), at=NOW)
    assert link is not None
    assert member_of(link.pk, NOW + timedelta(minutes=29)) is not None
    assert member_of(link.pk, NOW + timedelta(minutes=30)) is None


def test_a_link_that_was_taken_back_opens_nothing_and_closes_what_it_opened(cast: Cast, mother: Person) -> None:
    token = token_for(cast, mother, mother, NOW)
    end_link(by=cast.xiaomei, link=MemberLink.objects.get(), at=NOW)
    assert open_link(token=token, at=NOW) is None
    looking = member(cast, mother, mother, NOW)
    end_link(by=cast.xiaomei, link=looking.link, at=NOW)
    assert member_of(looking.link.pk, NOW) is None


def test_whoever_has_finished_sees_nothing_any_more(cast: Cast, mother: Person) -> None:
    looking = member(cast, mother, mother, NOW)
    leave(member=looking, at=NOW)
    assert member_of(looking.link.pk, NOW) is None


def test_a_second_link_ends_the_first_that_still_waits(cast: Cast, mother: Person) -> None:
    first, second = token_for(cast, mother, mother, NOW), token_for(cast, mother, mother, NOW)
    assert open_link(token=first, at=NOW) is None
    assert open_link(token=second, at=NOW) is not None


def test_a_guardianship_that_ends_closes_the_page_at_the_next_request(cast: Cast, mother: Person, girl: Person) -> None:
    looking = member(cast, girl, mother, NOW)
    end_guardianship(by=cast.xiaomei, guardianship=girl.guardianships.get(), on=TODAY - timedelta(days=1))
    assert member_of(looking.link.pk, NOW) is None


def test_a_mother_takes_back_her_consent_to_pictures_and_the_gallery_is_closed_at_the_next_question(
    cast: Cast, mother: Person
) -> None:
    notice(cast, PORTRAIT)
    agrees(cast.xiaomei, mother, PORTRAIT, TODAY)
    looking = member(cast, mother, mother, NOW)
    assert standing(mother, PORTRAIT, TODAY).is_open
    answer_consent(member=looking, purpose=PORTRAIT, state=WITHDRAWN, at=NOW)
    assert standing(mother, PORTRAIT, TODAY).code == "withdrawn"
    answer_consent(member=looking, purpose=PORTRAIT, state=GIVEN, at=NOW + timedelta(minutes=1))
    assert standing(mother, PORTRAIT, TODAY).is_open
    with answers_open():
        rows = [(row.state, row.recorded_by_id, row.way) for row in mother.consents.all()]
    assert rows == [
        ("given", None, "digital"),
        ("withdrawn", None, "digital"),
        ("given", cast.xiaomei.id, "verbal"),
    ]


def test_nobody_says_yes_to_what_nobody_asked(cast: Cast, mother: Person) -> None:
    notice(cast, PORTRAIT)
    with pytest.raises(RuleBroken) as refusal:
        answer_consent(member=member(cast, mother, mother, NOW), purpose=PORTRAIT, state=GIVEN, at=NOW)
    assert refusal.value.code == "people.nobody_asked"


def test_a_guardian_answers_for_a_child_of_nine_and_the_childs_word_is_asked(
    cast: Cast, mother: Person, girl: Person
) -> None:
    notice(cast, PORTRAIT)
    agrees(cast.xiaomei, girl, PORTRAIT, TODAY, by=mother, assent=Assent.YES)
    looking = member(cast, girl, mother, NOW)
    answer_consent(member=looking, purpose=PORTRAIT, state=WITHDRAWN, at=NOW)
    assert standing(girl, PORTRAIT, TODAY).code == "withdrawn"
    with pytest.raises(RuleBroken) as refusal:
        answer_consent(member=looking, purpose=PORTRAIT, state=GIVEN, at=NOW)
    assert refusal.value.code == "people.child_not_asked"
    answer_consent(member=looking, purpose=PORTRAIT, state=GIVEN, at=NOW, assent=Assent.NO)
    assert standing(girl, PORTRAIT, TODAY).code == "child_says_no"


def test_a_boy_of_fifteen_takes_back_alone(cast: Cast, boy: Person) -> None:
    notice(cast, SERVICE)
    agrees(cast.xiaomei, boy, SERVICE, TODAY)
    answer_consent(member=member(cast, boy, boy, NOW), purpose=SERVICE, state=WITHDRAWN, at=NOW)
    assert standing(boy, SERVICE, TODAY).code == "withdrawn"
    with answers_open():
        assert Consent.objects.first().given_by == boy  # type: ignore[union-attr]


def silence(cast: Cast, girl: Person, mother: Person, who: str) -> Consent:
    why = Withhold.FEAR_OF_HARM
    return agrees(cast.xiaomei, girl, SERVICE, TODAY, by=mother, withhold_from=who, withhold_why=why)


def test_whoever_may_not_be_told_gets_no_link(cast: Cast, mother: Person, girl: Person, father: Person) -> None:
    silence(cast, girl, mother, "孩子的父亲李志强")
    for cleared in (False, True):
        with pytest.raises(RuleBroken) as refusal:
            token_for(cast, girl, father, NOW, cleared=cleared)
        assert refusal.value.code == "people.looker_may_not_be_told"
    assert token_for(cast, girl, mother, NOW)


def test_where_nobody_is_named_the_worker_says_that_the_guardian_is_not_meant(
    cast: Cast, mother: Person, girl: Person, father: Person
) -> None:
    silence(cast, girl, mother, "男方家里的人")
    with pytest.raises(RuleBroken) as refusal:
        token_for(cast, girl, father, NOW)
    assert refusal.value.code == "people.withholding_to_check"
    cleared = member(cast, girl, father, NOW, cleared=True)
    assert not cleared.reduced


def test_a_silence_asked_for_later_hides_at_once_what_would_put_someone_in_danger(
    cast: Cast, mother: Person, girl: Person, father: Person
) -> None:
    looking = member(cast, girl, father, NOW)
    assert {"address", "school"} < {fact.name for fact in own_facts(looking)}
    silence(cast, girl, mother, "男方家里的人")
    again = member_of(looking.link.pk, NOW)
    assert again is not None
    assert {fact.part for fact in own_facts(again)} == {"who"}
    assert own_reads(again) == [] and own_answers(again) == []
    assert "asked" in withheld(again)


def test_the_one_who_asked_for_silence_reads_everything(cast: Cast, mother: Person, girl: Person) -> None:
    silence(cast, girl, mother, "孩子的父亲")
    looking = member(cast, girl, mother, NOW)
    assert "address" in {fact.name for fact in own_facts(looking)}
    assert "asked" not in withheld(looking)


def test_a_later_answer_does_not_end_a_silence_and_a_supervisor_does(
    cast: Cast, mother: Person, girl: Person, father: Person
) -> None:
    row = silence(cast, girl, mother, "李志强")
    agrees(cast.xiaomei, girl, SERVICE, TODAY, by=mother)
    with pytest.raises(RuleBroken):
        token_for(cast, girl, father, NOW)
    with pytest.raises(NotAllowed):
        end_withholding(by=cast.xiaomei, consent=row, on=TODAY)
    end_withholding(by=cast.chenli, consent=row, on=TODAY)
    assert token_for(cast, girl, father, NOW)


def test_every_fact_says_where_it_comes_from(cast: Cast, mother: Person) -> None:
    correct_person(by=cast.chenli, person=mother, facts=replace(facts_of(mother), phone="13900001111"), on=TODAY)
    mother.refresh_from_db()
    sources = {fact.name: fact.source.who for fact in own_facts(member(cast, mother, mother, NOW))}
    assert sources["phone"] == "陈立"
    assert sources["full_name"] == "周晓梅"
