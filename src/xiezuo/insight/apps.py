from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "xiezuo.insight"
    label = "insight"
