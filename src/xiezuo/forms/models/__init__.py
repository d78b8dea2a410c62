from xiezuo.forms.models.draft import Draft, DraftFile
from xiezuo.forms.models.kept_form import KeptForm
from xiezuo.forms.models.sent_form import SentForm

__all__ = ["Draft", "DraftFile", "KeptForm", "SentForm"]
