"""The forms as they were agreed: number, name, how many fields of their own, shared blocks; some of them field by field."""

AGREED = """
F01 person 28
F02 household 7
F03 consent 17
F04 data_request 11
F05 complaint 8
F06 destruction 11
F07 access_request 4 SIGN
F08 enquiry 6
F09 background_check 5
F10 intake 14 WHEN
F11 acceptance 5 SIGN
F12 assessment 28 WHEN
F13 plan 8 SIGN
F14 contact_note 10 WHEN WHO
F15 review 5 TERM! SIGN
F16 closure 6 SIGN
F17 referral 11
F18 visit 10 WHEN
F19 supervision 10 WHEN
F20 risk_report 11
F21 incident 6 WHEN
F30 group 15 BUDGET SIGN
F31 group_session 8 WHEN WHO
F32 group_report 19 SIGN
F33 activity 16 WHEN BUDGET SIGN
F34 signin 5
F35 activity_summary 7 FILE SIGN
F36 satisfaction 7
F40 aid_application 6
F41 aid_assessment 9
F42 aid_distribution 10
F50 child_registration 14
F51 centre_day 10
F52 home_library 9
F53 council_proposal 9
F54 companion_pairing 5 TERM
F60 outreach_round 9 WHEN
F61 outreach_contact 8
F62 hotline_call 12
F63 trip_stop 8 WHEN
F70 volunteer_registration 10
F71 volunteer_training 5
F72 volunteer_hours 10
F73 volunteer_certificate 13 TERM!
F74 volunteer_evaluation 5
F80 research_participant 9
F81 work 6 FILE
F82 work_consent 7 TERM
F83 tour_stop 9 TERM!
F84 recommendation 6
F90 organisation 15
F91 ticket 10
F92 precheck 5
F93 incubation 10
F94 training_session 6 WHEN
F95 credit_hours 8
F96 need 8
F96 offer 8
F97 fair_meeting 5
F97 commitment 6
F98 evaluation_plan 5
F98 criteria_set 3
F99 score_sheet 3
F100 observation 9
F101 evaluation_feedback 4
F110 licence 11 TERM!
F111 licence_review 9
F112 placement 9
"""

# `key type[!] class [list or thing]`; `!`: required. Rows are indented under their field; a block in rows is named.
FIELDS = {
    "person": """
        nickname text! personal
        full_name text personal
        alias text personal
        sex choice personal sex
        born_on date personal
        born_precision choice personal born_precision
        id_type choice sensitive id_type
        id_number text sensitive
        ethnic_group choice sensitive ethnic_group
        education choice personal education
        marriage choice personal marriage
        political_status choice sensitive political_status
        hukou_place reference personal place
        current_place reference personal place
        address text personal
        arrived_on date personal
        phone text personal
        wechat text personal
        reach_when text personal
        safe_to_message yes_no! personal
        employment choice personal employment
        occupation text personal
        economic_state choice sensitive economic_state
        health_note long sensitive
        disability_kind choices sensitive disability
        disability_grade integer sensitive
        tags choices sensitive tag
        for_testing yes_no internal
    """,
    "consent": """
        person reference! personal person
        purpose choice! personal consent_purpose
        notice reference! personal privacy_notice
        text_hash computed personal
        given_by reference! personal person
        relation choice! personal relationship
        child_assent choice personal assent
        way choice! personal consent_way
        evidence file personal
        recipients references personal organisation
        limits long personal
        given_at datetime! personal
        expires_on date personal
        withdrawn_at datetime personal
        refused_reason long personal
        withhold_from text sensitive
        withhold_why choice sensitive withhold
    """,
    "intake": """
        source choice! sensitive case_source
        referred_by text sensitive
        problem long! sensitive
        causes long sensitive
        needs long! sensitive
        own_words long! sensitive
        family_background long sensitive
        genogram file sensitive
        ecomap file sensitive
        past_services long sensitive
        crisis yes_no! sensitive
        urgent yes_no! sensitive
        child_risk yes_no! sensitive
        risk_note long sensitive
    """,
    "contact_note": """
        way choice! sensitive contact_way
        aim long! sensitive
        said long! sensitive
        nonverbal long sensitive
        result long sensitive
        feelings long author_only
        reflection long author_only
        next_topic text sensitive
        next_at datetime sensitive
        tasks rows sensitive
          task text! sensitive
          owner reference! sensitive user
          due_on date! sensitive
    """,
    "referral": """
        case reference! sensitive case
        to_organisation text! sensitive
        to_contact text! sensitive
        reason long! sensitive
        info_passed long! sensitive
        consent reference sensitive consent
        override_reason long sensitive
        sent_at datetime sensitive
        answer choice sensitive referral_answer
        was_served choice sensitive yes_no_unknown
        feedback_on date sensitive
    """,
    "risk_report": """
        person reference! sensitive person
        found_at datetime! sensitive
        signs choices! sensitive risk_sign
        facts long! sensitive
        agency choices sensitive report_agency
        reported_at datetime sensitive
        way choice sensitive contact_way
        receipt_no text sensitive
        immediate long! sensitive
        supervisor_reason long sensitive
        follow_up long sensitive
    """,
    "aid_distribution": """
        application reference! sensitive aid_application
        given_on date! sensitive
        amount yuan sensitive
        items rows sensitive
          GOODS
        giver reference! sensitive user
        witness text! sensitive
        receipt signature! sensitive
        proxy text sensitive
        follow_up_on date! sensitive
        donor_report_no text internal
    """,
    "centre_day": """
        centre reference! internal centre
        service_date date! internal
        opened_at time! internal
        closed_at time internal
        on_duty references! internal person
        in_count computed internal
        out_count computed internal
        attendance rows sensitive
          child reference! sensitive person
          in_at time! sensitive
          out_at time sensitive
          collected_by text sensitive
        safety rows internal
          item text! internal
          ok yes_no! internal
        how_it_went long internal
    """,
    "volunteer_hours": """
        volunteer reference! personal person
        shift reference personal shift
        start datetime personal
        end datetime personal
        break_min integer! personal
        travel_min integer! personal
        counted_min computed personal
        confirmed_by reference! personal user
        reverses reference personal volunteer_hours
        why long personal
    """,
    "precheck": """
        organisation reference! internal supported_organisation
        year integer! internal
        checklist rows internal
          heading choice! internal inspection_heading
          item text! internal
          light choice! internal light
          missing text internal
          owner text internal
          due_on date internal
        light computed internal
        coach_note long internal
    """,
}
GOODS = ("item reference! {0} supply_item", "quantity integer! {0}")


def _forms() -> dict[str, tuple[str, int, list[str]]]:
    lines = [line.split() for line in AGREED.split("\n") if line]
    return {key: (number, int(count), sorted(blocks)) for number, key, count, *blocks in lines}


def _exact(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    above = ""
    for line in (line for line in text.splitlines() if line.strip()):
        key, _space, rest = line.strip().partition(" ")
        if not line.startswith(" " * 10):
            above = key
            found[key] = rest
        elif key == "GOODS":
            privacy = found[above].split()[1]
            found |= _exact_rows(above, [one.format(privacy) for one in GOODS])
        else:
            found[f"{above}.{key}"] = rest
    return found


def _exact_rows(above: str, lines: list[str]) -> dict[str, str]:
    return {f"{above}.{key}": rest for key, _space, rest in (line.partition(" ") for line in lines)}


FORMS = _forms()
EXACT = {key: _exact(text) for key, text in FIELDS.items()}
