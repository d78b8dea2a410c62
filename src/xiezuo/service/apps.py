from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "xiezuo.service"
    label = "service"

    def ready(self) -> None:
        from xiezuo.service import due_here, ending, following

        following.tell()
        ending.tell()
        due_here.tell()
