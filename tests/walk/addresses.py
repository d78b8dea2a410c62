"""Which rows the addresses of the house take, so that the walk can go to each of them. An address that is not known here
fails the walk: whoever adds a page says what it is about."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model
from django.urls import URLPattern
from django.utils import timezone

from tests.architecture.test_pages import addresses
from tests.walk.house import DRAFT, FILE
from tests.walk.together import CODES
from xiezuo.common.walls import all_opened
from xiezuo.exchange.models import Export, ImportBatch, Layout, SharingAgreement
from xiezuo.forms.models import DocumentTemplate, LocalChange, PackEdition, TrustedSigner
from xiezuo.insight.models import Framework
from xiezuo.orgs.models import Funding, Passkey, ProgramKey, Project, Site, User
from xiezuo.people.models import (
    AccessRequest,
    Breach,
    Complaint,
    DataRequest,
    Destruction,
    Household,
    LegalHold,
    Merge,
    MinorsAudit,
    OutgoingMessage,
    Person,
    PossibleDuplicate,
    Task,
)
from xiezuo.service.models import (
    Activity,
    ActivityDay,
    Aid,
    Case,
    ChildAttendance,
    Conference,
    EcoTie,
    Enquiry,
    Evidence,
    FilledForm,
    Goal,
    Group,
    GroupMember,
    Handover,
    HotlineCall,
    LabourMatter,
    Measured,
    Participation,
    PlannedVisit,
    Referral,
    RiskReport,
    ServiceRecord,
    SignUp,
    SupervisionReceipt,
    Transfer,
    YouthGroup,
)

# Name of an address → the table whose rows `pk` goes through.
OF: dict[str, type[Model]] = {
    **dict.fromkeys(
        [
            *("person", "show_person", "person_services", "person_family", "person_consents", "take_back_consent"),
            *("person_readers", "correct_person", "person_journey", "journey_step", "assign_person", "found_household"),
            *("relate_person", "note_guardian", "name_collector", "same_as", "ask_access", "volunteer"),
            *("person_requests", "make_member_link", "end_member_link", "end_withholding", "restrict_person"),
            *(
                "end_restriction",
                "keep_step",
                "consent_paper",
                "unassign_person",
                "end_guardian",
                "end_collector",
                "part_nickname",
                "person_timelines",
                "begin_timeline",
                "stop_timeline",
                "person_forms",
                "person_file",
                "open_imported_case",
                *("allow_alone", "end_alone", "entrust_child", "end_entrusting", "note_parents"),
            ),
        ],
        Person,
    ),
    **dict.fromkeys(
        ["household", "correct_household", "move_household", "join_household", "leave_household", "household_file"],
        Household,
    ),
    **dict.fromkeys(
        ["service_record", "correct_service", "cancel_service", "finish_step", "add_evidence", "keep_private"],
        ServiceRecord,
    ),
    **dict.fromkeys(
        [
            *("import_batch", "confirm_import", "discard_import", "undo_import", "import_matches", "answer_matches"),
            *("import_rows", "import_kept", "correct_sheet", "import_problems", "answer_problem"),
        ],
        ImportBatch,
    ),
    **dict.fromkeys(["merge", "undo_merge"], Merge),
    **dict.fromkeys(["export_layout", "rename_layout", "retire_layout"], Layout),
    **dict.fromkeys(["correct_targets", "drop_targets"], Framework),
    **dict.fromkeys(["site", "correct_site"], Site),
    **dict.fromkeys(
        [
            *("account", "give_membership", "end_membership", "account_link", "close_account", "reopen_account"),
            *("revoke_link", "unlock_account", "take_factors_away", "log_out_account"),
        ],
        User,
    ),
    **dict.fromkeys(["daily_report_of", "read_daily_report"], User),
    **dict.fromkeys(["site_day", "site_month", "handovers", "write_centre_day"], Site),
    **dict.fromkeys(["handover", "take_handover"], Handover),
    **dict.fromkeys(["labour_matter", "interrupt_labour", "end_labour"], LabourMatter),
    "person_labour": Person,
    "child_leaving": ChildAttendance,
    **dict.fromkeys(["person_measures", "set_goal", "take_measure", "place_by_hand"], Person),
    **dict.fromkeys(["taken_measure", "withdraw_measure"], Measured),
    **dict.fromkeys(["score_goal", "end_goal"], Goal),
    **dict.fromkeys(["risk_report", "print_risk"], RiskReport),
    **dict.fromkeys(["enquiry", "take_in_enquiry", "close_enquiry"], Enquiry),
    **dict.fromkeys(["hotline_call", "finish_call", "call_enquiry", "call_intake"], HotlineCall),
    **dict.fromkeys(["planned_visit", "write_visit", "drop_visit"], PlannedVisit),
    "remove_passkey": Passkey,
    **dict.fromkeys(
        [
            *("member_request", "data_request", "answer_data_request", "restrict_by_request", "destroy_by_request"),
            *("copy_by_request", "paper_by_request"),
        ],
        DataRequest,
    ),
    "complaint": Complaint,
    **dict.fromkeys(["change_template", "template_file", "try_template"], DocumentTemplate),
    **dict.fromkeys(
        [
            *("destruction", "approve_destruction", "drop_destruction", "begin_destruction"),
            "destruction_certificate",
        ],
        Destruction,
    ),
    "end_legal_hold": LegalHold,
    "duplicate": PossibleDuplicate,
    "decide_access": AccessRequest,
    "export": Export,
    "end_agreement": SharingAgreement,
    **dict.fromkeys(["breach", "breach_notice"], Breach),
    "minors_audit": MinorsAudit,
    **dict.fromkeys(
        [
            *("pack_draft", "change_pack", "add_to_pack", "try_pack", "read_pack", "publish_pack", "send_pack_back"),
            *("drop_pack", "end_pack", "look_at_pack_again"),
        ],
        PackEdition,
    ),
    "pack_result": LocalChange,
    **dict.fromkeys(
        [
            *(
                "referral",
                "referral_agreed",
                "override_referral",
                "send_referral",
                "answer_referral",
                "outcome_of_referral",
            ),
            *("revoke_referral", "close_referral", "make_referral_link", "end_referral_link"),
        ],
        Referral,
    ),
    **dict.fromkeys(["transfer", "answer_transfer", "revoke_transfer"], Transfer),
    "propose_transfer": Case,
    **dict.fromkeys(["genogram", "ecomap", "tie_on_ecomap"], Person),
    "untie_on_ecomap": EcoTie,
    "end_signer": TrustedSigner,
    **dict.fromkeys(["project", "project_evidence"], Project),
    **dict.fromkeys(["filled_form", "correct_form", "decide_form", "print_filled"], FilledForm),
    "end_my_key": ProgramKey,
    **dict.fromkeys(["case", "suspend_case", "resume_case", "archive_case"], Case),
    "conference": Conference,
    "receive_supervision": SupervisionReceipt,
    "project": Project,
    **dict.fromkeys(["filled_form", "correct_form", "decide_form", "unlock_form", "print_filled"], FilledForm),
    "evidence": Evidence,
    "link_nickname": Participation,
    **dict.fromkeys(
        ["aid", "approve_aid", "reject_aid", "withdraw_aid", "ask_another", "follow_up_aid"],
        Aid,
    ),
    **dict.fromkeys(
        [
            *("funding", "restrict_funding", "write_amount", "change_restriction", "report_aid", "donor_sheet"),
        ],
        Funding,
    ),
    "add_funding": Project,
    **dict.fromkeys(["group", "arrange_group", "join_group"], Group),
    **dict.fromkeys(["know_member", "leave_group"], GroupMember),
    **dict.fromkeys(
        [
            *("activity", "open_activity", "cancel_activity", "add_activity_day", "write_sign_up"),
            "activity_poster",
        ],
        Activity,
    ),
    **dict.fromkeys(["activity_day", "note_sign_in", "note_helper", "write_activity_day"], ActivityDay),
    **dict.fromkeys(["know_sign_up", "give_place_back", "note_told"], SignUp),
    **dict.fromkeys(["youth_group", "move_youth_group"], YouthGroup),
    **dict.fromkeys(["task", "finish_task", "postpone_task", "drop_task"], Task),
    **dict.fromkeys(["tell_message", "drop_message"], OutgoingMessage),
    **dict.fromkeys(["person_messages", "message_discretion"], Person),
}
# The other arguments an address may take, and with what the walk fills them.
FILLED: dict[str, list[object]] = {
    "on": [timezone.localdate().isoformat(), (timezone.localdate() - timedelta(days=1)).isoformat()],
    "year": [2020],
    "row": [1],
    "of": ["child-in-difficulty"],
    "month": [1],
    "key": [DRAFT],
    "form": ["contact_note", "assessment", "group_session", "activity_summary", "aid_assessment", "aid_distribution"],
    "file": [FILE],
    "purpose": ["service"],
    "position": [0],
    "subject": ["person"],
    "kind": ["duplicate"],
    "username": ["boss"],
    "uidb64": ["MQ"],
    "token": ["x", *CODES],
    "sheet": ["join", "here", "opinion"],
    "written": ["S1"],
    "number": ["x"],
    "code": ["person"],
    "invitation": [1],
    "name": ["caring-default", "forms-core"],
    **{
        name: [1, 2]
        for name in (
            "consent",
            "assignment",
            "guardianship",
            "collector",
            "member",
            "link",
            "membership",
            "timeline",
            "permission",
        )
    },
}
# What is asked of an address beside its arguments: scraps of names, of addresses and of numbers, and filters.
SCRAPS = [
    "鑫",
    "鑫甲",
    "鑫乙名",
    "焱",
    "甲址",
    "病焱",
    "0001",
    "1391111",
    "xin",
    "x",
    "鑫丁",
    "乙址",
    "丁址",
    "0002",
    "13911110004",
]
ASKED: dict[str, list[str]] = {
    "pack": ["", "?form=destruction"],
    "packs_in_use": ["", "?q=朝阳"],
    "people": ["", "?role=child", "?role=volunteer", "?site=1"],
    "service_records": ["", "?method=visit", "?q=访", "?year=all", "?mine=on"],
    "figure_rows": [f"?indicator={code}" for code in ("headcount", "person_times", "event_count", "volunteer_count")]
    + ["?indicator=headcount&method=visit", "?indicator=person_times&method=visit", "?indicator=headcount&age=6-13"],
    "import_rows": ["", "?state=arrived", "?state=kept_aside"],
    "ask_export": [
        f"?kind={kind}&purpose={purpose}"
        for kind, purpose in (("people", "service"), ("records", "statutory"), ("volunteers", "volunteering"))
    ],
    "reads": ["", *(f"?colleague={n}&from_on=2020-01-01&to_on=2099-12-31" for n in range(1, 5))],
    "due": ["", "?all=on"],
    "flag_risk": ["", *(f"?person={n}" for n in range(1, 7))],
    "take_call": ["", *(f"?person={n}" for n in range(1, 7))],
    "enquiry": ["", "?q=鑫"],
    "risk_report": ["", "?q=鑫"],
    "print_risk": ["", "?as=word"],
    "plan_visit": ["", "?household=1", *(f"?q={scrap}" for scrap in SCRAPS)],
    "changes": ["", "?by=person", "?by=site&mine=on", "?by=record"],
    "labour": ["", "?kind=dispute&day=2025-10-01"],
    "outbox": ["", "?state=settled"],
    "children_leaving": ["", "?site=1", "?site=2"],
    "cases": ["", "?all=on", "?all=on&state=over", *(f"?worker={n}" for n in range(1, 7))],
    "hand_cases_over": ["", *(f"?worker={n}" for n in range(1, 7))],
    "hold_conference": ["", "?case=1", "?case=2"],
    "supervision": ["", "?year=2026"],
    "write_task": ["", "?person=1", "?person=2", "?person=3"],
    "aids": ["", "?state=reported", "?state=assessed"],
    "funding": ["", "?first=2020-01-01&last=2099-12-31"],
    "group": ["", "?q=鑫"],
    "activity_day": ["", "?q=鑫", "?helps=鑫"],
    "youth_group": ["", "?q=鑫"],
    "know_member": ["?q=鑫"],
    "know_sign_up": ["?q=鑫"],
    "person_family": ["", "?q=鑫", "?guardian=鑫"],
    "household": ["", "?q=鑫"],
    "fill_form": [
        f"?draft={DRAFT}",
        "?draft=7d2b0e4e-0000-4000-8000-00000000001a",
        "?person=1&draft=7d2b0e4e-0000-4000-8000-00000000001b",
        "?case=1&draft=7d2b0e4e-0000-4000-8000-00000000001d",
        "?group=1&draft=7d2b0e4e-0000-4000-8000-00000000002b",
        "?activity=1&draft=7d2b0e4e-0000-4000-8000-00000000002c",
        "?aid=1&draft=7d2b0e4e-0000-4000-8000-00000000002d",
        "?aid=2&person=1&earlier=1&draft=7d2b0e4e-0000-4000-8000-00000000002e",
    ],
    "correct_form": ["?draft=7d2b0e4e-0000-4000-8000-00000000001c"],
    "filled_form": ["", "?revision=1"],
    "record_service": [f"?draft={DRAFT}", "?draft=7d2b0e4e-0000-4000-8000-00000000000b"],
    "register_person": ["?draft=7d2b0e4e-0000-4000-8000-00000000000c"],
    "correct_person": ["?draft=7d2b0e4e-0000-4000-8000-00000000000d"],
    "correct_service": ["?draft=7d2b0e4e-0000-4000-8000-00000000000e"],
    "journey_step": ["?draft=7d2b0e4e-0000-4000-8000-00000000000f"],
    **{
        name: [f"?q={scrap}" for scrap in SCRAPS]
        for name in ("search", "find_for_form", "search_duplicates", "pick_people", "volunteers", "checkin")
    },
}
SEARCHES_ALSO_OPEN_PLAIN = [""]


class NotKnown(AssertionError):
    """An address takes rows of which the walk was not told."""


def every_address(this_year: int) -> Iterator[tuple[str, str]]:
    """(name, address with its arguments filled) of every address there is, with each of its rows."""
    for written, pattern in addresses():
        names = sorted(pattern.pattern.converters)
        for filled in _fillings(pattern, names, this_year):
            path = written
            for name, value in filled.items():
                path = path.replace(f"<{_converter(written, name)}{name}>", str(value))
            for asked in ASKED.get(str(pattern.name), []) or SEARCHES_ALSO_OPEN_PLAIN:
                yield str(pattern.name), path + asked


def _converter(written: str, name: str) -> str:
    """How the address writes the argument before its name: "int:"."""
    return written.split(f"{name}>")[0].rpartition("<")[2]


def _fillings(pattern: URLPattern, names: list[str], this_year: int) -> Iterator[dict[str, object]]:
    if unknown := [name for name in names if name != "pk" and name not in FILLED]:
        raise NotKnown(f"The walk does not know what {unknown} of the address “{pattern.name}” are.")
    if "pk" in names and pattern.name not in OF:
        raise NotKnown(f"The walk does not know whose rows the address “{pattern.name}” takes. Say so in OF.")
    with all_opened(why="the walk goes to the address of every row, whoever may see it"):
        rows = list(OF[str(pattern.name)]._base_manager.values_list("pk", flat=True)) if "pk" in names else [None]
    others = [name for name in names if name != "pk"]
    for pk in [*rows, *([999_999] if "pk" in names else [])]:
        for turn in range(max((len(FILLED[name]) for name in others), default=1)):
            filled = {name: FILLED[name][min(turn, len(FILLED[name]) - 1)] for name in others}
            if "year" in filled:
                filled["year"] = this_year
            yield ({"pk": pk} if pk is not None else {}) | filled
