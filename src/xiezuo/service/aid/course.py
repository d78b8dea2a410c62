"""The way of an aid as a table: from which state which act leads where. Pure; what an act needs besides stands in `gates`."""

from enum import StrEnum

from xiezuo.service.vocab import AidState as State


class Act(StrEnum):
    """What moves an aid. An act that a state does not name is refused there."""

    ASSESS = "assess"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    HAND_OVER = "hand_over"
    FOLLOW_UP = "follow_up"
    REPORT = "report"


BEFORE = (State.APPLIED, State.ASSESSED, State.APPROVED)

COURSE: dict[Act, dict[State, State]] = {
    # Until it is approved it may be assessed anew; then everyone is asked again.
    Act.ASSESS: dict.fromkeys(BEFORE[:2], State.ASSESSED),
    Act.APPROVE: {State.ASSESSED: State.APPROVED},
    Act.REJECT: dict.fromkeys(BEFORE, State.REJECTED),
    Act.WITHDRAW: dict.fromkeys(BEFORE, State.WITHDRAWN),
    Act.HAND_OVER: {State.APPROVED: State.HANDED_OVER},
    # A donor may be told before anyone has asked how it went; that is asked all the same.
    Act.FOLLOW_UP: {State.HANDED_OVER: State.FOLLOWED_UP, State.REPORTED: State.REPORTED},
    Act.REPORT: dict.fromkeys((State.HANDED_OVER, State.FOLLOWED_UP), State.REPORTED),
}
PATH = (*BEFORE, State.HANDED_OVER, State.FOLLOWED_UP, State.REPORTED)


def after(act: Act, state: str) -> State | None:
    """The state to which the act leads from `state`; None where it is refused."""
    return COURSE[act].get(State(state))
