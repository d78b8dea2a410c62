"""What ties someone to what stands around them, as a worker sees it: for the ecomap."""

from django.db import models

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models import Person
from xiezuo.service.vocab import EcoPart, TieFlow, TieKind


class EcoTie(models.Model):
    """`other`: someone registered; `source`: something else the house records ("school", "group:12"); `name`: what the
    house has no row of. One of the three. A later word about the same thing takes the place of an earlier one."""

    behind_wall = True

    person = models.ForeignKey(Person, models.PROTECT, related_name="eco_ties")
    part = models.CharField(max_length=12, choices=EcoPart.choices)
    other = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="eco_ties_to")
    source = models.CharField(max_length=40, blank=True)
    name = EncryptedTextField()
    kind = models.CharField(max_length=8, choices=TieKind.choices, default=TieKind.PLAIN)
    flow = models.CharField(max_length=8, choices=TieFlow.choices, default=TieFlow.NONE)
    note = EncryptedTextField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_on = models.DateField()

    privacy = {"source": Privacy.INTERNAL, "name": Privacy.SENSITIVE, "note": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
