"""Pages and questions, as a member of staff of the sample house gets them."""

from collections.abc import Callable

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiezuo.common.days import today
from xiezuo.common.text import pinyin
from xiezuo.config.cli import Stop
from xiezuo.config.cli.measuring.measure import Measure, Taken, in_ms, median
from xiezuo.config.cli.words import _
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.access import people_for
from xiezuo.people.matching.asked import Asked
from xiezuo.people.models import Person
from xiezuo.people.queries import likely_the_same
from xiezuo.people.search import found
from xiezuo.service.kept import forget_all
from xiezuo.service.meetings import last_met
from xiezuo.service.models import Case, Participation
from xiezuo.service.vocab import CaseState

SHOWN = 8  # as many as the search box offers


def colleagues() -> list[Actor]:
    """Those who work with the people of whole sites, the one who sees most first."""
    actors = [actor_for(user) for user in User.objects.filter(is_active=True)]
    at_work = [actor for actor in actors if actor.works_by_site]
    if not at_work:
        raise Stop(_("The sample house has no people to measure with."))
    return sorted(at_work, key=lambda actor: (actor.everywhere, len(actor.sites)), reverse=True)


def longest_known(actor: Actor) -> Person:
    often = Participation.objects.filter(person__in=people_for(actor).values("pk")).order_by().values("person")
    found = often.annotate(n=Count("pk")).order_by("-n", "person").values_list("person", flat=True).first()
    if found is None:
        raise Stop(_("The sample house has no people to measure with."))
    return Person.objects.get(pk=found)


def _scraps(person: Person) -> list[str]:
    """What someone types on the way to a name: a letter, a character, initials, pinyin, given name, last digits."""
    name = str(person)
    full, _initials = pinyin(name)
    return [full[:1] or "w", name[0], full[:4] or "w", name[1:] or name, "2764", "zhqx"]


def type_ahead(actor: Actor, times: int) -> Measure:
    """The slowest of several scraps."""
    people = people_for(actor)

    def ask(scrap: str) -> Callable[[], object]:
        return lambda: found(actor, people, scrap, SHOWN)

    taken: list[Taken] = [median(ask(scrap), times) for scrap in _scraps(longest_known(actor))]
    slowest = max(taken, key=lambda taken: taken.cpu_ms)
    return in_ms(_("find someone while typing, in the database"), slowest, 10)


def look_up(actor: Actor, times: int) -> Measure:
    """Whether someone who is being written down is here already."""
    person, people = longest_known(actor), people_for(actor)
    asked = Asked(str(person), phone=person.phone, born=person.born_on, precision=person.born_precision)
    taken = median(lambda: likely_the_same(people, asked), times)
    return in_ms(_("look whether someone is here already, in the database"), taken, 20)


def worked_on() -> Case | None:
    """The case being worked on with the most forms."""
    cases = Case.objects.filter(state=CaseState.INTERVENING, worker__is_active=True).annotate(n=Count("forms"))
    return cases.select_related("person", "worker", "site").order_by("-n", "pk").first()


def opens(actor: Actor, address: str) -> Callable[[], None]:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(actor.user)

    def open_page() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:
            words = _("The page %(page)s answered %(code)s instead of 200.")
            raise Stop(words % {"page": address, "code": answer.status_code})

    return open_page


def _far_down(actor: Actor) -> str:
    """The address of a page in the middle of the list, among those who were met."""
    met = people_for(actor).annotate(met_on=last_met(actor)).filter(met_on__isnull=False)
    found = met.order_by("-met_on", "-pk").values_list("met_on", "pk")
    day, person = found[met.count() // 2]
    return f"?after={day:%Y%m%d}.{person}"


def measure(times: int) -> list[Measure]:
    everywhere, at_a_site = colleagues()[0], colleagues()[-1]
    person = opens(everywhere, reverse("person", args=[longest_known(everywhere).pk]))

    def page(what: str, actor: Actor, name: str, query: str = "") -> Measure:
        return in_ms(what, median(opens(actor, reverse(name) + query), times), 60)

    with CaptureQueriesContext(connection) as queries:
        person()
        asked = len(queries)
    return [
        type_ahead(everywhere, times),
        look_up(everywhere, times),
        in_ms(_("open a person's page"), median(person, times), 40),
        Measure(_("queries for it"), asked, 16, _("queries")),
        page(_("open the list of people"), everywhere, "people"),
        page(_("a page in the middle of that list"), everywhere, "people", _far_down(everywhere)),
        page(_("the list of people at one site"), at_a_site, "people"),
        page(_("open service records"), everywhere, "service_records"),
        page(_("service records of one site"), at_a_site, "service_records"),
        *of_a_case(times),
        *figures(everywhere, times),
    ]


def of_a_case(times: int) -> list[Measure]:
    """The page of a case and the caseload of its worker; nothing where the house has no case."""
    case = worked_on()
    if case is None:
        return []
    by = actor_for(case.worker)
    page, load = opens(by, reverse("case", args=[case.pk])), opens(by, reverse("cases"))
    with CaptureQueriesContext(connection) as queries:
        page()
        asked = len(queries)
    return [
        in_ms(_("open the page of a case"), median(page, times), 60),
        Measure(_("queries for the page of a case"), asked, 28, _("queries")),
        in_ms(_("open a caseload"), median(load, times), 60),
    ]


def figures(actor: Actor, times: int) -> list[Measure]:
    """The year's figures with distinct people: counted anew, and kept."""
    page, report = (opens(actor, reverse(name, args=[today().year])) for name in ("figures_of", "annual_report_of"))
    return [
        in_ms(_("count the figures of a year anew"), median(page, min(times, 5), forget_all), 1000),
        in_ms(_("open them again"), median(page, times), 100),
        in_ms(_("count the annual report anew"), median(report, min(times, 5), forget_all), 1000),
        in_ms(_("open the report again"), median(report, times), 100),
    ]
