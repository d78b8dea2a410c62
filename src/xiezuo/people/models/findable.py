"""The words by which a person is found."""

from django.db import models

from xiezuo.common.privacy import Privacy
from xiezuo.people.models.person import Person


class Findable(models.Model):
    """One row for each person, written by the transaction that saves the person, their name or their ties.

    Both columns hold tokens of `people.finding.words` between single spaces: `names` those of the names one goes by,
    `beside` those of phone, identity number (keyed digests), family and places. The database keeps its own full-text
    index of them (see `people.finding.engine`), on SQLite by triggers: a migration that alters this table makes them anew.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="findable")
    names = models.TextField()
    beside = models.TextField()

    privacy = {"names": Privacy.PERSONAL, "beside": Privacy.PERSONAL}
