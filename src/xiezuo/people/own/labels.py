"""Which facts there are, in which part each stands, and what is left out with the reason."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WHO, CONTACT, LIFE, HEALTH = "who", "contact", "life", "health"
PARTS: dict[str, Promise] = {
    WHO: _("Basics"),
    CONTACT: _("Contact"),
    LIFE: _("School, work and living"),
    HEALTH: _("Health"),
}
FACTS: dict[str, tuple[str, Promise]] = {
    "full_name": (WHO, _("Full name")),
    "nickname": (WHO, pgettext_lazy("a fact about a person", "Called")),
    "alias": (WHO, _("Other names")),
    "sex": (WHO, _("Sex")),
    "born_on": (WHO, _("Birth date")),
    "id_type": (WHO, _("Paper")),
    "id_number": (WHO, _("Identity number")),
    "ethnic_group": (WHO, _("Ethnic group")),
    "hukou_place": (WHO, _("Home place (hukou)")),
    "arrived_on": (WHO, _("Came here")),
    "phone": (CONTACT, _("Phone")),
    "wechat": (CONTACT, _("WeChat")),
    "current_place": (CONTACT, _("Lives in")),
    "address": (CONTACT, _("Address")),
    "reach_when": (CONTACT, _("Best time")),
    "safe_to_message": (CONTACT, _("Messages may be sent")),
    "school": (LIFE, _("School")),
    "grade": (LIFE, _("Grade")),
    "education": (LIFE, _("Education")),
    "employment": (LIFE, _("Work at present")),
    "occupation": (LIFE, _("Occupation")),
    "marriage": (LIFE, _("Marriage")),
    "political_status": (LIFE, _("Political status")),
    "economic_state": (LIFE, _("Means of living")),
    "health_note": (HEALTH, _("Health")),
    "disability_kind": (HEALTH, _("Disability")),
    "disability_grade": (HEALTH, _("Grade of disability (1 to 4)")),
    "tags": (LIFE, _("Key words")),
}
CODE_LISTS = {"ethnic_group", "education", "marriage", "political_status"}
PRECISIONS = {"born_on": "born_precision", "arrived_on": "arrived_precision"}

WITHHELD: dict[str, tuple[Promise, Promise]] = {
    "notes": (
        _("Notes that colleagues write freely, also on services"),
        _("They may speak of other people, or are the colleague's own thoughts. You can ask to have them explained."),
    ),
    "others": (
        _("What is known of your household as a whole, and of others in your family or group"),
        _("It is theirs. Each of them can look at their own."),
    ),
    "reporters": (
        _("Who told us of something"),
        _("Whoever speaks up for somebody in danger is protected; this holds whether anyone did or not."),
    ),
    "confided": (
        _("Goals they set, and what they answered to questions"),
        _("It was said to a worker in confidence and is theirs, also where they are a child."),
    ),
    "asked": (
        _("Part of what is recorded"),
        _("It cannot be shown on this page. Your social worker can talk about it with you."),
    ),
}
