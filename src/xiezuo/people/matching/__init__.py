"""Finding out whether someone is here already. It proposes with reasons and never merges.

Two descriptions of a human being (`Sketch`) are compared; what agrees and what differs is weighed as Fellegi and Sunter
(1969) do it, with the shares of pack matching-default. A `Pool` holds those who are known and finds the few worth
comparing.
"""

from xiezuo.people.matching.house import house_pool, sketch_of
from xiezuo.people.matching.pool import Alike, Pool
from xiezuo.people.matching.reasons import reason_words
from xiezuo.people.matching.sketch import Sketch

__all__ = ["Alike", "Pool", "Sketch", "house_pool", "reason_words", "sketch_of"]
