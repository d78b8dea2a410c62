"""What the sample organisation promised its funders, and what it wrote into its last annual report."""

from datetime import date

from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.insight.actions import promise, write_text
from xiezuo.insight.vocab import ReportPart


def promise_and_report(house: DemoHouse, until: date) -> None:
    """Targets of this year for each project and for the organisation; the words of last year's report."""
    first, last = date(until.year, 1, 1), date(until.year, 12, 31)
    told = words()["promises"]
    for project, row in zip(house.projects, told["projects"], strict=False):
        promise(by=house.supervisor, project=project, from_on=first, to_on=last, **row)
    for row in told["house"]:
        promise(by=house.supervisor, from_on=first, to_on=last, **row)
    for part, text in words()["report"].items():
        write_text(by=house.supervisor, year=until.year - 1, part=ReportPart(part), text=text)
