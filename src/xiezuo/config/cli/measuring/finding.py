"""Finding one of very many people: invented ones are added to the sample house, indexed, and looked for."""

import statistics
import time
from functools import partial
from random import Random

from django.db import connection

from xiezuo.common.text import pinyin
from xiezuo.config.cli.measuring.crowd import ALWAYS_THE_SAME, add_people
from xiezuo.config.cli.measuring.measure import Measure, Taken, in_ms, median
from xiezuo.config.cli.measuring.pages import colleagues
from xiezuo.config.cli.words import _
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.finding.index import index_everyone
from xiezuo.people.models import Person
from xiezuo.people.search import ranked
from xiezuo.people.sensitive import fetch_sensitive

AIM = {"sqlite": 5, "postgresql": 10}  # milliseconds
AIM_BUILT = 60  # seconds
ASKED = 25  # different people looked for in each way; the median counts


def _scraps(person: Person) -> dict[str, str]:
    """What someone types who looks for this person, by what it is."""
    name = person.full_name
    full, initials = pinyin(name)
    return {
        _("full name"): name,
        _("one character"): name[0],
        _("two characters"): name[-2:],
        _("pinyin in full"): full,
        _("pinyin of the family name"): pinyin(name[0])[0],
        _("initials"): initials,
        _("one letter"): initials[0],
        _("four digits of a phone"): person.phone[-4:],
        _("whole phone"): person.phone,
        _("last four of an identity number"): str(person.id_number or "")[-4:],
        _("place"): person.address[-7:-4],
        _("nobody"): name[::-1] + name,
    }


def measure(many: int) -> list[Measure]:
    """The house is brought to `many` people first (0: the part is left out). Asked by a colleague who sees everyone and by one who
    works at one site; each scrap is asked once, of a different person each time."""
    if not many:
        return []
    everywhere, at_a_site = colleagues()[0], colleagues()[-1]
    add_people(everywhere, many - Person.objects.count())
    began, computing = time.perf_counter(), time.process_time()
    everyone = index_everyone()
    built, cpu = time.perf_counter() - began, time.process_time() - computing
    told = [Measure(_("make %(n)s people findable") % {"n": f"{everyone:,}"}, built, AIM_BUILT, "s", cpu_ms=cpu * 1000)]
    for actor, of in ((everywhere, _("of all")), (at_a_site, _("of one site"))):
        told += _looking(actor, of)
    return told


def _looking(actor: Actor, of: str) -> list[Measure]:
    people = people_for(actor)
    newest = list(people.exclude(full_name="").exclude(phone="").order_by("-pk")[: ASKED * 400])
    some = Random(ALWAYS_THE_SAME).sample(newest, min(ASKED, len(newest)))
    fetch_sensitive(some)
    taken: dict[str, list[Taken]] = {}
    for person in some:
        # Not everyone has an identity number or an address to be looked for by.
        for kind, scrap in ((kind, scrap) for kind, scrap in _scraps(person).items() if scrap):
            taken.setdefault(kind, []).append(median(partial(ranked, actor, people, scrap), 1))
    return [
        in_ms(
            _("find someone by %(kind)s, %(of)s") % {"kind": kind, "of": of},
            Taken(statistics.median(one.ms for one in all_of), statistics.median(one.cpu_ms for one in all_of)),
            AIM[connection.vendor],
        )
        for kind, all_of in taken.items()
    ]
