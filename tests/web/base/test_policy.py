"""What a page may load and run: nothing but what this house serves."""

import re
from pathlib import Path

from django.test import Client

from tests.factories.cast import Cast

TEMPLATES = Path(__file__).resolve().parents[3] / "src" / "xiezuo" / "web" / "templates"
INSIDE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son(?:click|change|input|submit|load|error|focus|blur|key\w+|mouse\w+|pointer\w+)=|javascript:",
    re.IGNORECASE,
)


def test_a_page_runs_and_loads_only_what_this_house_serves(client: Client, cast: Cast) -> None:
    client.force_login(cast.xiaomei.user)
    for address in ("/", "/login/", "/people/", "/nothing-here/"):
        rules = client.get(address).headers["Content-Security-Policy"].split("; ")
        assert rules[0] == "default-src 'self'"
        assert "form-action 'self'" in rules and "frame-ancestors 'none'" in rules
        assert not any("unsafe" in rule for rule in rules)


def test_no_template_has_a_script_or_a_style_inside() -> None:
    found = [
        f"{path.relative_to(TEMPLATES)}: {hit[0]}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (hit := INSIDE.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
