from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "xiezuo.forms"
    label = "forms"
