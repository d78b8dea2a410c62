"""Files of a form: sent while it is written, looked at afterwards."""

import uuid

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.files import keep_file
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import file_of_form
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.evidence import SHOWN_IN_PAGE

HEARD_IN_PAGE = ("audio/",)


@page(STAFF)
@require_POST
def send(request: StaffRequest, key: uuid.UUID) -> JsonResponse:
    """Keep one file for the form with this key at once; answers with its number, or with what is wrong."""
    must_do_casework(request.actor)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"words": _("No file came. Send it once more.")}, status=422)
    try:
        held = keep_file(by=request.actor, key=key, content=file.read(), name=file.name or "")
    except RuleBroken as refusal:
        return JsonResponse({"words": str(refusal)}, status=422)
    return JsonResponse({"key": str(held.pk), "name": held.name})


@page(STAFF)
@require_safe
def fetch(request: StaffRequest, file: uuid.UUID) -> HttpResponseBase:
    """The file itself; only for those who may see its form. Never run, only shown or saved."""
    held = file_of_form(request.actor, file)
    shown = held.content_type in SHOWN_IN_PAGE or held.content_type.startswith(HEARD_IN_PAGE)
    response = FileResponse(
        held.file.open("rb"), filename=held.name, content_type=held.content_type, as_attachment=not shown
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
