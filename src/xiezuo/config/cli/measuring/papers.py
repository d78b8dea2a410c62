"""Papers: a form with very many rows as PDF and for Word, and the whole file of whoever was served most often."""

from xiezuo.config.cli.measuring.measure import Measure, in_ms, median
from xiezuo.config.cli.measuring.pages import colleagues, longest_known
from xiezuo.config.cli.words import _
from xiezuo.exchange.papers.whole_file import bound_papers
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.papers import Bundle, Cover, Filled, PaperContent, are_there, as_pdf, as_word, bundle_as_pdf, paper
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section

ROWS = 600
ROWS_AIM, FILE_AIM = 2000, 3000  # milliseconds
MOST_TIMES = 5  # a paper takes long enough to be measured by few


def _long_form() -> PaperContent:
    rows = [{"child": f"小明{n}", "in_at": "09:00", "out_at": "17:00", "collected_by": "母亲"} for n in range(ROWS)]
    return paper(form_definition("centre_day"), Filled(answers={"attendance": rows}))


def _bind(actor: Actor, person: Person) -> bytes:
    papers = bound_papers(actor, [person], list(Section), None)
    return bundle_as_pdf(Bundle(Cover("", "", str(person), ()), tuple(papers)))


def measure(times: int) -> list[Measure]:
    if not are_there():
        return []
    times = min(times, MOST_TIMES)
    actor, content = colleagues()[0], _long_form()
    person = longest_known(actor)
    whole = _("the whole file of someone with %(n)s services as PDF") % {"n": person.participations.count()}
    return [
        in_ms(_("a form with %(n)s rows as PDF") % {"n": ROWS}, median(lambda: as_pdf(content), times), ROWS_AIM),
        in_ms(_("a form with %(n)s rows for Word") % {"n": ROWS}, median(lambda: as_word(content), times), ROWS_AIM),
        in_ms(whole, median(lambda: _bind(actor, person), times), FILE_AIM),
    ]
