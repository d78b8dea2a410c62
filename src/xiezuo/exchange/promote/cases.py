"""An intake form of a sheet → a case with its intake form."""

from typing import Any

from xiezuo.exchange.promote.activities import method_of, service_day
from xiezuo.exchange.promote.kept import kept_lines
from xiezuo.exchange.promote.mentions import NAMED
from xiezuo.exchange.words import words
from xiezuo.orgs.models import Site, User
from xiezuo.service.actions import ImportedCase, ServiceFacts, Taking
from xiezuo.service.vocab import CaseState

LINE = 500  # characters a short answer may have


def imported_case(
    person: int, values: dict[str, Any], *, site: Site | None, worker: User | None, around: dict[str, Any]
) -> ImportedCase:
    """What one form says. `worker`: the login of the colleague it names; `around`: year and month of the sheet."""
    crisis = values.get("crisis")
    return ImportedCase(
        person=person,
        talk=_talk(person, values, site, worker, around),
        answers={key: answer for key, answer in _answers(values, worker).items() if answer not in ("", None)},
        state=CaseState(words("case_decision").get(str(values.get("decision", "")), CaseState.INTAKE)),
        why=str(values.get("supervisor_opinion", "")).strip(),
        case_no=str(values.get("case_no", "")).strip(),
        worker=worker,
        crisis=crisis is True,
    )


def _talk(
    person: int, values: dict[str, Any], site: Site | None, worker: User | None, around: dict[str, Any]
) -> ServiceFacts:
    day, precision = service_day(around | {"date": values.get("intake_date")}, [])
    return ServiceFacts(
        method=method_of("case", ""),
        service_date=day,
        precision=precision,
        site=site,
        title=words("title_of_type")["case"],
        staff=[worker] if worker else [],
        taking=[Taking(mode=NAMED, person=person)],
    )


def _answers(values: dict[str, Any], worker: User | None) -> dict[str, Any]:
    """By the keys of the intake form; what it does not ask stands readable behind the problem. A source that is none of the
    list's is named in words."""
    written = str(values.get("source", "")).strip()
    source = words("case_source").get(written, "")
    told = values if worker is None else {name: value for name, value in values.items() if name != "worker"}
    problem = [str(values.get("problem", "")).strip(), *kept_lines(told, "kept_of_case")]
    return {
        "source": source,
        "referred_by": "" if source else written[:LINE],
        "problem": "\n".join(filter(None, problem)),
        "needs": "、".join(map(str, values.get("needs") or [])),
        "family_background": str(values.get("family", "")).strip(),
        "crisis": values.get("crisis"),
        "risk_note": str(values.get("risk", "")).strip(),
    }
