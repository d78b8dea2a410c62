"""The gallery: every token, icon and component by name, in states as they occur."""

from datetime import time

from django.http import HttpResponse
from django.shortcuts import render

from xiezuo.web.base import gallery_pictures
from xiezuo.web.base import gallery_samples as samples
from xiezuo.web.base.gallery_form import SampleForm
from xiezuo.web.base.pages import STAFF, StaffRequest, page


@page(STAFF)
def gallery(request: StaffRequest) -> HttpResponse:
    facts = {
        "nav": "more",
        "tokens": samples.TOKENS,
        "icons": samples.icons(),
        "form": SampleForm(),
        "bad_form": SampleForm({"method": "visit", "place": "", "story": ""}),
        "tabs": samples.tabs(),
        "step_names": samples.step_names(),
        "line": samples.line(),
        "bands": samples.bands(),
        "family": samples.family(),
        "big_family": samples.big_family(),
        "alone": samples.alone(),
        "genogram": gallery_pictures.genogram(),
        "ecomap": gallery_pictures.ecomap(),
        "chart": samples.chart(),
        "one_bar": samples.one_bar(),
        "days": samples.days(),
        "first": samples.FIRST,
        "last": samples.LAST,
        "sheet": samples.sheet(),
        "sixty": samples.sixty(),
        "long_name": samples.LONG_NAME,
        "day": samples.LAST,
        "moment": time(9, 30),
    }
    return render(request, "base/gallery.html", facts)
