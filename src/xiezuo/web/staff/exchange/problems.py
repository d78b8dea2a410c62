"""Words for every kind of problem that a sheet may have: what was found, and what the import does about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Told:
    what: Words
    then: Words


LEFT_OUT = _("The value is left out; the record arrives without it.")
AS_WRITTEN = _("Taken in as written.")
READ_AS_MEANT = _("Read as it was meant; nothing to do.")
PARTS_FIRST = _("The parts are taken in, not the sum.")
MONTH_ONLY = _("Taken in as far as the date is known: the month or the year.")

PROBLEMS: dict[str, Told] = {
    "row_sum_mismatch": Told(_("A sum in a row differs from its parts"), PARTS_FIRST),
    "total_mismatch": Told(_("A total differs from the rows above or below it"), _("Totals are not taken in.")),
    "running_total_mismatch": Told(_("A running total does not follow from the row before"), AS_WRITTEN),
    "balance_mismatch": Told(_("A balance differs from what came in and went out"), AS_WRITTEN),
    "heads_gt_attendances": Told(_("Fewer person-times than people"), _("Both figures are taken in as written.")),
    "hours_interval_mismatch": Told(_("Hours differ from start and end"), AS_WRITTEN),
    "hours_without_people": Told(_("Volunteer hours without volunteers"), _("The hours are taken in.")),
    "hours_unclear": Told(_("Hours written in words, such as half a day"), LEFT_OUT),
    "hours_missing": Told(_("A tick instead of hours"), LEFT_OUT),
    "hours_excessive": Told(_("More than 24 hours in one day"), AS_WRITTEN),
    "date_missing": Told(_("An activity without a date"), MONTH_ONLY),
    "date_impossible": Told(_("A day that no calendar has"), MONTH_ONLY),
    "date_vague": Told(_("A date without a day"), MONTH_ONLY),
    "date_ambiguous": Told(_("A date that can be read in two ways"), MONTH_ONLY),
    "date_outside_period": Told(_("A date outside the year of the sheet"), AS_WRITTEN),
    "date_partial": Told(_("A birth date known only in part"), _("Taken in as far as it is known.")),
    "date_lunar": Told(_("A birth date of the lunar calendar"), _("Only the year is taken in.")),
    "month_date_mismatch": Told(_("The month column differs from the date"), _("The date counts.")),
    "weekday_mismatch": Told(_("The weekday does not fit the date"), _("The date counts.")),
    "number_as_text": Told(_("A number kept as text"), READ_AS_MEANT),
    "number_approximate": Told(_("A number written as about"), _("Taken in as the number written.")),
    "expression_in_cell": Told(_("A sum written out, such as 2*3"), READ_AS_MEANT),
    "formula_error": Told(_("A formula that gives an error"), LEFT_OUT),
    "id_precision_lost": Told(
        _("An identity number damaged by the spreadsheet"), _("The number is left out; ask the person for it again.")
    ),
    "id_length": Told(_("An identity number with too few or too many characters"), AS_WRITTEN),
    "id_checksum": Told(_("An identity number whose last character does not fit"), AS_WRITTEN),
    "id_birth_mismatch": Told(_("Identity number and birth date disagree"), _("Both are taken in as written.")),
    "id_sex_mismatch": Told(_("Identity number and sex disagree"), _("Both are taken in as written.")),
    "phone_length": Told(_("A phone number with too few or too many digits"), AS_WRITTEN),
    "phone_masked": Told(_("A phone number with digits covered"), LEFT_OUT),
    "phone_precision_lost": Told(_("A phone number damaged by the spreadsheet"), LEFT_OUT),
    "duplicate_row": Told(_("The same row twice"), _("Both are taken in; cancel one afterwards if it is wrong.")),
    "duplicate_person": Told(
        _("Perhaps the same person twice"), _("Both are taken in; nobody is merged without being asked.")
    ),
    "multiple_people_in_cell": Told(_("Several people in one cell"), _("Each becomes a person of their own.")),
    "counted_not_named": Told(_("A number of people instead of a name"), _("They are counted without names.")),
    "missing_required": Told(_("Something needed is empty"), _("The row arrives without it.")),
    "ditto_mark": Told(_("A ditto mark instead of a phone number"), LEFT_OUT),
    "illegible_char": Told(_("A character inside a name that cannot be read"), AS_WRITTEN),
    "code_unknown": Told(
        _("A service line that is not in the list beside the table"), _("The record arrives without a service line.")
    ),
    "hidden_data": Told(_("A hidden column with something in it"), _("It is read like the others.")),
    "value_unreadable": Told(_("A cell that could not be read as what its column holds"), LEFT_OUT),
}

SEVERITIES: dict[str, Words] = {
    "error": _("something is lost"),
    "warning": _("please look"),
    "info": _("for your information"),
}

UNREADABLE: dict[str, Told] = {
    "password": Told(
        _("The file is protected by a password."), _("Open it, save it without a password, and bring it again.")
    ),
    "not_a_workbook": Told(
        _("This is not a workbook."), _("Excel files (.xlsx, .xls), WPS tables saved as .xlsx, and CSV can be read.")
    ),
    "truncated": Told(_("The file breaks off."), _("It was not copied completely. Copy it once more from its source.")),
    "too_large": Told(_("The file is too large to be read."), _("Split it into several workbooks, one per year.")),
    "zip_bomb": Told(_("The file would swell up beyond all measure."), _("It is not opened. Ask where it comes from.")),
    "unsafe_xml": Told(_("The file holds instructions that a table does not need."), _("It is not opened.")),
    "reader_failed": Told(
        _("Our reader broke on this file."), _("Nothing was changed. Show it to your system administrator.")
    ),
}
