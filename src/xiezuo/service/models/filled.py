"""What a filled form is about: a person, a household, a site, the service it recorded, the form it follows."""

from django.db import models

from xiezuo.forms.models import Submission
from xiezuo.orgs.models import Site
from xiezuo.people.models import Household, Person
from xiezuo.people.vocab import Section
from xiezuo.service.models.activity import Activity
from xiezuo.service.models.case import Case
from xiezuo.service.models.group import Group
from xiezuo.service.models.record import ServiceRecord


class FilledForm(models.Model):
    """`section`: the part of a person's file the form belongs to. `record`: the service record that it is, if it is one.
    `follows`: the earlier form it goes on from (a plan from an assessment). `case`, `group`, `activity`, `aid`: in what it
    was written."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="filled")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="filled_forms")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="filled_forms")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="filled_forms")
    record = models.OneToOneField(ServiceRecord, models.PROTECT, null=True, blank=True, related_name="filled_form")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="forms")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="forms")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="forms")
    aid = models.ForeignKey("service.Aid", models.PROTECT, null=True, blank=True, related_name="forms")
    section = models.CharField(max_length=16, choices=Section.choices)
    sensitive = models.BooleanField()

    class Meta:
        ordering = ["-id"]


class FormMention(models.Model):
    """Someone whom a filled form names in one of its answers, beside the person it is about."""

    filled = models.ForeignKey(FilledForm, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="form_mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filled", "person"], name="mention_once_per_form")]
