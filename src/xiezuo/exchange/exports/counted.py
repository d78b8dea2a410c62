"""What the yearly audit of children's data counts of lists that left."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from xiezuo.exchange.models import Export


def exports_with_minors(from_on: date, to_on: date) -> int:
    """Lists with someone under 18 in them that were written in the period."""
    first = timezone.make_aware(datetime.combine(from_on, time.min))
    last = timezone.make_aware(datetime.combine(to_on + timedelta(days=1), time.min))
    return Export.objects.filter(minors__gt=0, written_at__gte=first, written_at__lt=last).count()
