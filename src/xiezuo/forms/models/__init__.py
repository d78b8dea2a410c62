from xiezuo.forms.models.draft import Draft
from xiezuo.forms.models.kept_form import KeptForm

__all__ = ["Draft", "KeptForm"]
