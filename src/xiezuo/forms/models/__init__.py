from xiezuo.forms.models.draft import Draft
from xiezuo.forms.models.kept_form import KeptForm
from xiezuo.forms.models.pack_edition import LocalChange, PackEdition, PackReview, PackVerification, TrustedSigner
from xiezuo.forms.models.submission import AuthorsAnswers, EarlierSubmission, Submission, SubmissionFile
from xiezuo.forms.models.written import WrittenField

__all__ = [
    "AuthorsAnswers",
    "Draft",
    "EarlierSubmission",
    "KeptForm",
    "LocalChange",
    "PackEdition",
    "PackReview",
    "PackVerification",
    "Submission",
    "SubmissionFile",
    "TrustedSigner",
    "WrittenField",
]
