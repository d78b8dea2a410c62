"""What a large house has had much of: cases, groups and activities, told again for other people and earlier days."""

from xiezuo.demo.again.work import tell_again

__all__ = ["tell_again"]
