"""A service of the story in the words of the action that records it."""

from collections.abc import Mapping

from xiezuo.demo.clock import evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.plan.deeds import Service, Someone
from xiezuo.service.actions import Helping, ServiceFacts, Taking
from xiezuo.service.models import Series
from xiezuo.service.vocab import AgeGroup, Method, ParticipationMode

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED


class ServiceWords:
    """Gives the facts of a service, with the series it belongs to."""

    def __init__(self, house: DemoHouse) -> None:
        self.house = house
        self._series: dict[tuple[str, str, int], Series] = {}

    def facts(self, service: Service, site: int, ids: Mapping[Someone, int]) -> ServiceFacts:
        """`ids` gives the id under which someone was written down."""
        return ServiceFacts(
            written_at=evening(service.on),
            method=service.method,
            service_date=service.on,
            site=self.house.sites[site],
            service_line=service.line,
            title=service.title,
            starts_at=service.starts_at,
            minutes=service.minutes,
            note=service.note,
            own_words=service.own_words,
            series=self._series_of(service, site),
            projects=[self.house.projects[number] for number in service.projects],
            staff=[self.house.supervisor.user] if service.method == Method.VISIT else [],
            next_step=service.next_step,
            next_on=service.next_on,
            taking=[
                *(Taking(mode=NAMED, person=ids[someone], role=role) for someone, role in service.named),
                *(Taking(mode=LISTED, label=label) for label in service.listed),
                *(Taking(mode=COUNTED, count=count, age=AgeGroup(age)) for count, age in service.counted),
            ],
            helping=[Helping(person=ids[someone], minutes=minutes) for someone, minutes in service.helping],
        )

    def _series_of(self, service: Service, site: int) -> Series | None:
        if service.series is None:
            return None
        key = service.series, service.title, site
        if key not in self._series:
            self._series[key] = Series.objects.create(
                kind=service.series, name=service.title, site=self.house.sites[site]
            )
        return self._series[key]
