from xiezuo.forms.models.draft import Draft
from xiezuo.forms.models.kept_form import KeptForm
from xiezuo.forms.models.submission import AuthorsAnswers, EarlierSubmission, Submission, SubmissionFile

__all__ = ["AuthorsAnswers", "Draft", "EarlierSubmission", "KeptForm", "Submission", "SubmissionFile"]
