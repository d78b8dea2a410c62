"""Several people doing something at the same moment."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connections


def at_once(*doing: Callable[[], object]) -> list[object]:
    """Start everything at the same moment, each in a thread with a connection of its own; their answers in order.

    What one of them raises is its answer.
    """
    start, answers = Barrier(len(doing)), [None] * len(doing)  # type: Barrier, list[object]

    def one(number: int) -> None:
        try:
            start.wait(20)
            answers[number] = doing[number]()
        except Exception as error:
            answers[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=[number]) for number in range(len(doing))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def failures(answers: Sequence[object]) -> list[object]:
    return [answer for answer in answers if isinstance(answer, Exception)]
