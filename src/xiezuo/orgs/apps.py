from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "xiezuo.orgs"
    label = "orgs"
