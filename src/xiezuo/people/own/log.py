"""What happened to the record of someone, under whichever row they were written down."""

from django.db.models import Q, QuerySet

from xiezuo.common.models import Event
from xiezuo.orgs.models import User
from xiezuo.people.models import Person


def rows_of(person: Person) -> list[int]:
    """Ids of every row that stands or stood for this human."""
    return list(Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).values_list("pk", flat=True))


def events_of(person: Person) -> QuerySet[Event]:
    return Event.objects.filter(subject="people.person", subject_id__in=rows_of(person)).order_by("-id")


def names_of(ids: set[int | None]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "name"))
