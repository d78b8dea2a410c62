"""A person in words: age as far as it is known, the line of facts under the name, who is meant by a button."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from xiezuo.common.days import age_on, local
from xiezuo.forms.packs import codes
from xiezuo.people.models import Household, Person
from xiezuo.people.vocab import BornPrecision, DatedFact, Disability, NoAnswer, Sex
from xiezuo.web.base.words import day_words, is_english
from xiezuo.web.staff.people.forms import ASKED

PHONE_HEAD, PHONE_TAIL = 3, 4
ADULT = 18


def age_words(person: Person, on: date) -> str:
    """38 / about 38; empty when nothing is known. Only a whole birth date gives an exact age (TIM-5)."""
    if person.born_on is None:
        return ""
    age = max(age_on(person.born_on, on), 0)
    if age == 0:
        return _("under 1 year old")
    if person.born_precision == BornPrecision.DAY:
        return ngettext("%(n)s year old", "%(n)s years old", age) % {"n": age}
    return _("about %(n)s") % {"n": age}


def sex_words(person: Person) -> str:
    return str(person.get_sex_display()) if person.sex in {Sex.MALE, Sex.FEMALE} else ""


def since_words(person: Person) -> str:
    if person.arrived_on is None:
        return ""
    precision = person.arrived_precision if person.arrived_precision in {"day", "month"} else "year"
    return _("here since %(day)s") % {"day": day_words(person.arrived_on, precision, get_language())}


def in_a_row(facts: Iterable[str]) -> str:
    """女，38 岁，河南周口人; empty facts leave no trace."""
    return pgettext("between facts about a person", ", ").join(fact for fact in facts if fact)


def facts_line(person: Person, on: date, brief: bool = False) -> str:
    """Sex, age, where from, since when here: what is known, nothing else; `brief`: sex and age alone."""
    if brief:
        return in_a_row([sex_words(person), age_words(person, on)])
    home = _("from %(place)s") % {"place": person.hukou_place} if person.hukou_place else ""
    return in_a_row([sex_words(person), age_words(person, on), home, since_words(person)])


def told_apart(one: Person, other: Person) -> tuple[str, str]:
    """The names of two records of perhaps one person; where they are alike, with what tells the records apart."""
    if str(one) != str(other):
        return str(one), str(other)
    beside = [row.nickname if row.nickname != str(row) else "" for row in (one, other)]
    if beside[0] == beside[1]:
        days = [day_words(local(row.recorded_at).date(), "day", get_language()) for row in (one, other)]
        beside = [_("written down on %(day)s") % {"day": day} for day in days]
    words = pgettext("a name and what tells it apart", "%(name)s (%(beside)s)")
    first, second = [words % {"name": one, "beside": text} if text else str(one) for text in beside]
    return first, second


def masked(number: str) -> str:
    """154****2764: enough to recognise a number one has, not enough to use one has not."""
    if len(number) <= PHONE_HEAD + PHONE_TAIL:
        return "****"
    return f"{number[:PHONE_HEAD]}****{number[-PHONE_TAIL:]}"


def record_words(person: Person) -> str:
    """The button that writes down a service: for her, for him, for them."""
    if person.sex == Sex.FEMALE:
        return pgettext("a woman", "Record for her")
    if person.sex == Sex.MALE:
        return pgettext("a man", "Record for him")
    return _("Record for them")


def same_person_words(person: Person) -> str:
    if person.sex == Sex.FEMALE:
        return pgettext("a woman", "It is her")
    if person.sex == Sex.MALE:
        return pgettext("a man", "It is him")
    return _("It is them")


def code_words(code_list: str, code: str) -> str:
    """An official code in the language of the page; a code no list has stays as it is."""
    words = codes(code_list).get(code)
    return code if words is None else words["en" if is_english(get_language()) else "zh"]


def unanswered_facts(person: Person) -> list[tuple[str, str]]:
    """(label, words) of what was asked and has no answer."""
    return [(str(ASKED[name]), str(NoAnswer(why).label)) for name, why in person.unanswered.items() if name in ASKED]


def earlier_facts(of: Person | Household) -> list[tuple[str, str, str]]:
    """(label, what it was, from when to when) of what used to hold, the latest first; numbers are masked."""
    found = []
    for row in of.earlier_facts.all():
        value = masked(row.value) if row.fact == DatedFact.PHONE else row.value
        until = day_words(row.to_on, "day", get_language())
        words = {"first": day_words(row.from_on, "day", get_language()), "last": until} if row.from_on else None
        period = _("%(first)s to %(last)s") % words if words else _("until %(day)s") % {"day": until}
        found.append((str(row.get_fact_display()), value, period))
    return found


def _told(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, value) for label, value in pairs if value]


def known_facts(person: Person) -> list[tuple[str, str]]:
    """(label, words) of what is known beside the line under the name; nothing for what is not."""
    return _told(
        [
            (_("Other names"), person.alias),
            (_("Lives in"), " ".join(filter(None, [person.current_place, person.address]))),
            (_("WeChat"), person.wechat),
            (_("When to reach them"), person.reach_when),
            (_("Messages"), _("may be sent") if person.safe_to_message else _("do not send any")),
            (_("School"), " ".join(filter(None, [person.school, person.grade]))),
            (_("Education"), code_words("education", person.education)),
            (_("Work"), " ".join(filter(None, [person.employment, person.occupation]))),
            (_("Marriage"), code_words("marriage", person.marriage)),
        ]
    )


def sensitive_facts(person: Person) -> list[tuple[str, str]]:
    kinds = [str(Disability(kind).label) for kind in person.disability_kind if kind in Disability.values]
    grade = _("grade %(n)s") % {"n": person.disability_grade} if person.disability_grade else ""
    return _told(
        [
            (_("Health"), person.health_note),
            (_("Disability"), _(", ").join([*kinds, *filter(None, [grade])])),
            (_("How they get by"), person.economic_state),
            (_("Ethnic group"), code_words("ethnic_group", person.ethnic_group)),
            (_("Political status"), code_words("political_status", person.political_status)),
            (pgettext("about a person", "Note"), person.note),
        ]
    )
