from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "xiezuo.exchange"
    label = "exchange"

    def ready(self) -> None:
        from xiezuo.exchange.exports.purposes import sensitive_purposes
        from xiezuo.exchange.following import tell
        from xiezuo.people.impact import holds_sensitive

        tell()
        holds_sensitive(sensitive_purposes)
