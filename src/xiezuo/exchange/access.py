"""Who may see an import: the one who brought the file, and supervisors of the whole house. Who takes lists out, who says
yes to them, and who sees what left."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.exchange.exports.purposes import rules as export_rules
from xiezuo.exchange.models import (
    Export,
    ExportedPerson,
    ImportBatch,
    ImportedRow,
    ImportedSheet,
    Layout,
    PossibleMatch,
    SharingAgreement,
)
from xiezuo.exchange.vocab import BatchState, ExportKind, RowState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import among, household_for, people_for, person_for
from xiezuo.people.models import Household, Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import Case


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
    seen = Q(person__isnull=True) | among(people_for(actor))
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
    forms = ImportedRow.objects.filter(record_type="case", state=RowState.ARRIVED, record__isnull=True)
    return forms.filter(sheet__batch__in=batches_for(actor))


def has_forms_waiting(actor: Actor) -> Exists:
    """For a query of people: whether an imported intake form of theirs waits that the actor may read."""
    return Exists(_forms(actor).filter(person=OuterRef("pk")))


def forms_waiting(actor: Actor, person: Person) -> QuerySet[ImportedRow]:
    """Imported intake forms of a person that the actor may read: those of imports they may see."""
    theirs = _forms(actor).filter(person=person).select_related("sheet__batch").order_by("id")
    return theirs.defer("values", "sheet__understanding")


def forms_brought(actor: Actor, case: Case) -> QuerySet[ImportedRow]:
    """The rows of sheets from which a case came, of imports the actor may see."""
    theirs = ImportedRow.objects.filter(record__filled_form__case=case, sheet__batch__in=batches_for(actor))
    return theirs.select_related("sheet__batch").defer("values", "sheet__understanding").order_by("id")


def kinds_to_export(actor: Actor) -> list[ExportKind]:
    """Of what the actor may take lists out (pack exports-default); nobody does while looking as another role."""
    who = export_rules()["who"]
    return [] if actor.watched else [kind for kind in ExportKind if actor.roles & {*who.get(kind, ())}]


def must_export(actor: Actor, kind: ExportKind) -> None:
    """Raises NotAllowed unless the actor's role takes such lists out."""
    if kind not in kinds_to_export(actor):
        raise NotAllowed(_("Your role takes no such list out of the house. A supervisor can, where it is needed."))


def household_to_bind(actor: Actor, pk: int) -> Household:
    """A household whose whole file the actor may ask for: the family part of its head's file is open to them. Raises
    NotAllowed, and SectionClosed where that part is closed."""
    household = household_for(actor, pk)
    person_for(actor, household.head_id, Section.FAMILY)
    return household


def decides_exports(actor: Actor) -> bool:
    return bool(actor.roles & {*export_rules()["who"]["decide"]})


def exports_to_decide(actor: Actor) -> QuerySet[Export]:
    """Lists of colleagues that the actor answers for: the director and whoever supervises everywhere all of them, a
    supervisor of a site those of that site. Never the actor's own."""
    asked = Export.objects.exclude(asked_by=actor.user).select_related("asked_by", "decided_by", "agreement", "site")
    if not decides_exports(actor) or actor.watched:
        return asked.none()
    if actor.directs or (StaffRole.SUPERVISOR, None) in actor.held:
        return asked
    return asked.filter(site__in=[site for role, site in actor.held if role == StaffRole.SUPERVISOR])


def own_exports(actor: Actor) -> QuerySet[Export]:
    return Export.objects.filter(asked_by=actor.user).select_related("decided_by", "agreement", "site", "asked_by")


def exports_told_to(actor: Actor) -> QuerySet[Export]:
    """Every list that left, without its rows, for whoever answers for data."""
    told = Export.objects.select_related("asked_by", "decided_by", "agreement", "site")
    return told if actor.keeps_data or actor.directs else told.none()


def export_for(actor: Actor, pk: int) -> Export:
    """One list, for whoever asked, decides or answers for data. Raises NotAllowed, the same whether it exists or not."""
    for found in (own_exports(actor), exports_to_decide(actor), exports_told_to(actor)):
        if export := found.filter(pk=pk).first():
            return export
    raise NotAllowed(_("This list is a colleague's, or there is no such list."))


def must_decide_export(actor: Actor, export: Export) -> None:
    """Raises NotAllowed unless the actor answers for the list; nobody does for their own."""
    if not exports_to_decide(actor).filter(pk=export.pk).exists():
        raise NotAllowed(_("A supervisor or the director answers this, and never who asked."))


def exports_of(actor: Actor, person: Person) -> QuerySet[Export]:
    """Lists in which a person stood and that were written, the latest first; whoever reads the person's log may know."""
    rows = people_for(actor).filter(pk=person.pk).values("pk")
    written = Export.objects.filter(written_at__isnull=False)
    stood = Q(people__person__in=rows) | Q(people__person__merged_into__in=rows)
    return written.filter(stood).select_related("asked_by").distinct().order_by("-pk")


def imports_told_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Every file that was taken in, by its name alone, for whoever answers for data."""
    taken = ImportBatch.objects.filter(state=BatchState.APPLIED)
    return taken if actor.keeps_data or actor.directs else taken.none()


def people_imported(actor: Actor, batch: ImportBatch) -> list[int]:
    """Ids of those whom the rows of a file tell of, for whoever answers for data when it went astray."""
    if not (actor.keeps_data or actor.directs):
        raise NotAllowed(_("Who stood in a list is told to whoever answers for data alone."))
    rows = ImportedRow.objects.filter(sheet__batch=batch, person__isnull=False)
    return list(rows.values_list("person_id", flat=True).distinct())


def people_exported(actor: Actor, export: Export) -> list[int]:
    """Ids of those who stood in a list, for whoever answers for data when it went astray."""
    if not (actor.keeps_data or actor.directs):
        raise NotAllowed(_("Who stood in a list is told to whoever answers for data alone."))
    return list(ExportedPerson.objects.filter(export=export).values_list("person_id", flat=True))


def shares_data(actor: Actor) -> bool:
    """May write down what is agreed with others: supervisors, the director, and whoever keeps data."""
    return actor.supervises or actor.directs or actor.keeps_data


def must_agree_sharing(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may write an agreement down."""
    if not shares_data(actor) or actor.watched:
        raise NotAllowed(_("A supervisor, the director or whoever keeps data writes agreements down. Ask one of them."))


def agreements_for(actor: Actor) -> QuerySet[SharingAgreement]:
    """Agreements are internal: everyone who takes lists out or answers for data sees them. `times`: lists that left."""
    seen = SharingAgreement.objects.annotate(times=Count("exports", filter=Q(exports__written_at__isnull=False)))
    return seen if kinds_to_export(actor) or shares_data(actor) else seen.none()


def agreement_for(actor: Actor, pk: int) -> SharingAgreement:
    found = agreements_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such agreement, or it is not open to you."))
    return found
