"""Where a group or an activity stands, as a sentence that says who does what next."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xiezuo.forms.packs import codes
from xiezuo.service.models import Activity, Group, YouthGroup
from xiezuo.service.turnout import Places
from xiezuo.service.vocab import ActivityState, GroupState, YouthGroupState
from xiezuo.web.base.words import day_words

OF_GROUP: dict[str, tuple[str, Promise]] = {
    GroupState.PLANNED: (
        "wait",
        gettext_lazy("Planned. A supervisor of the site who did not write the plan decides about it."),
    ),
    GroupState.APPROVED: ("wait", gettext_lazy("Agreed to. Say between which days it meets, and find its members.")),
    GroupState.RECRUITING: ("", gettext_lazy("Looking for members. It meets once its first session is written.")),
    GroupState.RUNNING: ("ok", gettext_lazy("Meeting. After the last session its report is written.")),
    GroupState.REPORTING: (
        "wait",
        gettext_lazy("The report is written. A supervisor agrees to it and closes the group."),
    ),
    GroupState.CLOSED: ("ok", gettext_lazy("Closed.")),
}
OF_ACTIVITY: dict[str, tuple[str, Promise]] = {
    ActivityState.PLANNED: (
        "wait",
        gettext_lazy("Planned. A supervisor of the site who did not write the plan decides about it."),
    ),
    ActivityState.APPROVED: ("wait", gettext_lazy("Agreed to. Open the sign-up, or note on the day who came.")),
    ActivityState.OPEN: ("ok", gettext_lazy("Open for sign-up.")),
    ActivityState.HELD: ("wait", gettext_lazy("Held. Its summary is still to be written.")),
    ActivityState.CANCELLED: ("late", gettext_lazy("Cancelled: counts nowhere.")),
    ActivityState.SUMMARISED: (
        "wait",
        gettext_lazy("The summary is written. A supervisor agrees to it and closes the activity."),
    ),
    ActivityState.CLOSED: ("ok", gettext_lazy("Closed.")),
}
OF_YOUTH_GROUP: dict[str, tuple[str, Promise]] = {
    YouthGroupState.PROPOSED: ("wait", gettext_lazy("An idea. A colleague forms the group with those who want it.")),
    YouthGroupState.FORMED: ("", gettext_lazy("Formed. It leads itself once one of its members takes it on.")),
    YouthGroupState.SELF_LED: ("ok", gettext_lazy("Leads itself.")),
    YouthGroupState.PAUSED: ("wait", gettext_lazy("Pauses.")),
    YouthGroupState.ENDED: ("", gettext_lazy("Ended.")),
}


def group_state(group: Group) -> tuple[str, str]:
    kind, words = OF_GROUP[group.state]
    return kind, str(words)


def activity_state(activity: Activity, places: Places | None = None) -> tuple[str, str]:
    kind, words = OF_ACTIVITY[activity.state]
    said = str(words)
    if activity.state == ActivityState.OPEN and places is not None:
        told = {"taken": places.taken, "quota": places.quota, "waiting": places.waiting}
        said = _("Open for sign-up: %(taken)s of %(quota)s places taken, %(waiting)s wait.") % told
    if activity.state == ActivityState.CANCELLED:
        said = f"{said} {activity.cancelled_why}"
    return kind, said


def youth_group_state(group: YouthGroup) -> tuple[str, str]:
    kind, words = OF_YOUTH_GROUP[group.state]
    return kind, str(words)


def code_words(code_list: str, code: str) -> str:
    """A code of a list of the packs in the language of whoever looks; the code itself where the list has it no more."""
    told = codes(code_list).get(code)
    if told is None:
        return code
    english = (get_language() or "").startswith("en")
    return str(told.get("en" if english else "zh") or code)


def days_words(group: Group) -> str:
    if group.first_on is None or group.last_on is None:
        return ""
    language = get_language()
    return f"{day_words(group.first_on, 'day', language)} – {day_words(group.last_on, 'day', language)}"
