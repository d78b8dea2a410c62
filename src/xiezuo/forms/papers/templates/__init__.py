"""The organisation's own Word templates: what may stand in one, whether a file is one, how it is filled, one to begin with."""

from xiezuo.forms.papers.templates.checking import Checked, check
from xiezuo.forms.papers.templates.fields import Known, known_fields
from xiezuo.forms.papers.templates.filling import fill, sample
from xiezuo.forms.papers.templates.starter import starter

__all__ = ["Checked", "Known", "check", "fill", "known_fields", "sample", "starter"]
