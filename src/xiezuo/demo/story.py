"""The story of a sample organisation. It ends yesterday.

It is told as facts (`plan`), and written down by one of two writers (`telling`): through the same actions that people
use, or in bulk. Both give the same house; a test compares them row by row.
"""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction

from xiezuo.common.days import at
from xiezuo.demo import sheets
from xiezuo.demo.again import tell_again
from xiezuo.demo.aid import tell_aid
from xiezuo.demo.at_the_door import tell_of_the_door
from xiezuo.demo.cases import tell_cases
from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.evening_work import leave_the_evening
from xiezuo.demo.follow_up import plan_what_follows
from xiezuo.demo.going_home import tell_of_going_home
from xiezuo.demo.house import DemoHouse, build_house
from xiezuo.demo.needs import tell_needs
from xiezuo.demo.plan.story import deeds
from xiezuo.demo.promises import promise_and_report
from xiezuo.demo.referrals import tell_referrals
from xiezuo.demo.scale import SMALL, Scale, scale
from xiezuo.demo.telling.by_actions import ByActions
from xiezuo.demo.telling.in_bulk import InBulk
from xiezuo.demo.together import tell_together
from xiezuo.demo.words import words
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import centres_in
from xiezuo.exchange.actions.receiving import read_batch, receive_file
from xiezuo.exchange.words import site_core
from xiezuo.orgs.models import User
from xiezuo.people.checks import note_check
from xiezuo.people.vocab import CheckResult

SEED = 2003  # the year in which it began, with one table, one chair and a 486
Progress = Callable[[int, int], None]


@transaction.atomic
def tell(*, until: date, progress: Progress, size: str = SMALL, in_bulk: bool | None = None) -> None:
    """Fill an empty house of a scale ("small", "full") with work up to the day before `until`.

    A small house is made by actions and a large one in bulk, unless `in_bulk` says otherwise. `progress(done, of)`
    hears the steps.
    """
    random, chosen = Random(SEED), scale(size)
    bulk = size != SMALL if in_bulk is None else in_bulk
    with at(evening(until - chosen.founded * DAY)):
        house = build_house(chosen, until)
    _write(InBulk(house) if bulk else ByActions(house), chosen, random, until, progress)
    with at(evening(until - DAY)):
        _import_old_sheets(house, random, until)
        promise_and_report(house, until)
        _check_colleagues(house, until)
        tell_needs(house, random, until)
        plan_what_follows(house, until)
        tell_referrals(house, until)
        leave_the_evening(house, until)
        tell_together(house, random, until)
        tell_of_the_door(house, until)
        tell_of_going_home(house, until)
    tell_cases(house, until)
    tell_aid(house, until)
    tell_again(house, chosen.again, random)
    User.objects.update(looked_at=evening(until - 2 * DAY))
    progress(chosen.steps, chosen.steps)


def _check_colleagues(house: DemoHouse, until: date) -> None:
    """Most were checked within the year; one check is due soon, one is over, and of the last nobody thought."""
    ago = [200, 160, 120, 90, 60, 30, 340, 390]
    for worker, days in zip(house.workers, ago, strict=False):
        note_check(
            by=house.supervisor,
            whom=worker.user,
            checked_on=until - days * DAY,
            source=words()["check_source"],
            result=CheckResult.CLEAR,
            on=until - DAY,
        )


def _write(writer: ByActions | InBulk, chosen: Scale, random: Random, until: date, progress: Progress) -> None:
    done = 0
    for deed in deeds(chosen, random, until):
        with at(evening(deed.on)):
            writer.write(deed)
        done += deed.steps
        progress(done, chosen.steps)
    writer.finish()


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
