"""The libraries that make papers come with extra `papers`; the house runs without them."""

from importlib.util import find_spec

from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken

NEEDED = ("typst", "docx", "docxtpl")


def are_there() -> bool:
    return all(find_spec(name) is not None for name in NEEDED)


def must_be_there() -> None:
    """Raises RuleBroken, with what to install, where they are missing."""
    if not are_there():
        words = _(
            "Papers cannot be made here yet. Whoever runs the machine installs the part for them: pip install "
            '"xiezuo[papers]". Everything else goes on as before.'
        )
        raise RuleBroken("forms.papers_not_installed", words)
