"""Sample pictures for the gallery: a family in three generations, and what stands around it."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.service.vocab import EcoPart
from xiezuo.web.base.pictures import ecomap as ecomaps
from xiezuo.web.base.pictures import genogram as genograms
from xiezuo.web.base.pictures.ecomap import Around, Ecomap
from xiezuo.web.base.pictures.genogram import Genogram, Member
from xiezuo.web.base.pictures.tree import Family


def genogram() -> SafeString:
    people = [
        Member(1, "李桂英", 0, "female", age="74"),
        Member(2, "王德福", 0, "male", died=True),
        Member(3, "赵强", 1, "male", age="44"),
        Member(4, "王素芬", 1, "female", is_self=True, lives_here=True, age="42"),
        Member(5, "张建国", 1, "male", lives_here=True, age="40"),
        Member(6, "赵小军", 2, "male", age="18"),
        Member(7, "张小宇", 2, "male", lives_here=True, age="11"),
        Member(8, "小妹", 2, "unknown", lives_here=True, age="0"),
    ]
    children: list[tuple[tuple[int, ...], int]] = [((1, 2), 4), ((3, 4), 6), ((4, 5), 7), ((4, 5), 8)]
    family = Family([*people], couples=[(1, 2), (4, 5), (3, 4)], children=children)
    return genograms.svg(Genogram(family, {(3, 4): "divorced"}), _("Genogram; the list below says the same"))


def ecomap() -> SafeString:
    around = [
        Around("李桂英", EcoPart.FAMILY.label, "strong", "both"),
        Around("对门刘大姐", EcoPart.FAMILY.label, "strong", "towards"),
        Around("皮村小学", "", "plain"),
        Around("房东", "", "strained", "away"),
        Around("老乡微信群", "", "weak"),
        Around("北京市朝阳区妇幼保健院心理门诊", "", "plain", "towards"),
    ]
    drawn = Ecomap("王素芬", ("张建国", "张小宇", "小妹"), around)
    return ecomaps.svg(drawn, _("Ecomap; the list below says the same"))
