"""Components that are more than a class name. What is only a class (card, rows, btn, t) is written as plain HTML."""

from collections.abc import Iterable

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.web.base.drawing import icon
from xiezuo.web.base.shapes import LineEntry, Sheet, Tab

register = template.Library()
TEMPLATES = "base/components"
KIND_ICONS = {"wait": "clock", "late": "late", "ok": "check", "locked": "lock"}


# ── page head, section, and boxes with something inside ──


@register.simple_block_tag
def head(content: str, title: str, meta: str = "", crumb: str = "", crumb_url: str = "", small: str = "") -> SafeString:
    """`{% head title meta crumb crumb_url small %}<div class="do">…</div>{% endhead %}`: once per page."""
    above = format_html('<p class="crumb"><a href="{}">{}</a></p>', crumb_url, crumb) if crumb else ""
    beside = format_html(" <small>{}</small>", small) if small else ""
    below = format_html('<p class="meta">{}</p>', meta) if meta else ""
    return format_html(
        '<header class="head"><div>{}<h1>{}{}</h1>{}</div>{}</header>', above, title, beside, below, content
    )


@register.simple_block_tag
def part(content: str, title: str, small: str = "", link: str = "", link_url: str = "") -> SafeString:
    """`{% part title small link link_url %}…{% endpart %}`: a section with its heading and one way onwards."""
    beside = format_html("<small>{}</small>", small) if small else ""
    onward = format_html('<a href="{}">{}</a>', link_url, link) if link else ""
    return format_html('<section><div class="sec"><h2>{}{}</h2>{}</div>{}</section>', title, beside, onward, content)


@register.simple_block_tag
def note(content: str, kind: str, title: str, icon_name: str = "") -> SafeString:
    """`{% note "wait" title %}…{% endnote %}`: shown where it was found. Kinds: "", wait, late, ok."""
    drawn = icon(icon_name or KIND_ICONS.get(kind, "info"))
    return format_html('<div class="note {}">{}<div><b>{}</b>{}</div></div>', kind, drawn, title, content)


@register.simple_block_tag
def lock(content: str, title: str) -> SafeString:
    """`{% lock title %}…{% endlock %}`: exists but is not for you. Inside: why, who decides, one button."""
    return format_html('<div class="lock">{}<div><b>{}</b>{}</div></div>', icon("lock"), title, content)


