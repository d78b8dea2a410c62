from xiezuo.forms.actions.drafts import drop_draft, finish_draft, keep_draft
from xiezuo.forms.actions.files import drop_draft_file, keep_draft_file, take_draft_file
from xiezuo.forms.actions.kept_forms import keep_form, take_kept_form
from xiezuo.forms.actions.sending import claim_sending, free_sending, note_sent

__all__ = [
    "claim_sending",
    "drop_draft",
    "drop_draft_file",
    "finish_draft",
    "free_sending",
    "keep_draft",
    "keep_draft_file",
    "keep_form",
    "note_sent",
    "take_draft_file",
    "take_kept_form",
]
