"""Nothing typed is lost: every form into which someone types keeps a draft, or stands here with the reason why not."""

import re
from collections.abc import Iterator

from tests.architecture.source import HOUSE, files

TEMPLATES = HOUSE / "web" / "templates"
FORM = re.compile(r'<form\b[^>]*method="post".*?(?:</form>|\Z)', re.DOTALL)
BUTTONS = "hidden|radio|checkbox|submit"
TYPED = re.compile(rf'<textarea|\{{% field |<input(?![^>]*type="(?:{BUTTONS})")[^>]*>|\{{% include "[^"]*form_')
DRAFT = re.compile(r"\{% draft([^%]*)%\}")
SECRET = "a password or a code is kept nowhere"
AT_ONCE = "each answer is saved when it is given"
FILE = "only a file is chosen, and nothing is typed"
WITHOUT = {
    "base/app.html": SECRET,
    "base/login.html": SECRET,
    "base/password.html": SECRET,
    "base/prove.html": SECRET,
    "base/second_step.html": SECRET,
    "base/set_password.html": SECRET,
    "staff/exchange/preview_table.html": AT_ONCE,
    "staff/exchange/imports_drop.html": FILE,
    "staff/exchange/layouts.html": FILE,
    "staff/forms/pack_import.html": FILE,
    "staff/forms/template.html": FILE,
}


def typed_into(text: str) -> Iterator[str]:
    """The forms of a template that are sent and into which someone types or puts a file."""
    for form in FORM.findall(text):
        if TYPED.search(form):
            yield form


def every_form() -> Iterator[tuple[str, str]]:
    for path in files(".html", under=TEMPLATES):
        for form in typed_into(path.read_text(encoding="utf-8")):
            yield path.relative_to(TEMPLATES).as_posix(), form


def test_the_search_for_forms_finds_those_that_are_typed_into() -> None:
    assert [*typed_into('<form method="post"><textarea name="a"></textarea></form>')] != []
    assert [*typed_into('<form class="x" method="post">{% field form.name %}</form>')] != []
    assert [*typed_into('<form method="post"><input name="q"></form>')] != []
    assert [*typed_into('<form method="post"><input type="hidden" name="q"><button>x</button></form>')] == []
    assert [*typed_into('<form role="search"><input name="q"></form>')] == []


def test_every_form_that_is_typed_into_keeps_a_draft() -> None:
    assert len([*every_form()]) > 60
    assert [path for path, form in every_form() if not DRAFT.search(form) and path not in WITHOUT] == []


def test_no_exception_is_left_over() -> None:
    assert sorted({path for path, form in every_form() if not DRAFT.search(form)}) == sorted(WITHOUT)


def test_forms_of_one_template_have_names_of_their_own() -> None:
    twice = []
    for path in files(".html", under=TEMPLATES):
        names = [name.strip() for name in DRAFT.findall(path.read_text(encoding="utf-8"))]
        twice += [f"{path.name}: {name}" for name in names if names.count(name) > 1]
    assert twice == []