@register.simple_block_tag
def nothing(content: str, icon_name: str, title: str) -> SafeString:
    """`{% nothing "book" title %}…{% endnothing %}`: an empty place teaches: what for, an example, one button."""
    return format_html('<div class="card empty">{}<h3>{}</h3>{}</div>', icon(icon_name), title, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """`{% dialog "undo-7" title %}…{% enddialog %}`, opened by `data-open="undo-7"`, shut by `data-close`."""
    return format_html(
        '<dialog id="{0}" aria-labelledby="{0}-title"><h2 id="{0}-title">{1}</h2>{2}</dialog>', id, title, content
    )


# ── words with a meaning ──


@register.simple_tag
def state(kind: str, words: str) -> SafeString:
    """`{% state "wait" words %}`: what is, since when, who is next. Kinds: "", wait, late, ok, locked."""
    return format_html('<p class="state {}">{}<span>{}</span></p>', kind, icon(KIND_ICONS.get(kind, "info")), words)


@register.simple_tag
def badge(kind: str, words: str) -> SafeString:
    """`{% badge "late" words %}`: two to five characters in a row or a table; a meaning always has its icon."""
    drawn = format_html("{} ", icon(KIND_ICONS[kind])) if kind in KIND_ICONS else ""
    return format_html('<span class="tag {}">{}{}</span>', kind, drawn, words)


@register.simple_tag
def mask(words: str) -> SafeString:
    """`{% mask "154****2764" %}`: what exists but is covered, with the lock beside it."""
    return format_html('<span class="mask">{}{}<span class="vh">{}</span></span>', words, icon("lock"), _("(masked)"))


@register.simple_tag
def saved(words: str, kind: str = "") -> SafeString:
    """`{% saved words %}` on top of a form. Kinds: "" saved, "wait" waits for the network, "late" not saved."""
    name = {"": "save", "wait": "clock", "late": "late"}[kind]
    return format_html('<p class="saved {}" role="status">{}{}</p>', kind, icon(name), words)


@register.simple_tag
def joined(things: Iterable[object]) -> str:
    """甲、乙、丙 in Chinese; a, b, c in English."""
    return pgettext("between the items of a list", ", ").join(str(thing) for thing in things)


@register.simple_tag
def tile(figure: str, unit: str, name: str, rule: str, url: str, also: str = "") -> SafeString:
    """`{% tile n|number unit name rule url also %}`: the whole tile leads to what it counts."""
    below = format_html("<small>{}</small>", also) if also else ""
    return format_html(
        '<a class="tile" href="{}"><b>{}<small>{}</small></b><strong>{}</strong><small>{}</small>{}</a>',
        url,
        figure,
        unit,
        name,
        rule,
        below,
    )


@register.simple_tag
def progress(done: int, total: int, words: str) -> SafeString:
    """`{% progress 312 388 words %}`: long work shows how far it is, in words and as a bar."""
    return format_html(
        '<div><p class="meta">{0}</p><progress value="{1}" max="{2}" aria-label="{0}"></progress></div>',
        words,
        done,
        total,
    )


@register.inclusion_tag(f"{TEMPLATES}/chip.html")
def chip(name: str, mode: str, drop_value: str = "", drop_name: str = "drop") -> dict[str, str]:
    """`{% chip name "named" %}`: modes named, listed, counted. With `drop_value` a button takes the person off."""
    return {"name": name, "mode": mode, "drop_value": drop_value, "drop_name": drop_name}


# ── forms ──


@register.inclusion_tag(f"{TEMPLATES}/field.html")
def field(bound: BoundField, label: str = "", help: str = "", hint: str = "") -> dict[str, object]:
    """`{% field form.place %}`: one labelled input. `help` stands below, `hint` beside the label ("last place")."""
    told = [f"{bound.id_for_label}_error"] if bound.errors else []
    told += [f"{bound.id_for_label}_help"] if help or bound.help_text else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(told)} if told else {}
    return {
        "bound": bound,
        "label": label or bound.label,
        "help": help or bound.help_text,
        "hint": hint,
        "widget": bound.as_widget(attrs=attrs),
        "optional": not bound.field.required and not hint,
    }


@register.inclusion_tag(f"{TEMPLATES}/pick.html")
def pick(bound: BoundField, label: str = "", hint: str = "") -> dict[str, object]:
    """`{% pick form.method %}`: up to eight short answers (RadioSelect or CheckboxSelectMultiple) as chips."""
    options = [option for option in bound.subwidgets if option.data["value"] != ""]
    return {"bound": bound, "label": label or bound.label, "hint": hint, "options": options}


@register.inclusion_tag(f"{TEMPLATES}/choice.html")
def choice(bound: BoundField, label: str = "", help: str = "") -> dict[str, object]:
    """`{% choice form.by_phone %}`: one tick, with a line that explains it."""
    return {"bound": bound, "label": label or bound.label, "help": help or bound.help_text}


@register.simple_tag
def switch(name: str, value: str, label: str, current: str, lang: str = "") -> SafeString:
    """A submit button that is one of a few settings; the one in force is pressed."""
    said = format_html(' lang="{}"', lang) if lang else ""
    pressed = mark_safe("true" if value == current else "false")
    return format_html(
        '<button class="btn" name="{}" value="{}" aria-pressed="{}"{}>{}</button>', name, value, pressed, said, label
    )


# ── larger shapes: see shapes.py ──


@register.inclusion_tag(f"{TEMPLATES}/tabs.html")
def tabs(items: list[Tab], label: str) -> dict[str, object]:
    """`{% tabs tabs _("Views of a person") %}`: views of one thing."""
    return {"items": items, "label": label}


@register.inclusion_tag(f"{TEMPLATES}/steps.html")
def steps(names: list[str], current: int) -> dict[str, object]:
    """`{% steps names 2 %}`: a process with an end; `current` counts from 1."""
    return {"names": names, "current": current}


@register.inclusion_tag(f"{TEMPLATES}/line.html")
def line(entries: list[LineEntry]) -> dict[str, object]:
    """`{% line entries %}`: the growth path, not a ladder."""
    return {"entries": entries}


@register.inclusion_tag(f"{TEMPLATES}/sheet.html")
def sheet(drawn: Sheet, caption: str) -> dict[str, object]:
    """`{% sheet sheet caption %}`: an imported sheet as it is, its regions by tint, edge, hatch and in words."""
    return {"sheet": drawn, "caption": caption}
