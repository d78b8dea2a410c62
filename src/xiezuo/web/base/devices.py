"""A device in words: which browser on which system, as far as it says so."""

from django.utils.translation import gettext as _

WECHAT, DINGTALK = "WeChat", "DingTalk"
# The first that fits: later ones also name the earlier ones.
BROWSERS = [
    ("MicroMessenger", WECHAT),
    ("DingTalk", DINGTALK),
    ("QQBrowser", "QQ"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


def _first(agent: str, known: list[tuple[str, str]]) -> str:
    return next((name for mark, name in known if mark in agent), "")


def device_in_words(agent: str) -> str:
    """“Chrome on Android”; what a browser does not say is not made up."""
    browser, system = _first(agent, BROWSERS), _first(agent, SYSTEMS)
    browser = {WECHAT: _("WeChat"), DINGTALK: _("DingTalk")}.get(browser, browser)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser that does not say what it is")
