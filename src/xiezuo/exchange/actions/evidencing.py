"""The evidence pack of a project, in one press: figures with their rules, people without names, sign-in sheets, photos that may
be shown, and a page that says what is in it and what stays in the house."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.days import local, now
from xiezuo.common.events import happened
from xiezuo.exchange.actions.releasing import release_ledger
from xiezuo.exchange.evidence.aid import aid_table
from xiezuo.exchange.evidence.people import Someone, people_of
from xiezuo.exchange.evidence.photos import CANNOT_SAY, NO_CONSENT, NOBODY_NAMED, Photos, photos_of
from xiezuo.exchange.evidence.writing import people_table, sign_in_table, table, targets_table
from xiezuo.insight.access import frameworks_for
from xiezuo.insight.breakdown import smallest_published
from xiezuo.insight.dimensions import Period, Records
from xiezuo.insight.models import Release
from xiezuo.insight.progress import progress_of
from xiezuo.insight.scopes import released
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Project, Site
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.disclosing import Names
from xiezuo.service.access import records_for
from xiezuo.service.aid.totals import totals_of_project

LAYOUT = "ledger-by-method"


@dataclass(frozen=True)
class EvidencePack:
    release: Release
    name: str
    content: bytes


@transaction.atomic
def pack_evidence(
    *, by: Actor, project: Project, period: Period, reason: str, on: date, site: Site | None = None
) -> EvidencePack:
    """Write the pack as a ZIP; the figures in it are released like every file with figures, and their codes hold.

    Raises NotAllowed where the actor may not pass on the figures of the site (None: of the house), RuleBroken without a reason.
    """
    figures = release_ledger(by=by, layout=LAYOUT, period=period, reason=reason, site=site, project=project)
    records = released(records_for(by), figures.release)
    k = smallest_published()
    names = Names(on)
    everyone, photos = people_of(records, k), photos_of(by, records, on, names)
    frameworks = frameworks_for(by).filter(project=project, from_on__lte=period.last, to_on__gte=period.first)
    if site is not None:
        frameworks = frameworks.filter(site=site)
    told = [progress_of(records_for(by), framework, on) for framework in frameworks]
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as pack:
        pack.writestr(_("01 Figures and how they are counted.xlsx"), figures.content)
        pack.writestr(_("02 Targets.xlsx"), targets_table(told))
        pack.writestr(_("03 People, without names.xlsx"), people_table(everyone))
        pack.writestr(_("04 Sign-in sheets.xlsx"), sign_in_table(records, everyone, names))
        _photos(pack, photos)
        aid = totals_of_project(by, project, period.first, period.last, site.pk if site else None)
        if aid.times:
            pack.writestr(_("06 Aid, without names.xlsx"), aid_table(aid))
        pack.writestr(
            _("00 What is in here.txt"), _about(by, project, period, records, everyone, photos, names, k, reason)
        )
    content = target.getvalue()
    happened(
        "exchange.evidence.packed",
        figures.release,
        by_id=by.id,
        project=project.pk,
        people=len(everyone),
        photos=len(photos.shown),
        sha256=sha256(content).hexdigest(),
    )
    name = _("Evidence of %(project)s %(first)s to %(last)s.zip")
    told_name = name % {"project": project, "first": period.first.isoformat(), "last": period.last.isoformat()}
    return EvidencePack(figures.release, told_name.replace("/", "-"), content)


def _photos(pack: ZipFile, photos: Photos) -> None:
    folder = _("05 Photos")
    for photo in photos.shown:
        pack.writestr(f"{folder}/{photo.name}", photo.content)
    if photos.shown:
        rows = [[photo.name, photo.caption] for photo in photos.shown]
        pack.writestr(f"{folder}/{_('Captions')}.xlsx", table([(_("Captions"), [_("File"), _("Caption")], rows)]))


def _about(
    by: Actor,
    project: Project,
    period: Period,
    records: Records,
    everyone: list[Someone],
    photos: Photos,
    names: Names,
    k: int,
    reason: str,
) -> str:
    services = records.order_by().values("pk").distinct().count()
    lines = [
        f"{house_full_name()} · {project}",
        _("Period: %(first)s to %(last)s") % {"first": period.first.isoformat(), "last": period.last.isoformat()},
        _("For: %(reason)s") % {"reason": reason.strip()},
        _("Put together by %(who)s on %(day)s") % {"who": by.user.name, "day": f"{local(now()):%Y-%m-%d %H:%M}"},
        "",
        ngettext("%(n)s service is behind the figures.", "%(n)s services are behind the figures.", services)
        % {"n": services},
        _("Every row of figures has a code; typed into the search box of the house it opens the records behind it."),
        ngettext(
            "%(n)s person stands in the list without a name. The code holds in this pack alone and leads nowhere else.",
            "%(n)s people stand in the list without names. The codes hold in this pack alone and lead nowhere else.",
            len(everyone),
        )
        % {"n": len(everyone)},
        _("Sex and age that fewer than %(k)s people share are said less exactly or not at all.") % {"k": k},
        _("Of visits, talks and calls the sign-in sheets say the method alone."),
        *_about_names(names),
        "",
        *_about_photos(photos),
    ]
    return "\r\n".join(lines)


def _about_names(names: Names) -> list[str]:
    if not names.left_out:
        return []
    words = ngettext(
        "%(n)s title or caption names a child without consent and is left out.",
        "%(n)s titles and captions name a child without consent and are left out.",
        names.left_out,
    )
    return [words % {"n": names.left_out}]


def _about_photos(photos: Photos) -> list[str]:
    shown = len(photos.shown)
    lines = [
        ngettext(
            "%(n)s photo: everyone in it agreed to pictures of them, as of today.",
            "%(n)s photos: everyone in them agreed to pictures of them, as of today.",
            shown,
        )
        % {"n": shown}
    ]
    why = {
        NO_CONSENT: _("someone in it has not agreed, took it back, or is not registered"),
        NOBODY_NAMED: _("nobody wrote down who is in it"),
        CANNOT_SAY: _("bound to a record, which does not say who is in it"),
    }
    left = [f"{why[code]}: {n}" for code, n in photos.left_out.items() if n]
    return lines + ([_("Photos that stay in the house:"), *left] if left else [])
