"""A form that is sent twice is carried out once."""

import uuid
from datetime import timedelta

from django.db import transaction

from xiezuo.common.days import now
from xiezuo.forms.models import SentForm
from xiezuo.forms.packs import pack


def claim_sending(*, sender: str, key: uuid.UUID, opening: str) -> tuple[SentForm, bool]:
    """The row of this sending, and whether it is the first. Inside the transaction of what is being done: a second one
    that comes at the same moment waits here until the first has ended."""
    return SentForm.objects.get_or_create(sender=sender, key=key, defaults={"opening": opening})


def free_sending(sent: SentForm) -> None:
    """Nothing was carried out; the same form may be sent again."""
    sent.delete()


@transaction.atomic
def note_sent(sent: SentForm, address: str) -> None:
    """It was carried out, and the sender is led to `address`. What was noted long ago goes at this occasion."""
    sent.address = address
    sent.save(update_fields=["address"])
    SentForm.objects.filter(at__lt=now() - timedelta(days=pack("drafts-default")["sent"]["days"])).delete()
