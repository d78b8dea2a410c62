"""Who has to say yes to what, and what a no, a new text or a birthday changes (CON-1 to CON-4)."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.facts import answers_open
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.actions import (
    Given,
    end_guardianship,
    note_consent,
    note_guardianship,
    parts_of_notice,
    publish_notice,
)
from xiezuo.people.consents import guardian_decides, may_ask_again, must_agree, needed, standing, standings
from xiezuo.people.models import Consent, Person, PrivacyNotice
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, ConsentWay, GuardianBasis, Withhold

pytestmark = pytest.mark.django_db
SERVICE, RESEARCH, PORTRAIT = ConsentPurpose.SERVICE, ConsentPurpose.RESEARCH, ConsentPurpose.PORTRAIT
GIVEN, REFUSED, WITHDRAWN, ASKED = (
    ConsentState.GIVEN,
    ConsentState.REFUSED,
    ConsentState.WITHDRAWN,
    ConsentState.ASKED,
)
TODAY = date(2026, 3, 2)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", born_on=date(1988, 5, 4))


def child(cast: Cast, age: int) -> Person:
    """Someone who turned `age` two months ago."""
    return cast.person(f"孩子{age}", cast.east, born_on=date(TODAY.year - age, 1, 1))


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def answers(
    cast: Cast,
    person: Person,
    purpose: ConsentPurpose,
    state: ConsentState = GIVEN,
    on: date = TODAY,
    expires_on: date | None = None,
    **given: object,
) -> Consent:
    return note_consent(
        by=cast.xiaomei,
        person=person,
        purpose=purpose,
        state=state,
        way=ConsentWay.VERBAL,
        at=moment(on),
        expires_on=expires_on,
        given=Given(**given),  # type: ignore[arg-type]
    )


def guard(cast: Cast, ward: Person, guardian: Person) -> None:
    note_guardianship(by=cast.xiaomei, ward=ward, guardian=guardian, basis=GuardianBasis.STATUTORY)


def codes(person: Person, on: date = TODAY) -> dict[str, str]:
    """Purpose → "" where it is open, else what is missing."""
    return {found.purpose.value: found.code for found in standings([person], [SERVICE, RESEARCH], on)[person.pk]}


def test_a_yes_to_service_is_no_yes_to_research_and_the_survey_says_who_is_missing(cast: Cast, wang: Person) -> None:
    answers(cast, wang, SERVICE)
    assert codes(wang) == {"service": "", "research": "not_asked"}
    with pytest.raises(RuleBroken) as refusal:
        must_agree([wang], RESEARCH, TODAY)
    assert refusal.value.code == "people.consent_missing"
    must_agree([wang], SERVICE, TODAY)


@pytest.mark.parametrize(
    ("born", "day", "guardian"),
    [
        (date(2012, 3, 1), date(2026, 3, 1), True),  # the birthday itself
        (date(2012, 3, 1), date(2026, 3, 2), False),
        (date(2012, 3, 2), date(2026, 3, 1), True),
        (None, TODAY, False),
    ],
)
def test_on_the_fourteenth_birthday_the_guardian_still_decides(
    cast: Cast, born: date | None, day: date, guardian: bool
) -> None:
    assert guardian_decides(cast.person("小宇", cast.east, born_on=born), day) is guardian


@pytest.mark.parametrize(
    ("age", "purpose", "own", "guardian"),
    [
        (13, SERVICE, False, True),
        (15, SERVICE, True, False),
        (15, PORTRAIT, True, True),
        (15, RESEARCH, True, True),
        (18, PORTRAIT, True, False),
    ],
)
def test_whose_yes_is_needed_depends_on_age_and_purpose(
    cast: Cast, age: int, purpose: ConsentPurpose, own: bool, guardian: bool
) -> None:
    found = needed(child(cast, age), purpose, TODAY)
    assert (found.own, found.guardian) == (own, guardian)


def test_thirteen_alone_is_refused_and_fifteen_alone_is_fine_for_service(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refusal:
        answers(cast, child(cast, 13), SERVICE)
    assert (refusal.value.code, refusal.value.field) == ("people.guardian_decides", "given_by")
    fifteen = child(cast, 15)
    answers(cast, fifteen, SERVICE)
    assert standing(fifteen, SERVICE, TODAY).is_open


def test_the_guardian_says_yes_for_a_child_and_the_child_is_heard(cast: Cast, wang: Person) -> None:
    yu = child(cast, 9)
    assert codes(yu)["service"] == "guardian_not_asked"
    guard(cast, yu, wang)
    answers(cast, yu, SERVICE, by=wang, assent=Assent.YES)
    assert codes(yu)["service"] == ""
    answers(cast, yu, SERVICE, by=wang, assent=Assent.NO)
    assert codes(yu)["service"] == "child_says_no"


def test_an_aunt_who_is_no_guardian_cannot_agree(cast: Cast, wang: Person) -> None:
    yu = child(cast, 9)
    with pytest.raises(RuleBroken) as refusal:
        answers(cast, yu, SERVICE, by=wang)
    assert refusal.value.code == "people.not_a_guardian"
    with answers_open():
        assert Consent.objects.count() == 0


def test_one_guardians_no_outweighs_the_others_yes(cast: Cast, wang: Person) -> None:
    yu, father = child(cast, 9), cast.person("老张", cast.east)
    for guardian in (wang, father):
        guard(cast, yu, guardian)
    answers(cast, yu, SERVICE, by=wang)
    assert codes(yu)["service"] == ""
    answers(cast, yu, SERVICE, REFUSED, by=father)
    assert codes(yu)["service"] == "refused"


def test_the_yes_of_someone_who_is_guardian_no_longer_does_not_count(cast: Cast, wang: Person) -> None:
    yu = child(cast, 9)
    guard(cast, yu, wang)
    answers(cast, yu, SERVICE, by=wang)
    end_guardianship(by=cast.xiaomei, guardianship=yu.guardianships.get(), on=TODAY)
    assert codes(yu, date(2026, 3, 3))["service"] == "guardian_not_asked"


def test_at_fourteen_the_guardians_yes_no_longer_speaks_for_her(cast: Cast, wang: Person) -> None:
    yu = cast.person("小宇", cast.east, born_on=date(2012, 3, 1))
    guard(cast, yu, wang)
    answers(cast, yu, SERVICE, on=date(2026, 2, 1), by=wang)
    assert codes(yu, date(2026, 3, 1))["service"] == ""
    assert codes(yu, date(2026, 3, 2))["service"] == "guardian_only"
    answers(cast, yu, SERVICE, on=date(2026, 3, 2))
    assert codes(yu, date(2026, 3, 2))["service"] == ""


def test_for_a_picture_of_a_young_person_both_have_to_say_yes(cast: Cast, wang: Person) -> None:
    fifteen = child(cast, 15)
    guard(cast, fifteen, wang)
    answers(cast, fifteen, PORTRAIT)
    assert standing(fifteen, PORTRAIT, TODAY).code == "guardian_not_asked"
    answers(cast, fifteen, PORTRAIT, by=wang)
    assert standing(fifteen, PORTRAIT, TODAY).is_open


def test_an_adult_with_a_guardian_does_not_decide_alone(cast: Cast, wang: Person) -> None:
    brother = cast.person("王小伟", cast.east, born_on=date(1990, 1, 1))
    guard(cast, brother, wang)
    with pytest.raises(RuleBroken) as refusal:
        answers(cast, brother, SERVICE)
    assert refusal.value.code == "people.guardian_decides"
    answers(cast, brother, SERVICE, by=wang)
    assert codes(brother)["service"] == ""


def test_a_yes_taken_back_is_closed_at_the_next_question(cast: Cast, wang: Person) -> None:
    answers(cast, wang, SERVICE)
    answers(cast, wang, SERVICE, WITHDRAWN)
    assert codes(wang)["service"] == "withdrawn"


@pytest.mark.parametrize(("day", "code"), [(date(2026, 6, 30), ""), (date(2026, 7, 1), "expired")])
def test_a_yes_for_a_time_runs_out_after_its_last_day(cast: Cast, wang: Person, day: date, code: str) -> None:
    answers(cast, wang, SERVICE, expires_on=date(2026, 6, 30))
    assert codes(wang, day)["service"] == code


def says(purpose: ConsentPurpose, what: str = "记录服务，帮你跟进") -> dict[str, str]:
    return dict.fromkeys(parts_of_notice(purpose), what)


def test_a_yes_to_the_first_text_is_asked_anew_for_the_second(cast: Cast, wang: Person) -> None:
    first = publish_notice(by=cast.chenli, purpose=SERVICE, says=says(SERVICE))
    consent = answers(cast, wang, SERVICE)
    assert (consent.notice, consent.text_hash) == (first, first.text_hash)
    assert codes(wang)["service"] == ""
    second = publish_notice(by=cast.chenli, purpose=SERVICE, says=says(SERVICE, "记录服务，也转给学校"))
    assert (first.version, second.version, first.text_hash == second.text_hash) == (1, 2, False)
    assert codes(wang)["service"] == "new_text"
    answers(cast, wang, SERVICE)
    assert codes(wang)["service"] == ""


def test_a_notice_says_everything_the_law_asks_for(cast: Cast) -> None:
    assert parts_of_notice(SERVICE)[-2:] == ["need", "effect"]
    assert parts_of_notice(ConsentPurpose.MESSAGE) == ["who", "contact", "what_for", "way", "kinds", "period", "rights"]
    with pytest.raises(RuleBroken) as refusal:
        publish_notice(by=cast.chenli, purpose=SERVICE, says=says(SERVICE) | {"period": " "})
    assert (refusal.value.code, refusal.value.field) == ("people.notice_incomplete", "period")
    with pytest.raises(NotAllowed):
        publish_notice(by=cast.xiaomei, purpose=SERVICE, says=says(SERVICE))
    assert PrivacyNotice.objects.count() == 0


def test_after_a_no_nobody_asks_again_for_ninety_days_but_a_yes_is_always_welcome(cast: Cast, wang: Person) -> None:
    answers(cast, wang, RESEARCH, REFUSED)
    assert may_ask_again(wang, RESEARCH, TODAY) == date(2026, 5, 31)
    with pytest.raises(RuleBroken) as refusal:
        answers(cast, wang, RESEARCH, ASKED, on=date(2026, 5, 30))
    assert refusal.value.code == "people.asked_too_soon"
    answers(cast, wang, RESEARCH, ASKED, on=date(2026, 5, 31))
    answers(cast, wang, RESEARCH, GIVEN, on=date(2026, 5, 31))
    assert codes(wang, date(2026, 5, 31))["research"] == ""


def picture() -> bytes:
    paper = BytesIO()
    Image.new("RGB", (40, 30), "white").save(paper, "JPEG")
    return paper.getvalue()


def test_a_signed_paper_is_kept_with_its_witness(cast: Cast, wang: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        answers(cast, wang, SERVICE, paper=picture())
    assert (refusal.value.code, refusal.value.field) == ("people.paper_needs_a_witness", "witness")
    consent = answers(cast, wang, SERVICE, paper=picture(), witness="刘海燕")
    assert (consent.content_type, len(consent.sha256), consent.witness) == ("image/jpeg", 64, "刘海燕")


def test_who_must_not_be_told_is_written_with_the_reason(cast: Cast, wang: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        answers(cast, wang, SERVICE, withhold_from="丈夫")
    assert refusal.value.code == "people.withholding_needs_a_reason"
    consent = answers(cast, wang, SERVICE, withhold_from="丈夫", withhold_why=Withhold.FEAR_OF_HARM)
    assert (consent.withhold_from, consent.withhold_why) == ("丈夫", "fear_of_harm")


def test_asking_for_many_costs_as_much_as_for_one(cast: Cast, django_assert_num_queries: object) -> None:
    people = [cast.person(f"人{n}", cast.east, born_on=DAY.replace(year=1980)) for n in range(3)]
    for many in (1, 3):
        with django_assert_num_queries(4):  # type: ignore[operator]
            standings(people[:many], [SERVICE, RESEARCH], TODAY)


def test_of_thirteen_who_play_the_one_who_did_not_agree_to_the_film_is_named(cast: Cast) -> None:
    players = [cast.person(name, cast.east) for name in "甲乙丙丁戊己庚辛壬癸子丑寅"]
    for player in players[:12]:
        answers(cast, player, ConsentPurpose.PUBLISH)
    must_agree(players[:12], ConsentPurpose.PUBLISH, TODAY)
    with pytest.raises(RuleBroken) as refusal:
        must_agree(players, ConsentPurpose.PUBLISH, TODAY)
    assert [str(player) for player in players if str(player) in str(refusal.value)] == ["寅"]


def test_a_picture_with_one_child_for_whom_nobody_agreed_does_not_leave(cast: Cast) -> None:
    grown = cast.person("王姐", cast.east)
    child = cast.person("小宇", cast.east, born_on=date(2016, 9, 1))
    answers(cast, grown, ConsentPurpose.PORTRAIT)
    with pytest.raises(RuleBroken) as refusal:
        must_agree([grown, child], ConsentPurpose.PORTRAIT, TODAY)
    assert [name for name in ("王姐", "小宇") if name in str(refusal.value)] == ["小宇"]
