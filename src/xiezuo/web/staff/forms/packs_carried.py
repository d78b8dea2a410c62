"""Packs that leave as a signed file and packs that come; a signer nobody knows is asked about."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.workshop.access import must, signer_for, signers_for
from xiezuo.forms.workshop.actions import end_trust, export_pack, import_pack
from xiezuo.forms.workshop.actions.carrying import is_ours, open_parcel, other_keys_of, our_fingerprint, signer_of
from xiezuo.forms.workshop.parcels import MOST_BYTES, SUFFIX
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.packs import title_of, version_of


@page(STAFF)
@require_POST
def send(request: StaffRequest, name: str) -> HttpResponse:
    """One version as a signed file."""
    held = version_of(name, request.POST.get("version", ""))
    response = HttpResponse(export_pack(by=request.actor, of=held), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{held.pack_id}-{held.version}{SUFFIX}"'
    return response


@page(STAFF)
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """Take a signed file in. The first time a signer is met, their fingerprint is compared and the file sent again."""
    must(request.actor, "import")
    what: dict[str, object] = {
        "ours": our_fingerprint(),
        "signers": signers_for(request.actor).select_related("trusted_by"),
        "suffix": SUFFIX,
        "nav": "packs",
    }
    if request.method == "POST":
        try:
            return _brought(request, what)
        except RuleBroken as refusal:
            what["refused"] = str(refusal)
            return render(request, "staff/forms/pack_import.html", what, status=422)
    return render(request, "staff/forms/pack_import.html", what)


def _brought(request: StaffRequest, what: dict[str, object]) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise RuleBroken("forms.pack.no_file", _("Choose a file first."))
    content = file.read(MOST_BYTES + 1)
    parcel = open_parcel(content)
    known = is_ours(parcel) or signer_of(parcel) is not None
    trust = bool(request.POST.get("trust")) and request.POST.get("fingerprint") == parcel.fingerprint
    if not known and not trust:
        told = {"parcel": parcel, "title": title_of(parcel.body), "other_key": other_keys_of(parcel)}
        return render(request, "staff/forms/pack_import.html", what | told)
    edition = import_pack(by=request.actor, content=content, trust=trust)
    messages.success(request, _("Taken in as a draft. Read it as a whole; then a colleague publishes it."))
    return redirect("pack_draft", pk=edition.pk)


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """A signer's packs are asked about again from now on."""
    end_trust(by=request.actor, signer=signer_for(request.actor, pk))
    messages.success(request, _("Written down."))
    return redirect("import_pack")
