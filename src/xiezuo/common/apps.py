from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "xiezuo.common"
    label = "common"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from xiezuo.common.walls import build

        connection_created.connect(build, dispatch_uid="xiezuo.common.walls")
