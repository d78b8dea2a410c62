"""The names of centres in a sheet, and the site each of them means."""

from collections import Counter
from dataclasses import dataclass, field

from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.words import site_core
from xiezuo.orgs.models import Site
from xiezuo.orgs.queries import all_sites

# A centre's core name → a site of the house, the name of a new one, or None: no site.
Choices = dict[str, Site | str | None]


@dataclass
class Centre:
    """Spellings that seem to mean one place. `site` is the one it is here already, if one is known."""

    core: str
    name: str
    spellings: list[str] = field(default_factory=list)
    rows: int = 0
    site: Site | None = None


def centres_in(batch: ImportBatch) -> list[Centre]:
    """The centres named in a file, most frequent first; spellings that differ only by usual endings are one."""
    written: Counter[str] = Counter()
    for named in batch.sheets.values_list("understanding__centres", flat=True):
        written.update(dict(named or []))
    known = {name: site for site in all_sites() for name in (site.name, *site.other_names)}
    by_core = {site_core(name): site for name, site in known.items()}
    centres: dict[str, Centre] = {}
    for name, times in written.most_common():
        core = site_core(name)
        centre = centres.setdefault(core, Centre(core=core, name=name, site=known.get(name) or by_core.get(core)))
        centre.spellings.append(name)
        centre.rows += times
    return sorted(centres.values(), key=lambda centre: -centre.rows)
