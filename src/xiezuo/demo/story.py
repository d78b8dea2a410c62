"""The story of a sample organisation, told through the same actions that people use. It ends yesterday."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction

from xiezuo.common.days import at
from xiezuo.demo import sheets
from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse, build_house
from xiezuo.demo.people import HOUSEHOLDS, VOLUNTEERS, Crowd
from xiezuo.demo.promises import promise_and_report
from xiezuo.demo.work import SERVICES, Diary
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import centres_in
from xiezuo.exchange.actions.receiving import read_batch, receive_file
from xiezuo.exchange.words import site_core
from xiezuo.orgs.models import User
from xiezuo.service.actions import record_services

SEED = 2003  # the year in which it began, with one table, one chair and a 486


@transaction.atomic
def tell(*, until: date, progress: Callable[[int, int], None]) -> None:
    """Fill an empty house with two years of work up to the day before `until`. `progress(done, of)` hears the steps."""
    random = Random(SEED)
    steps, done = HOUSEHOLDS + VOLUNTEERS + SERVICES, 0

    def one_more(how_many: int) -> None:
        nonlocal done
        done += how_many
        progress(done, steps)

    with at(evening(until - 730 * DAY)):
        house = build_house(until)
        crowd = Crowd(house, random, until)
        for number in range(HOUSEHOLDS):
            crowd.household(number)
            one_more(1)
    with at(evening(until - 10 * DAY)):
        crowd.newcomers()
        each = VOLUNTEERS // len(house.sites)
        for number, site in enumerate(house.sites):
            crowd.volunteers(site, each + (VOLUNTEERS % len(house.sites) > number))
            one_more(each)
    diary = Diary(house, crowd.at, random, until)
    days = diary.days()
    with at(evening(until - DAY)):
        for number, site in enumerate(house.sites):
            entries = [diary.entry(site, day) for day in days[number :: len(house.sites)]]
            if number == 0:
                record_services(by=house.second, everything=entries[2::4], on=until - DAY)
                del entries[2::4]
            record_services(by=house.workers[site.pk], everything=entries, on=until - DAY)
            one_more(SERVICES // len(house.sites))
        _import_old_sheets(house, random, until)
        promise_and_report(house, until)
    User.objects.update(looked_at=evening(until - 2 * DAY))
    progress(steps, steps)


def _import_old_sheets(house: DemoHouse, random: Random, until: date) -> None:
    """What colleagues kept before, brought in as anyone would bring it."""
    site = house.sites[5]
    year = until.year - 2
    for name, content in (
        (f"{site.name}{year}年活动台账.xlsx", sheets.ledger(random, year, site.name)),
        ("儿童登记表.xlsx", sheets.register(random)),
        ("服务对象名单.csv", sheets.name_list(random)),
    ):
        batch = read_batch(receive_file(by=house.supervisor, content=content, file_name=name).pk)
        centres = {site_core(centre.name): centre.site for centre in centres_in(batch)}
        begin_apply(by=house.supervisor, batch=batch, site=site, centres=dict(centres))
        apply_batch(batch.pk)
