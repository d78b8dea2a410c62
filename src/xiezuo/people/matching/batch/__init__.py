"""A whole list of people, or everyone of the house, looked through for records of one human being.

Two stages, both weighed with what was learnt from lists in which it is known who is who (pack matching-weights): first two
records by themselves, then two groups of records with an eye on what all of them say and who else could be meant. Only
what is all but certain is put together; what deserves a human eye is proposed with its reasons.
"""

from xiezuo.people.matching.batch.grouping import grouped
from xiezuo.people.matching.batch.groups import Groups
from xiezuo.people.matching.batch.house import proposals_of_house
from xiezuo.people.matching.batch.proposals import Proposal, to_look_at, together
from xiezuo.people.matching.batch.record import Record, record_of
from xiezuo.people.matching.batch.training import train
from xiezuo.people.matching.batch.weights import Model, model_from, shipped_model

__all__ = [
    "Groups",
    "Model",
    "Proposal",
    "Record",
    "grouped",
    "model_from",
    "proposals_of_house",
    "record_of",
    "shipped_model",
    "to_look_at",
    "together",
    "train",
]
