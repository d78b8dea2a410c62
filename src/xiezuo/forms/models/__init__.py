from xiezuo.forms.models.draft import Draft
from xiezuo.forms.models.kept_form import KeptForm
from xiezuo.forms.models.template import DocumentTemplate

__all__ = ["DocumentTemplate", "Draft", "KeptForm"]
