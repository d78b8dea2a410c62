"""Which marks of someone belong to which part of their file: each a sign of the text that stands nowhere else."""

from tests.walk.planned import TOLD
from xiezuo.people.vocab import Section

SAID = {
    Section.NAME: ("名",),
    Section.CONTACT: ("址", "微", "校"),
    Section.SENSITIVE: ("病", "注", "况", "需"),
    Section.FAMILY: ("监", "接"),
    Section.GROWTH: ("长", "语"),
    Section.CONSENT: ("限",),
    Section.CASE: tuple("访原步据标量先待谈转系交劳证案会手由"),
} | TOLD
