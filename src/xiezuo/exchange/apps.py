from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "xiezuo.exchange"
    label = "exchange"

    def ready(self) -> None:
        from xiezuo.exchange import ending, following

        following.tell()
        ending.tell()
