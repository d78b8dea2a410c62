"""The way of a case as a table: from which state which act leads where. Pure; what an act needs besides stands in `gates`."""

from enum import StrEnum

from xiezuo.service.vocab import CaseState as State


class Act(StrEnum):
    """What moves a case. An act that a state does not name is refused there."""

    ACCEPT = "accept"
    REFER = "refer"
    DECLINE = "decline"
    ASSESS = "assess"
    PLAN = "plan"
    MEET = "meet"
    REVIEW = "review"
    GO_ON = "go_on"
    EVALUATE = "evaluate"
    ASK_CLOSING = "ask_closing"
    SEND_BACK = "send_back"
    CLOSE = "close"
    ARCHIVE = "archive"
    SUSPEND = "suspend"
    RESUME = "resume"


WORKED_ON = (State.ACCEPTED, State.ASSESSING, State.PLANNED, State.INTERVENING, State.REASSESSING)

COURSE: dict[Act, dict[State, State]] = {
    Act.ACCEPT: {State.INTAKE: State.ACCEPTED},
    Act.REFER: {State.INTAKE: State.REFERRED_OUT},
    Act.DECLINE: {State.INTAKE: State.DECLINED},
    Act.ASSESS: {State.ACCEPTED: State.ASSESSING, **{state: state for state in WORKED_ON[1:]}},
    # A new version of the plan is agreed on while the case goes on.
    Act.PLAN: dict.fromkeys(WORKED_ON[1:], State.PLANNED),
    # Writing down that one met is never refused while there is a case; the first talk after the plan begins the work.
    Act.MEET: {
        **{state: state for state in (State.INTAKE, State.ACCEPTED, State.ASSESSING, State.REASSESSING)},
        **{state: state for state in (State.EVALUATING, State.CLOSING_PENDING, State.SUSPENDED, State.TRANSFERRED)},
        State.PLANNED: State.INTERVENING,
        State.INTERVENING: State.INTERVENING,
        State.CLOSED: State.FOLLOW_UP,
        State.FOLLOW_UP: State.FOLLOW_UP,
    },
    Act.REVIEW: dict.fromkeys((State.PLANNED, State.INTERVENING, State.REASSESSING), State.REASSESSING),
    Act.GO_ON: {State.REASSESSING: State.INTERVENING},
    # Someone may leave before there was a plan; what it brought is looked at all the same.
    Act.EVALUATE: dict.fromkeys((*WORKED_ON, State.EVALUATING), State.EVALUATING),
    Act.ASK_CLOSING: {State.EVALUATING: State.CLOSING_PENDING},
    Act.SEND_BACK: {State.CLOSING_PENDING: State.EVALUATING},
    Act.CLOSE: {State.CLOSING_PENDING: State.CLOSED},
    Act.ARCHIVE: dict.fromkeys((State.CLOSED, State.FOLLOW_UP), State.ARCHIVED),
    Act.SUSPEND: dict.fromkeys((*WORKED_ON, State.EVALUATING), State.SUSPENDED),
}
# Where a suspended case goes on is kept with it.
GOES_ON = (*WORKED_ON, State.EVALUATING)
# The straight way, as a path is drawn.
PATH = (
    State.INTAKE,
    State.ACCEPTED,
    State.ASSESSING,
    State.PLANNED,
    State.INTERVENING,
    State.REASSESSING,
    State.EVALUATING,
    State.CLOSING_PENDING,
    State.CLOSED,
    State.FOLLOW_UP,
    State.ARCHIVED,
)


def after(act: Act, state: str, before: str = "") -> State | None:
    """The state to which the act leads from `state`; None where it is refused. `before`: where a suspended case was."""
    if act == Act.RESUME:
        return State(before) if state == State.SUSPENDED and before in GOES_ON else None
    return COURSE[act].get(State(state))
