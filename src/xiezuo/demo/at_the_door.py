"""Who came with a question, who called, and for whom someone was afraid, in the last days of the story."""

import uuid
from datetime import date, timedelta

from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.forms.definitions import form_definition
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.calls import CallFacts, take_call
from xiezuo.service.actions.risks import Reporting, flag_risk, report_risk
from xiezuo.service.vocab import Triage

HOUR = timedelta(hours=1)


def tell_of_the_door(house: DemoHouse, until: date) -> None:
    """As of the evening before `until`: a question without an answer, a call that was passed on, and a child whom the police
    were told of, without a receipt yet."""
    day, told = until - DAY, words()["at_the_door"]
    worker, colleague, site = house.workers[0], house.workers[1], house.sites[0]
    asked = Filling(form=form_definition("enquiry"), answers=dict(told["enquiry"]), site=site)
    submit_form(by=worker, filling=asked, on=day, key=uuid.uuid4())
    at = evening(day)
    call = CallFacts(
        at=at - 3 * HOUR,
        triage=Triage.AMBER,
        dispatched_to=colleague.user,
        due_on=until,
        site=site,
        minutes=12,
        **told["call"],
    )
    take_call(by=worker, facts=call, on=day, key=uuid.uuid4())
    report = flag_risk(by=worker, facts=told["risk"], described=told["child"], found_at=at - 2 * HOUR, at=at)
    reporting = Reporting(agency=["police"], reported_at=at - HOUR, way="phone")
    report_risk(by=worker, report=report, facts=reporting, at=at)
