from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "xiezuo.exchange"
    label = "exchange"

    def ready(self) -> None:
        from xiezuo.exchange import ending, following
        from xiezuo.exchange.exports.counted import exports_with_minors
        from xiezuo.exchange.exports.purposes import sensitive_purposes
        from xiezuo.people.impact import holds_sensitive
        from xiezuo.people.minors import counts_minors

        following.tell()
        ending.tell()
        holds_sensitive(sensitive_purposes)
        counts_minors("exports", exports_with_minors)
