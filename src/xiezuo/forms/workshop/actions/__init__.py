from xiezuo.forms.workshop.actions.carrying import export_pack, import_pack
from xiezuo.forms.workshop.actions.drafting import begin, begin_new, change, change_all, drop, note_result, review
from xiezuo.forms.workshop.actions.keeping import end_trust, note_verified, use_packs
from xiezuo.forms.workshop.actions.publishing import look_again, publish, retire, send_back

__all__ = [
    "begin",
    "begin_new",
    "change",
    "change_all",
    "drop",
    "end_trust",
    "export_pack",
    "import_pack",
    "look_again",
    "note_result",
    "note_verified",
    "publish",
    "retire",
    "review",
    "send_back",
    "use_packs",
]
