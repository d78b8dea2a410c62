"""Private notes: written and read by their author alone; whoever else asks is answered as if there were none."""

from datetime import datetime

from django.db import transaction

from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.access import record_for
from xiezuo.service.models import PrivateNote, ServiceRecord

BY_AUTHOR = "nobody but the author reads and writes it"


def private_note_of(actor: Actor, record: ServiceRecord) -> str:
    """What the actor wrote for themselves on the record; empty where they wrote nothing."""
    with opened("service.PrivateNote", why=BY_AUTHOR):
        note = PrivateNote.objects.filter(record=record, author=actor.user).first()
        return str(note.text) if note else ""


@transaction.atomic
def write_private_note(*, by: Actor, record: ServiceRecord, text: str, at: datetime) -> None:
    """Keep the actor's own note on a record they may read; an empty text takes it away. The event tells nobody what it is
    about but its own number."""
    record = record_for(by, record.pk)
    kept = text.replace("\r\n", "\n").strip()
    with opened("service.PrivateNote", why=BY_AUTHOR):
        own = PrivateNote.objects.filter(record=record, author=by.user)
        if not kept:
            own.delete()
            return
        note, _new = PrivateNote.objects.update_or_create(
            record=record, author=by.user, defaults={"text": kept, "written_at": at}
        )
    happened("service.note.kept", note, by_id=by.id)
