from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "xiezuo.insight"
    label = "insight"

    def ready(self) -> None:
        from xiezuo.insight import due_here

        due_here.tell()
