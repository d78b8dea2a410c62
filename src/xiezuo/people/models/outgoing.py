"""What is to be told to someone outside the pages: a message that waits, was sent, or was not."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import ConsentPurpose, MessageChannel, NotSentWhy, OutgoingState, Section, ToldHow


class OutgoingMessage(models.Model):
    """One message to a person or to a colleague, in the words of a template of pack messages-default.

    `section`: the part of the person's file it belongs to; whoever reads it reads that part and how to reach them.
    `purpose`: SERVICE for what someone signed up for or agreed on, MESSAGE for what needs their consent to messages.
    `about` names what caused it, as table and id. `settled_by` is who told it by mouth or dropped it; a message that a
    carrier took, or refused, has nobody there.
    """

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="outgoing_messages")
    colleague = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="outgoing_messages")
    section = models.CharField(max_length=16, choices=Section.choices, blank=True)
    channel = models.CharField(max_length=8, choices=MessageChannel.choices)
    purpose = models.CharField(max_length=16, choices=ConsentPurpose.choices)
    template = models.CharField(max_length=40)
    pack_version = models.CharField(max_length=12)
    text = EncryptedTextField()
    about = models.CharField(max_length=40, blank=True)
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=OutgoingState.choices, default=OutgoingState.WAITING)
    why_not = models.CharField(max_length=12, choices=NotSentWhy.choices, blank=True)
    told_how = models.CharField(max_length=12, choices=ToldHow.choices, blank=True)
    caused_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "template": Privacy.INTERNAL,
        "pack_version": Privacy.INTERNAL,
        "text": Privacy.SENSITIVE,
        "about": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "-id"], name="outgoing_by_state"),
            models.Index(fields=["person", "-id"], name="outgoing_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, colleague__isnull=True) & ~Q(section="")
                | Q(person__isnull=True, colleague__isnull=False, section=""),
                name="outgoing_is_to_one",
            ),
            models.CheckConstraint(
                condition=Q(state=OutgoingState.NOT_SENT) & ~Q(why_not="")
                | ~Q(state=OutgoingState.NOT_SENT) & (Q(why_not="") | Q(state__in=["told", "dropped"])),
                name="outgoing_not_sent_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=OutgoingState.TOLD) ^ Q(told_how=""), name="outgoing_told_says_how"
            ),
            models.CheckConstraint(
                condition=Q(about="", about_id__isnull=True) | ~Q(about="") & Q(about_id__isnull=False),
                name="outgoing_about_names_a_row",
            ),
        ]


class MessageWish(models.Model):
    """Someone asked that messages name neither the organisation nor what they are about."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="message_wish")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)
