"""What people do with the service record: write it once, correct it, cancel it, finish its next step."""

from xiezuo.service.actions.correcting import cancel_service, correct_service, finish_step
from xiezuo.service.actions.desk import check_in, count_in
from xiezuo.service.actions.facts import Helping, ServiceFacts, Taking, minutes_between
from xiezuo.service.actions.form_facts import Filling, facts_of, taking_of
from xiezuo.service.actions.forms import correct_form, sign_form, submit_form
from xiezuo.service.actions.nicknames import link_nickname, part_nickname
from xiezuo.service.actions.recording import record_service, record_services, take_in_services
from xiezuo.service.actions.taking_in_cases import ImportedCase, take_in_cases
from xiezuo.service.actions.writing import next_serials

__all__ = [
    "Filling",
    "Helping",
    "ImportedCase",
    "ServiceFacts",
    "Taking",
    "cancel_service",
    "check_in",
    "correct_form",
    "correct_service",
    "count_in",
    "facts_of",
    "finish_step",
    "link_nickname",
    "minutes_between",
    "next_serials",
    "part_nickname",
    "record_service",
    "record_services",
    "sign_form",
    "submit_form",
    "take_in_cases",
    "take_in_services",
    "taking_of",
]
