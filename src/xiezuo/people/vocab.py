"""Choice words about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("not known")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    NOT_STATED = "9", _("not stated")


class BornPrecision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    GUESS = "guess", _("guess")
    LUNAR = "lunar", _("lunar calendar")


class IdType(models.TextChoices):
    RESIDENT_ID = "resident_id", _("resident identity card")
    HOUSEHOLD_BOOK = "household_book", _("household book")
    BIRTH_CERTIFICATE = "birth_certificate", _("birth certificate")
    RESIDENCE_PERMIT = "residence_permit", _("residence permit")
    HMT_PERMIT = "hmt_permit", _("Hong Kong, Macau and Taiwan residence permit")
    TRAVEL_PERMIT = "travel_permit", _("travel permit")
    PASSPORT = "passport", _("passport")
    FOREIGN_PR = "foreign_pr", _("permanent residence card for foreigners")
    NONE = "none", pgettext_lazy("identity document", "none")


class Relation(models.TextChoices):
    """To the head of the household, or between two persons."""

    SELF = "self", pgettext_lazy("relation", "self")
    SPOUSE = "spouse", _("spouse")
    CHILD = "child", _("child")
    PARENT = "parent", _("parent")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("sibling")
    CARER = "carer", _("carer")
    GUARDIAN = "guardian", _("guardian")
    OTHER = "other", pgettext_lazy("relation", "other")


class Role(models.TextChoices):
    """What someone is to the organisation for a time. Several may hold at once."""

    HELP_SEEKER = "help_seeker", _("help-seeker")
    SERVICE_USER = "service_user", _("service user")
    VISITOR = "visitor", _("visitor")
    PARTICIPANT = "participant", _("participant")
    MEMBER = "member", _("member")
    VOLUNTEER = "volunteer", _("volunteer")
    CORE_VOLUNTEER = "core_volunteer", _("core volunteer")
    ORGANISER = "organiser", _("organiser")
    COLLEAGUE = "colleague", _("colleague")


class JourneyStep(models.TextChoices):
    """Both ways: what rests may begin again."""

    BEGINS = "begins", _("begins")
    RESTS = "rests", _("rests")


class DatedFact(models.TextChoices):
    """What of a person or household changes over the years, and is kept when it does."""

    FULL_NAME = "full_name", _("full name")
    NICKNAME = "nickname", _("nickname")
    PHONE = "phone", _("phone")
    WECHAT = "wechat", _("WeChat")
    CURRENT_PLACE = "current_place", _("place of living")
    ADDRESS = "address", _("address")
    SCHOOL = "school", _("school")


class NoAnswer(models.TextChoices):
    """Why nothing stands where something could. Nothing said here means that nobody has asked."""

    UNKNOWN = "unknown", _("they do not know")
    DECLINED = "declined", _("they would rather not say")


class GuardianBasis(models.TextChoices):
    """Civil Code of China, articles 27 and 28, 29, 30, 31 and 32, 33."""

    STATUTORY = "statutory", _("parent or next of kin by law")
    WILL = "will", _("named in a parent's will")
    AGREEMENT = "agreement", _("agreed among the relatives")
    APPOINTED = "appointed", _("appointed by committee, civil affairs or court")
    CHOSEN = "chosen", _("chosen by the adult in advance")


class Disability(models.TextChoices):
    SIGHT = "sight", _("sight")
    HEARING = "hearing", _("hearing")
    SPEECH = "speech", _("speech")
    LIMB = "limb", _("limbs")
    INTELLECT = "intellect", _("intellect")
    MENTAL = "mental", _("mental")
    MULTIPLE = "multiple", _("multiple")


class AssignedFor(models.TextChoices):
    """Why someone, or a site, works with a person."""

    REGISTERED = "registered", _("registered here")
    SERVED = "served", _("served here")
    IMPORTED = "imported", _("in an imported sheet")
    CASE_TEAM = "case_team", _("case team")


class CameFrom(models.TextChoices):
    RECORDED = "recorded", _("written down by staff")
    IMPORTED = "imported", _("from an imported sheet")


class ConsentPurpose(models.TextChoices):
    SERVICE = "service", _("receiving service")
    RESEARCH = "research", _("research")
    PORTRAIT = "portrait", _("pictures of me")
    STORY = "story", _("telling my story")
    WORK_USE = "work_use", _("use of a work")
    SHARE_ORG = "share_org", _("passing on to another organisation")
    PUBLISH = "publish", _("publishing")
    MESSAGE = "message", _("messages to me")
    CROSS_BORDER = "cross_border", _("sending abroad")
    CHILD_ACCOUNT = "child_account", _("an account for a child")


class ConsentState(models.TextChoices):
    NOT_ASKED = "not_asked", _("not asked yet")
    ASKED = "asked", _("asked, no answer yet")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Assent(models.TextChoices):
    """What a child says of it, beside the guardian's word."""

    YES = "yes", pgettext_lazy("a child's word", "yes")
    NO = "no", pgettext_lazy("a child's word", "no")
    TOO_YOUNG = "too_young", _("too young to be asked")


class Withhold(models.TextChoices):
    """Why someone may not be told."""

    FEAR_OF_HARM = "fear_of_harm", _("harm is feared")
    TELLS_SELF = "tells_self", _("the person tells them")
    OTHER = "other", pgettext_lazy("reason", "other")


class ConsentWay(models.TextChoices):
    SIGNED = "signed", _("signed")
    VERBAL = "verbal", _("verbal")
    DIGITAL = "digital", _("digital")


