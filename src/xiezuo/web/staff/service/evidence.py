"""Files bound to a record."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiezuo.common.errors import RuleBroken
from xiezuo.service.access import evidence_for, record_for
from xiezuo.service.evidence import add_evidence
from xiezuo.web.base.pages import STAFF, StaffRequest, page

SHOWN_IN_PAGE = {"image/jpeg", "image/png", "image/webp", "application/pdf"}


@page(STAFF)
@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    record = record_for(request.actor, pk)
    for file in request.FILES.getlist("file"):
        assert isinstance(file, UploadedFile)
        try:
            caption = request.POST.get("caption", "")
            add_evidence(by=request.actor, record=record, content=file.read(), name=file.name or "", caption=caption)
            messages.success(request, _("Added: %(name)s.") % {"name": file.name})
        except RuleBroken as refusal:
            messages.warning(request, f"{file.name}: {refusal}")
    return redirect("service_record", pk=pk)


@page(STAFF)
def fetch(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The file itself; only for those who may see its record. Never run, only shown or saved."""
    evidence = evidence_for(request.actor, pk)
    response = FileResponse(
        evidence.file.open("rb"),
        filename=evidence.name,
        content_type=evidence.content_type,
        as_attachment=evidence.content_type not in SHOWN_IN_PAGE,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
