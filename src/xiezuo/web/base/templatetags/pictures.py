"""Tags for the pictures. Each takes one value built by the page's view."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.web.base.pictures import bands as bands_of
from xiezuo.web.base.pictures import bars as bars_of
from xiezuo.web.base.pictures import heat as heat_of
from xiezuo.web.base.pictures import meter as meter_of
from xiezuo.web.base.pictures import tree as tree_of
from xiezuo.web.base.words import yuan_words

register = template.Library()
TEMPLATES = "base/components"


@register.inclusion_tag(f"{TEMPLATES}/bands.html")
def bands(drawn: bands_of.Bands) -> dict[str, object]:
    """`{% bands bands %}`: roles over the years."""
    rows = [(row, bands_of.svg(drawn, row)) for row in drawn.rows]
    return {"rows": rows, "years": drawn.years()}


@register.inclusion_tag(f"{TEMPLATES}/bars.html")
def bars(chart: bars_of.BarChart) -> dict[str, object]:
    """`{% bars chart %}`: the picture; put `{% bars_table chart %}` beside it."""
    return {"chart": chart, "svg": bars_of.svg(chart), "marks": bars_of.marks(chart)}


@register.inclusion_tag(f"{TEMPLATES}/bars_table.html")
def bars_table(chart: bars_of.BarChart) -> dict[str, object]:
    return {"chart": chart}


@register.inclusion_tag(f"{TEMPLATES}/meter.html")
def meter(whole: Decimal | int, promised: Decimal | int, paid: Decimal | int) -> dict[str, object]:
    """`{% meter whole promised paid %}`: yuan of a gift; the figures stand below the picture."""
    left = whole - promised - paid
    told = {"whole": whole, "promised": promised, "paid": paid, "left": left}
    shown = {name: yuan_words(amount) for name, amount in told.items()}
    words = _("%(left)s of %(whole)s yuan are left") % shown
    return {**shown, "svg": meter_of.svg(Decimal(paid), Decimal(promised), Decimal(whole), words)}


@register.inclusion_tag(f"{TEMPLATES}/heat.html")
def heat(counts: dict[date, int], first: date, last: date) -> dict[str, object]:
    """`{% heat counts first last %}`: days by how many came, with the sums of the months below."""
    drawn = heat_of.svg(counts, first, last, get_language() or "")
    return {"svg": drawn, "months": heat_of.by_month(counts)}


@register.inclusion_tag(f"{TEMPLATES}/tree.html")
def tree(family: tree_of.Family) -> dict[str, object]:
    """`{% tree family %}`: the household and who belongs to it."""
    return {"svg": tree_of.svg(family)}
