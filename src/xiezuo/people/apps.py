from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xiezuo.people"
    label = "people"

    def ready(self) -> None:
        from xiezuo.people import due_here, rows_end, ties_end, ties_follow

        ties_follow.tell()
        ties_end.tell()
        rows_end.tell()
        due_here.tell()
