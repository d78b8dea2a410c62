"""Looking through the house in the background. Ids in, an action called."""

from django_tasks import task

from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.access import must_supervise
from xiezuo.people.actions import look_for_duplicates


@task()
def look_through(user_id: int) -> None:
    """Compare everyone with whom this colleague works; the pairs worth looking at wait in the queue."""
    look_for_duplicates(by=actor_for(User.objects.get(pk=user_id)))


def look_in_background(*, by: Actor) -> None:
    """Have the house looked through; raises NotAllowed at once for someone who may not."""
    must_supervise(by)
    look_through.enqueue(by.id)
