"""Words for what a sheet is, what its columns mean, and what became of its rows."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.rows import values_of

Words = str | Promise

KINDS: dict[str, Words] = {
    "activity_ledger": _("activity ledger, one activity a row"),
    "client_register": _("register of families, with guardians and children"),
    "client_list": _("list of people, one a row"),
    "volunteer_list": _("list of volunteers"),
    "volunteer_crosstab": _("volunteer hours, people by dates"),
    "volunteer_hours_list": _("volunteer hours, one service a row"),
    "signin_sheets": _("sign-in sheets"),
    "case_forms": _("case intake forms"),
    "visit_list": _("home visits"),
    "aid_ledger": _("ledger of money and goods"),
    "outreach_list": _("contacts in the street"),
    "stock": _("stock of goods"),
    "cash": _("cash book"),
    "instructions": _("instructions"),
    "code_list": _("list of codes"),
    "empty": pgettext_lazy("sheet", "empty"),
    "unknown": _("not recognised"),
}
ROLES: dict[str, Words] = {
    "data": _("a table with data"),
    "form": _("a filled form"),
    "template": _("an empty form, nothing to import"),
    "instructions": _("instructions, nothing to import"),
    "empty": _("no cell filled"),
    "stock": _("stock of goods"),
    "left_out": _("left out on your word"),
    "old": _("figures kept from before, nothing to import"),
}
RECORDS: dict[str, Words] = {
    "activity": _("activities"),
    "person": _("people"),
    "household": _("households"),
    "volunteer": _("volunteers"),
    "volunteer_hours_row": _("rows with volunteer hours only"),
    "service_hours": _("hours of volunteers"),
    "attendance": _("names in sign-in sheets"),
    "counted": _("people counted without a name"),
    "case": _("cases"),
    "family_member": _("family members"),
    "visit": _("home visits"),
    "contact": _("contacts in the street"),
    "aid": _("payments and goods handed out"),
    "stock": _("stock lines"),
    "cash": _("cash lines"),
}
IGNORED: dict[str, Words] = {
    "blank": _("empty rows"),
    "subtotal": _("subtotals"),
    "grand_total": _("totals"),
    "note": _("notes"),
    "footnote": _("notes below the table"),
    "header": _("headings repeated"),
}
REGIONS: dict[str, Words] = {
    "header": _("heading"),
    "total": _("total, not data"),
    "data": _("data"),
    "side": _("list beside the table"),
    "title": _("title"),
    "note": _("note"),
}
FIELDS: dict[str, Words] = {
    "seq": _("running number"),
    "year": _("year"),
    "month": _("month"),
    "day": _("day"),
    "weekday": _("weekday"),
    "date": _("date"),
    "date_end": _("last day"),
    "name": _("name"),
    "nickname": _("nickname"),
    "sex": _("sex"),
    "birth_date": _("birth date"),
    "birth_month": _("month of birth"),
    "birth_year": _("year of birth"),
    "arrived_year": _("arrived in"),
    "age": _("age"),
    "ethnic": _("ethnic group"),
    "id_number": _("identity number"),
    "phone": _("phone"),
    "school": _("school"),
    "grade": _("grade"),
    "class_name": _("class"),
    "address": _("address"),
    "hukou": _("home region"),
    "area": _("area"),
    "arrived": _("arrived in"),
    "income": _("income"),
    "rent": _("rent"),
    "father": _("father: name, phone, number"),
    "mother": _("mother: name, phone, number"),
    "carer": _("other carer"),
    "guardian": _("guardian"),
    "relation": _("relation"),
    "tags": _("tags"),
    "head": _("head of household"),
    "household_no": _("household number"),
    "registered_on": _("registered on"),
    "recorder": _("written by"),
    "recorded_on": _("written on"),
    "note": _("note"),
    "centre": _("centre"),
    "service_line": _("service line"),
    "activity_type": _("type of activity"),
    "activity": _("activity"),
    "activity_no": _("number of the activity"),
    "target_group": _("for whom"),
    "place": _("place"),
    "organiser": _("organiser"),
    "stated_count": _("stated number of participants"),
    "volunteer_no": _("volunteer number"),
    "hours": _("hours"),
    "work": _("occupation"),
    "source": _("how they came"),
    "collector": _("who collects"),
    "client_no": _("file number"),
    "group": _("group"),
    "interest": _("would like to do"),
    "star": _("stars"),
    "start": _("from (time)"),
    "end": _("to (time)"),
    "confirmer": _("confirmed by"),
    "comment": _("comment"),
    "signature": _("signature"),
    "presence": _("whether they came"),
    "visit_no": _("number of the visit"),
    "visitors": _("who visited"),
    "narrative": _("what was seen and said"),
    "follow_up": _("what comes next"),
    "recipient": _("recipient"),
    "item": _("item"),
    "quantity": _("quantity"),
    "unit": _("unit"),
    "amount": _("amount"),
    "running_total": _("running total"),
    "fund": _("where the money comes from"),
    "status": _("how far it has come"),
    "span": _("from when to when"),
    "sum": _("sum of the row"),
    "address_part": _("part of the address"),
    "count": _("how many"),
    "specification": _("size and make"),
    "opening": _("there before"),
    "text": _("what it was for"),
    "expense": _("money out"),
    "job": _("what they live on"),
    "handler": _("handed out by"),
    "qty_in": _("came in"),
    "qty_out": _("went out"),
    "balance": _("balance"),
    "called": _("called"),
    "age_text": _("age as told"),
    "talk": _("what was talked about"),
    "lead": _("lead to follow"),
    "child": _("the child"),
    "visitor_1": _("who visited, first"),
    "visitor_2": _("who visited, second"),
    "problem": _("what is difficult"),
    "plan": _("plan"),
    "follow_up_on": _("to be followed up on"),
    "next_visit": _("next visit"),
    "supervisor_note": _("note of the supervisor"),
    "case_no": _("case number"),
    "intake_date": _("day of intake"),
    "worker": _("case worker"),
    "occupation": _("occupation"),
    "economic": _("income and property"),
    "family": _("family"),
    "needs": _("needs"),
    "assessment": _("assessment"),
    "goals": _("goals"),
    "crisis": _("crisis"),
    "risk": _("risk"),
    "decision": _("decision"),
    "supervisor_opinion": _("opinion of the supervisor"),
    "goods": _("goods handed out"),
    "role": _("role"),
    "across": _("hours of a day or a person"),
    "tag": _("tick: the heading is a tag"),
}
ACTIVITIES = {"activity_ledger", "activity"}
NAME_OF_A_PERSON = pgettext_lazy("of a person", "name")
OF_FAMILY: dict[str, Words] = {
    "father": _("father"),
    "mother": _("mother"),
    "guardian": _("guardian"),
    "carer": _("other carer"),
    "child": _("the child"),
}
WHAT: dict[str, Words] = {
    "heads": _("heads as stated"),
    "att": _("person-times"),
    "vol": _("volunteers"),
}
GROUPS: dict[str, Words] = {
    "adult": _("adults"),
    "child": _("children"),
    "parent": _("parents"),
    "student": _("students"),
    "teacher": _("teachers"),
    "public": _("the public"),
    "total": _("all"),
}
PARTS: dict[str, Words] = {
    "m": _("male"),
    "f": _("female"),
    "total": _("together"),
    "n": _("people"),
    "h": _("hours"),
}


def field_words(field: str, of: str) -> str:
    """The meaning of a column: a field of its own, or measure, group and part (heads_child_m). `of`: the kind of
    sheet or record, for a name is that of an activity or of a person."""
    if field == "name" and of not in ACTIVITIES:
        return str(NAME_OF_A_PERSON)
    if field in FIELDS:
        return str(FIELDS[field])
    if field.startswith("goods_"):
        return str(_("given: %(item)s") % {"item": field.removeprefix("goods_")})
    if field.startswith("tag_"):
        return str(_("tag “%(tag)s”") % {"tag": field.removeprefix("tag_")})
    if kin := re.fullmatch(r"(father|mother|guardian|carer|child)(\d?)(?:_([a-z_]+))?", field):
        who = str(_("%(who)s %(n)s") % {"who": OF_FAMILY[kin[1]], "n": kin[2]}) if kin[2] else str(OF_FAMILY[kin[1]])
        return f"{who} · {FIELDS[kin[3]]}" if kin[3] in FIELDS else who
    found = re.fullmatch(r"(heads|att|vol)_([a-z]+)(?:_([a-z]+))?", field)
    if not found or found[2] not in GROUPS:
        return field
    parts = [WHAT[found[1]], GROUPS[found[2]], *([PARTS[found[3]]] if found[3] in PARTS else [])]
    return " · ".join(str(part) for part in parts)


def value_words(value: object) -> str:
    """A value as the reader gave it: several in a row, yes and no in words."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(pgettext_lazy("between values", ", ")).join(map(str, value)) if isinstance(value, list) else str(value)


def row_words(row: ImportedRow) -> list[tuple[str, str]]:
    """What a row says: the meaning of each value, and the value."""
    told = values_of(row).items()
    return [(field_words(name, row.record_type), value_words(value)) for name, value in told if name[:1] != "_"]
