from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "xiezuo.service"
    label = "service"
