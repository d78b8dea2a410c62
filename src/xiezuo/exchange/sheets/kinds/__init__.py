"""One reader for each kind of sheet. A kind without a reader is recognised, and its cells are reported."""

from __future__ import annotations

from collections.abc import Callable

from ..context import TableContext
from ..forms.find import Form
from .activity import read_activities
from .aid import read_aid
from .case_forms import read_case_forms
from .cases import read_case_list
from .crosstab import read_crosstab
from .hours_list import read_hours_list
from .outreach import read_contacts
from .register import read_clients, read_register
from .signin import read_signin, read_signin_table
from .stores import read_cash, read_stock
from .visit_forms import read_visit_forms
from .visits import read_visits
from .volunteer_forms import read_volunteer_forms
from .volunteers import read_volunteers

READERS: dict[str, Callable[[TableContext], None]] = {
    "activity_ledger": read_activities,
    "client_register": read_register,
    "client_list": read_clients,
    "volunteer_list": read_volunteers,
    "volunteer_crosstab": read_crosstab,
    "volunteer_hours_list": read_hours_list,
    "outreach_list": read_contacts,
    "aid_ledger": read_aid,
    "stock": read_stock,
    "cash": read_cash,
    "visit_list": read_visits,
    "case_forms": read_case_list,
    "signin_sheets": read_signin_table,
}

# Readers of sheets that are filled in; the last argument is the year of days that are written without one.
FORM_READERS: dict[str, Callable[[TableContext, list[Form], int | None], None]] = {
    "signin_sheets": read_signin,
    "case_forms": read_case_forms,
    "visit_list": read_visit_forms,
    "volunteer_list": read_volunteer_forms,
}
