from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xiezuo.people"
    label = "people"
