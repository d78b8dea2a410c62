from xiezuo.common.models.event import Event, EventHead

__all__ = ["Event", "EventHead"]
