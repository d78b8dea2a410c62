from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xiezuo.people"
    label = "people"

    def ready(self) -> None:
        from xiezuo.people.ties_follow import tell

        tell()
