from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "xiezuo.common"
    label = "common"
