"""`xiezuo worker`: the background worker, as `serve` starts it."""

import os
import signal
import sys
import threading

import click

from xiezuo.config.cli import django
from xiezuo.config.logs import PROCESS


def _beat_while_wanted() -> None:
    """Show signs of life until whoever started us is gone (its end of the pipe closes), then ask to stop."""
    from django.conf import settings

    from xiezuo.config import worker

    gone = threading.Event()

    def listen() -> None:
        sys.stdin.buffer.read()
        gone.set()

    threading.Thread(target=listen, daemon=True).start()
    while True:
        worker.beat(settings.XIEZUO_HOUSE.folder)
        if gone.wait(worker.BEAT):
            signal.raise_signal(signal.SIGTERM)
            return


@click.command(hidden=True)
def command() -> None:
    os.environ[PROCESS] = "worker"
    house = django.start()
    (house.folder / "logs").mkdir(exist_ok=True)
    from django.core.management import call_command

    from xiezuo.exchange.tasks import resume_unfinished
    from xiezuo.people.actions import reckon_again

    threading.Thread(target=_beat_while_wanted, daemon=True).start()
    resume_unfinished()
    reckon_again()
    call_command("db_worker", queue_name="*", no_startup_delay=True, reload=False)
