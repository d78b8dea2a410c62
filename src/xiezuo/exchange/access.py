"""Who may see an import: the one who brought the file, and supervisors of the whole house."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.vocab import RowState
from xiezuo.orgs.access import Actor


def batches_for(actor: Actor) -> QuerySet[ImportBatch]:
    if not actor.does_casework:
        return ImportBatch.objects.none()
    if actor.everywhere and actor.supervises:
        return ImportBatch.objects.all()
    return ImportBatch.objects.filter(uploaded_by=actor.user)


def batch_for(actor: Actor, pk: int) -> ImportBatch:
    """One import the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    batch = batches_for(actor).filter(pk=pk).select_related("site", "uploaded_by").first()
    if batch is None:
        raise NotAllowed(_("This file was brought by a colleague, or there is no such import."))
    return batch


def rows_kept_aside(batch: ImportBatch) -> QuerySet[ImportedRow]:
    """Rows of an import the actor may see that were read and have no place in the house yet."""
    return ImportedRow.objects.filter(sheet__batch=batch, state=RowState.KEPT_ASIDE).select_related("sheet")
