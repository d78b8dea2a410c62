"""Long work in the background: looking through the house, carrying out a destruction. Ids in, an action called."""

from datetime import date

from django_tasks import task

from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.access import must_supervise
from xiezuo.people.actions import begin_destruction, carry_out, look_for_duplicates
from xiezuo.people.models import Destruction


@task()
def look_through(user_id: int) -> None:
    """Compare everyone with whom this colleague works; the pairs worth looking at wait in the queue."""
    look_for_duplicates(by=actor_for(User.objects.get(pk=user_id)))


def look_in_background(*, by: Actor) -> None:
    """Have the house looked through; raises NotAllowed at once for someone who may not."""
    must_supervise(by)
    look_through.enqueue(by.id)


@task()
def carry_out_now(destruction_id: int, on: str) -> None:
    """Do what was approved and begun."""
    carry_out(destruction=Destruction.objects.get(pk=destruction_id), on=date.fromisoformat(on))


def carry_out_in_background(*, by: Actor, destruction: Destruction, on: date) -> None:
    """Begin an approved destruction and have it carried out; raises at once what stands in the way."""
    begin_destruction(by=by, destruction=destruction)
    carry_out_now.enqueue(destruction.pk, on.isoformat())
