"""What happened, in words: one sentence part for each event code, said of the colleague who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "service.record.written": _("wrote a service record"),
    "service.record.corrected": _("corrected a service record"),
    "service.record.cancelled": _("cancelled a service record"),
    "service.step.finished": _("finished the next step of a record"),
    "service.evidence.added": _("added a file to a record"),
    "service.checkin.noted": _("noted someone coming in"),
    "people.person.registered": _("registered a person"),
    "people.person.corrected": _("corrected what is known of a person"),
    "people.person.assigned": _("let a colleague or a site work with a person"),
    "people.person.merged": _("merged two records of one person"),
    "people.person.unmerged": _("took a merge of two records back"),
    "people.duplicate.named": _("asked whether two records are one person"),
    "people.duplicate.decided": _("said that two records are not, or not surely, one person"),
    "people.duplicates.proposed": _("looked for people written down twice"),
    "people.role.began": _("noted that a role began"),
    "people.role.ended": _("noted that a role ended"),
    "people.household.founded": _("wrote down a household"),
    "people.household.joined": _("noted who lives in a household"),
    "people.household.left": _("noted who left a household"),
    "people.relationship.noted": _("noted how two people are related"),
    "people.consent.noted": _("noted an answer about consent"),
    "insight.targets.set": _("wrote down targets"),
    "insight.targets.corrected": _("corrected targets"),
    "insight.targets.taken_back": _("took targets back"),
    "insight.report.text_written": _("wrote a part of the annual report"),
    "insight.report.text_removed": _("took a part out of the annual report"),
    "insight.figures.released": _("let figures leave the house"),
    "exchange.import.received": _("brought a file"),
    "exchange.import.confirmed": _("confirmed an import"),
    "exchange.import.applied": _("imported a file"),
    "exchange.import.undone": _("undid an import"),
    "exchange.import.discarded": _("put a file aside"),
    "exchange.sheet.corrected": _("corrected how a sheet is read"),
    "exchange.problem.answered": _("decided about problems of a file"),
    "exchange.problem.reopened": _("took a decision about problems back"),
    "exchange.layout.remembered": _("let a layout be remembered"),
    "exchange.layout.renamed": _("renamed a layout"),
    "exchange.layout.retired": _("retired a layout"),
    "orgs.house.founded": _("opened the house"),
    "orgs.user.added": _("added an account"),
    "orgs.membership.began": _("gave a role"),
    "orgs.membership.ended": _("ended a role"),
    "orgs.site.opened": _("opened a site"),
    "orgs.programme.began": _("began a programme"),
    "orgs.project.began": _("began a project"),
}


def in_words(code: str) -> str:
    """The words of an event; an event of a later version keeps its code."""
    return str(WORDS.get(code, code))
