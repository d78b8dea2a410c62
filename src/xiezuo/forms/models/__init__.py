from xiezuo.forms.models.draft import Draft, DraftFile
from xiezuo.forms.models.kept_form import KeptForm
from xiezuo.forms.models.pack_edition import LocalChange, PackEdition, PackReview, PackVerification, TrustedSigner
from xiezuo.forms.models.sent_form import SentForm
from xiezuo.forms.models.submission import AuthorsAnswers, EarlierSubmission, Submission, SubmissionFile
from xiezuo.forms.models.template import DocumentTemplate
from xiezuo.forms.models.written import WrittenField

__all__ = [
    "AuthorsAnswers",
    "DocumentTemplate",
    "Draft",
    "DraftFile",
    "EarlierSubmission",
    "KeptForm",
    "LocalChange",
    "PackEdition",
    "PackReview",
    "PackVerification",
    "SentForm",
    "Submission",
    "SubmissionFile",
    "TrustedSigner",
    "WrittenField",
]
