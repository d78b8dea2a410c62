from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "xiezuo.service"
    label = "service"

    def ready(self) -> None:
        from xiezuo.people.impact import holds_sensitive
        from xiezuo.service import due_here, due_of_groups, ending, following
        from xiezuo.service.actions import (
            activities,
            aid,
            calls,
            cases,
            centre_days,
            enquiries,
            group_sessions,
            referral_form,
            visits,
        )
        from xiezuo.service.aid import due_here as due_of_aid
        from xiezuo.service.cases import due_here as due_of_cases
        from xiezuo.service.filling.assessed import subjects

        following.tell()
        ending.tell()
        due_here.tell()
        due_of_groups.tell()
        referral_form.tell()
        for part in (calls, enquiries, visits, group_sessions, activities, centre_days):
            part.tell()
        cases.tell()
        aid.tell()
        due_of_cases.tell()
        due_of_aid.tell()
        holds_sensitive(subjects)
