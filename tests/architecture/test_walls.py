"""Who may open the walls of the database layer, and how."""

import ast
from collections.abc import Iterator

from tests.architecture.source import HOUSE, files, short, tree
from tests.architecture.test_models import own_models

# A new line here is a decision: the module decides who may see or change what it opens, or serves the operator alone.
OPENERS = {
    "src/xiezuo/orgs/actions.py",
    "src/xiezuo/common/management/commands/flush.py",
    "src/xiezuo/common/management/commands/migrate.py",
    "src/xiezuo/common/resealing.py",
    "src/xiezuo/common/sweeping.py",
    "src/xiezuo/config/cli/check.py",
    "src/xiezuo/config/cli/engines.py",
    "src/xiezuo/config/cli/init.py",
    "src/xiezuo/demo/again/work.py",
    "src/xiezuo/demo/telling/rows.py",
    "src/xiezuo/forms/files.py",
    "src/xiezuo/people/actions/consent.py",
    "src/xiezuo/people/actions/erasing.py",
    "src/xiezuo/people/actions/member.py",
    "src/xiezuo/people/actions/merging.py",
    "src/xiezuo/people/actions/unmerging.py",
    "src/xiezuo/people/consents.py",
    "src/xiezuo/people/ending.py",
    "src/xiezuo/people/finding/index.py",
    "src/xiezuo/people/outbox/putting.py",
    "src/xiezuo/people/outbox/seeing.py",
    "src/xiezuo/people/outbox/sending.py",
    "src/xiezuo/people/own/messages.py",
    "src/xiezuo/people/own/record.py",
    "src/xiezuo/people/queries.py",
    "src/xiezuo/people/rights.py",
    "src/xiezuo/people/rows_end.py",
    "src/xiezuo/people/sensitive.py",
    "src/xiezuo/people/since.py",
    "src/xiezuo/people/taking_back.py",
    "src/xiezuo/people/ties_follow.py",
    "src/xiezuo/service/access/workday.py",
    "src/xiezuo/service/access/aids.py",
    "src/xiezuo/service/actions/aid/applying.py",
    "src/xiezuo/service/actions/aid/assessing.py",
    "src/xiezuo/service/actions/aid/handing_over.py",
    "src/xiezuo/service/actions/aid/moving.py",
    "src/xiezuo/service/actions/aid/taking_in.py",
    "src/xiezuo/service/actions/labour.py",
    "src/xiezuo/service/actions/measuring.py",
    "src/xiezuo/service/actions/workday.py",
    "src/xiezuo/service/labour/seeing.py",
    "src/xiezuo/service/measuring.py",
    "src/xiezuo/service/member_notes.py",
    "src/xiezuo/service/access/filled.py",
    "src/xiezuo/service/access/partner.py",
    "src/xiezuo/service/access/referrals.py",
    "src/xiezuo/service/actions/ecomap.py",
    "src/xiezuo/service/access/risks.py",
    "src/xiezuo/service/access/visits.py",
    "src/xiezuo/service/actions/risks.py",
    "src/xiezuo/service/actions/visits.py",
    "src/xiezuo/service/actions/forms.py",
    "src/xiezuo/service/actions/referral_form.py",
    "src/xiezuo/service/actions/referral_links.py",
    "src/xiezuo/service/actions/referring.py",
    "src/xiezuo/service/actions/taking_in_cases.py",
    "src/xiezuo/service/actions/transferring.py",
    "src/xiezuo/service/ecomap.py",
    "src/xiezuo/service/access/locked.py",
    "src/xiezuo/service/actions/cases/closing.py",
    "src/xiezuo/service/actions/cases/conferring.py",
    "src/xiezuo/service/actions/cases/handing.py",
    "src/xiezuo/service/actions/cases/moving.py",
    "src/xiezuo/service/actions/cases/planning.py",
    "src/xiezuo/service/actions/cases/supervising.py",
    "src/xiezuo/service/actions/unlocking.py",
    "src/xiezuo/service/cases/conferences.py",
    "src/xiezuo/service/cases/load.py",
    "src/xiezuo/service/cases/supervision.py",
    "src/xiezuo/service/cases/told.py",
    "src/xiezuo/service/filling/contents.py",
    "src/xiezuo/service/own_passed.py",
    "src/xiezuo/service/own_said.py",
    "src/xiezuo/service/own_work.py",
    "src/xiezuo/service/private.py",
    "src/xiezuo/service/taking_back.py",
}
OPEN = {"opened", "all_opened"}


def opens_a_wall(source: ast.AST) -> bool:
    """Whether a module takes what opens walls, or the whole module that does, from common.walls."""
    for node in ast.walk(source):
        if isinstance(node, ast.ImportFrom) and node.module == "xiezuo.common.walls":
            if OPEN & {name.name for name in node.names}:
                return True
        elif isinstance(node, ast.ImportFrom) and node.module == "xiezuo.common":
            if "walls" in {name.name for name in node.names}:
                return True
        elif isinstance(node, ast.Import) and "xiezuo.common.walls" in {name.name for name in node.names}:
            return True
    return False


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def yields_inside(source: ast.AST) -> Iterator[int]:
    """Lines of a `yield` inside an open wall: whoever takes what it gives would stand inside as well."""
    for node in ast.walk(source):
        if isinstance(node, ast.With):
            opens = OPEN & {_called(item.context_expr) for item in node.items}
        elif isinstance(node, ast.FunctionDef):
            opens = OPEN & {_called(decorator) for decorator in node.decorator_list}
        else:
            continue
        if opens:
            yield from (n.lineno for n in ast.walk(node) if isinstance(n, ast.Yield | ast.YieldFrom))


def test_the_search_for_openers_finds_them() -> None:
    assert opens_a_wall(ast.parse("from xiezuo.common.walls import BehindTheWall, opened"))
    assert opens_a_wall(ast.parse("from xiezuo.common import walls"))
    assert opens_a_wall(ast.parse("import xiezuo.common.walls"))
    assert not opens_a_wall(ast.parse("from xiezuo.common.walls import BehindTheWall"))
    assert [*yields_inside(ast.parse("def f():\n    with opened('x', why='y'):\n        yield 1"))] == [3]
    assert [*yields_inside(ast.parse("@opened('x', why='y')\ndef f():\n    yield 1"))] == [3]


def test_only_who_decides_opens_a_wall() -> None:
    found = {short(path) for path in files(".py") if opens_a_wall(tree(path)) and path != HOUSE / "common" / "walls.py"}
    assert found == OPENERS


def test_no_open_wall_is_lent_to_a_caller() -> None:
    lent = [
        f"{short(path)}:{line}"
        for path in files(".py")
        if opens_a_wall(tree(path))
        for line in yields_inside(tree(path))
    ]
    assert [where for where in lent if not where.startswith("src/xiezuo/common/walls.py")] == []


def test_what_stands_behind_a_wall() -> None:
    behind = {model._meta.label for model in own_models() if getattr(model, "behind_wall", False)}
    assert behind >= {"people.SensitiveFacts", "people.Consent"}
