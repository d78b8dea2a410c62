"""A secret address under which a calendar outside the house asks what kind of work is due."""

from django.db import models

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models.user import User


class CalendarAddress(models.Model):
    """One to a login, of which only the digest is kept. A new one takes the place of the one before."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)

    privacy = {"digest": Privacy.AUTHOR_ONLY}