class RowChange(models.TextChoices):
    """What a merge did to a row."""

    MOVED = "moved", _("moved")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class DuplicateState(models.TextChoices):
    """What someone decided about two rows that may be one human."""

    OPEN = "open", pgettext_lazy("two records", "nobody has looked yet")
    SAME = "same", pgettext_lazy("two records", "the same person")
    DIFFERENT = "different", pgettext_lazy("two records", "two people")
    UNSURE = "unsure", pgettext_lazy("two records", "not sure")


class Section(models.TextChoices):
    """A part of a person's file that is open or closed as a whole."""

    NAME = "name", _("who they are")
    CONTACT = "contact", _("how to reach them")
    SENSITIVE = "sensitive", _("health, papers and how they get by")
    FAMILY = "family", _("household and family")
    SERVICES = "services", _("services received")
    CASE = "case", pgettext_lazy("part of a file", "case work")
    GROWTH = "growth", _("growth path")
    CONSENT = "consent", _("consent")
    VOLUNTEERING = "volunteering", _("volunteering")
    READERS = "readers", _("who works with them, who looked")


class TiedBy(models.TextChoices):
    """What ties someone who looks to a person; each may open other parts of the file."""

    HOUSE = "house", _("works at all sites")
    SITE = "site", _("works at a site where they come")
    ASSIGNED = "assigned", _("is named as working with them")
    GRANTED = "granted", _("has an approval for a time")
    VOLUNTEER = "volunteer", _("looks after volunteers where they help")


class AccessKind(models.TextChoices):
    ORDINARY = "ordinary", _("asked for")
    EMERGENCY = "emergency", _("opened in an emergency")


class AccessState(models.TextChoices):
    """Of a request to read someone's file."""

    ASKED = "asked", pgettext_lazy("request", "waiting for an answer")
    APPROVED = "approved", pgettext_lazy("request", "open for a time")
    REFUSED = "refused", pgettext_lazy("request", "refused")
    ENDED = "ended", pgettext_lazy("request", "ended early")


class DataRequestKind(models.TextChoices):
    """What someone may ask about their own data (F04; PIPL 44 to 50)."""

    VIEW = "view", _("look at it")
    COPY = "copy", _("a copy of it")
    CORRECT = "correct", _("correct something")
    COMPLETE = "complete", _("add something")
    DELETE = "delete", _("delete it")
    RESTRICT = "restrict", _("let it rest")
    MOVE = "move", _("hand it to another organisation")
    CLOSE = "close", _("end everything here")
    EXPLAIN = "explain", _("have something explained")


class RequestState(models.TextChoices):
    """Where a request stands; the last three are answers."""

    OPEN = "open", pgettext_lazy("a request", "open")
    WAITING = "waiting", _("waiting for destruction")
    DONE = "done", pgettext_lazy("a request", "done")
    PARTLY = "partly", _("partly done")
    REFUSED = "refused", pgettext_lazy("a request", "refused")


class CheckResult(models.TextChoices):
    """What a background check found; never more than this."""

    CLEAR = "clear", _("nothing on record")
    HIT = "hit", _("on record")
    PENDING = "pending", _("answer pending")


class RetentionStart(models.TextChoices):
    """From when a period of keeping counts."""

    CLOSED = "closed", _("closing")
    LAST_CONTACT = "last_contact", _("last contact")
    CREATED = "created", _("the day it was made")
    AGE_18 = "age_18", _("18th birthday")
    CONTRACT_END = "contract_end", _("end of the agreement")


class DestroyWay(models.TextChoices):
    ERASE = "erase", _("deleted")
    SHRED = "shred", _("deleted, and the papers shredded")
    ANONYMISE = "anonymise", _("made anonymous; what counts stays")


class DestructionWhy(models.TextChoices):
    OVER = "over", _("the period is over")
    ASKED = "asked", _("the person asked for it")


class DestructionState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    DOING = "doing", _("being carried out")
    DONE = "done", _("carried out")
    DROPPED = "dropped", _("not carried out")


class ItemOutcome(models.TextChoices):
    """What became of one line of the list."""

    WAITING = "waiting", pgettext_lazy("destruction", "waiting")
    DONE = "done", pgettext_lazy("destruction", "done")
    HELD = "held", _("put on hold meanwhile")
    RETURNED = "returned", _("no longer due: something was written since")
    GONE = "gone", _("was no longer there")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


class MessageChannel(models.TextChoices):
    """How a message should reach someone; which of them this house can use depends on its carriers."""

    SMS = "sms", _("text message")
    WECHAT = "wechat", pgettext_lazy("channel", "WeChat")
    HOUSE = "house", _("on the pages here")


class OutgoingState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("message", "waiting")
    SENT = "sent", pgettext_lazy("message", "sent")
    FAILED = "failed", pgettext_lazy("message", "could not be sent")
    NOT_SENT = "not_sent", pgettext_lazy("message", "not to be sent")
    TOLD = "told", pgettext_lazy("message", "told by someone")
    DROPPED = "dropped", pgettext_lazy("message", "dropped")


class NotSentWhy(models.TextChoices):
    """Why a message must not go to someone."""

    NOT_SAFE = "not_safe", _("messages to them are not safe")
    RESTING = "resting", _("their record rests")
    GUARDIAN = "guardian", _("they are under 14: tell their guardian")
    NO_CONSENT = "no_consent", _("they did not agree to messages of this kind")
    NO_WAY = "no_way", _("nothing is written down by which it could reach them")


class ToldHow(models.TextChoices):
    PHONE = "phone", pgettext_lazy("told", "by telephone")
    IN_PERSON = "in_person", _("in person")
    READ = "read", _("read here")
