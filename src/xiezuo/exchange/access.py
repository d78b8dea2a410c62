"""Who may see an import: the one who brought the file, and supervisors of the whole house."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.exchange.models import ImportBatch, ImportedRow, ImportedSheet, Layout, PossibleMatch
from xiezuo.exchange.vocab import RowState
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.models import Person


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


def sheet_for(actor: Actor, pk: int, position: int) -> ImportedSheet:
    """One sheet of an import the actor may see. Raises NotAllowed like `batch_for`."""
    sheet = batch_for(actor, pk).sheets.filter(position=position).select_related("batch").first()
    if sheet is None:
        raise NotAllowed(_("There is no such sheet in this file."))
    return sheet


def layouts_for(actor: Actor) -> QuerySet[Layout]:
    """The layouts that are followed: those who bring files share them, since they hold headings and no data."""
    followed = Layout.objects.filter(retired_at__isnull=True).select_related("by")
    return followed if actor.does_casework else followed.none()


def layout_for(actor: Actor, pk: int) -> Layout:
    layout = layouts_for(actor).filter(pk=pk).first()
    if layout is None:
        raise NotAllowed(_("There is no such layout, or it is not followed any more."))
    return layout


def layouts_by_uid(uids: set[str]) -> dict[str, Layout]:
    """Layouts that files an actor may see were read by, also such as are not followed any more."""
    return {layout.uid: layout for layout in Layout.objects.filter(uid__in=uids).select_related("by")} if uids else {}


def rows_kept_aside(batch: ImportBatch) -> QuerySet[ImportedRow]:
    """Rows of an import the actor may see that were read and have no place in the house yet."""
    return ImportedRow.objects.filter(sheet__batch=batch, state=RowState.KEPT_ASIDE).select_related("sheet")


def rows_of(batch: ImportBatch) -> QuerySet[ImportedRow]:
    """Every row of an import the actor may see."""
    return ImportedRow.objects.filter(sheet__batch=batch).select_related("sheet")


def matches_for(actor: Actor, batch: ImportBatch) -> QuerySet[PossibleMatch]:
    """Who the rows of an import may be, as far as the actor works with those proposed."""
    seen = Q(person__isnull=True) | Q(person__in=people_for(actor).values("pk"))
    matches = PossibleMatch.objects.filter(seen, row__sheet__batch=batch)
    with_sheets = matches.select_related("row__sheet", "earlier__sheet", "person")
    return with_sheets.defer("row__sheet__understanding", "earlier__sheet__understanding")


def only_matches_for(actor: Actor, batch: ImportBatch) -> QuerySet[PossibleMatch]:
    """Those whose row may be nobody else: they can be answered for as a group."""
    others = PossibleMatch.objects.filter(row=OuterRef("row")).exclude(pk=OuterRef("pk"))
    return matches_for(actor, batch).filter(~Exists(others))


def match_for(actor: Actor, batch: ImportBatch, pk: int) -> PossibleMatch:
    """One of them. Raises NotAllowed with the same words whether it exists or not."""
    match = matches_for(actor, batch).filter(pk=pk).first()
    if match is None:
        raise NotAllowed(_("You do not work with the person proposed here. A supervisor can answer."))
    return match


def _forms(actor: Actor) -> QuerySet[ImportedRow]:
    forms = ImportedRow.objects.filter(record_type="case", state=RowState.ARRIVED)
    return forms.filter(sheet__batch__in=batches_for(actor))


def has_forms_waiting(actor: Actor) -> Exists:
    """For a query of people: whether an imported intake form of theirs waits that the actor may read."""
    return Exists(_forms(actor).filter(person=OuterRef("pk")))


def forms_waiting(actor: Actor, person: Person) -> QuerySet[ImportedRow]:
    """Imported intake forms of a person that the actor may read: those of imports they may see."""
    theirs = _forms(actor).filter(person=person).select_related("sheet__batch").order_by("id")
    return theirs.defer("values", "sheet__understanding")
