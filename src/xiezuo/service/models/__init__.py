from xiezuo.service.models.participation import Participation, VolunteerPart
from xiezuo.service.models.record import Evidence, SerialCounter, Series, ServiceRecord

__all__ = ["Evidence", "Participation", "SerialCounter", "Series", "ServiceRecord", "VolunteerPart"]
