"""What comes in and what goes out."""

from django.urls import path

from xiezuo.web.staff.exchange import desk, exports, imports, intakes, layouts, matches, taken, whole_files

SHEET = "imports/<int:pk>/sheets/<int:position>/"

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.import_batch, name="import_batch"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="confirm_import"),
    path("imports/<int:pk>/discard/", imports.discard, name="discard_import"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo_import"),
    path("imports/<int:pk>/matches/", matches.import_matches, name="import_matches"),
    path("imports/<int:pk>/matches/answer/", matches.answer_matches, name="answer_matches"),
    path("imports/<int:pk>/rows/", taken.import_rows, name="import_rows"),
    path("imports/<int:pk>/kept/", imports.kept_aside, name="import_kept"),
    path(f"{SHEET}correct/", desk.correct, name="correct_sheet"),
    path(f"{SHEET}problems/<slug:kind>/", desk.problems, name="import_problems"),
    path(f"{SHEET}problems/<slug:kind>/answer/", desk.answer, name="answer_problem"),
    path("exports/", exports.exports, name="exports"),
    path("exports/ask/", exports.ask, name="ask_export"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("people/<int:pk>/intakes/<int:row>/open/", intakes.open_case, name="open_imported_case"),
    path("people/<int:pk>/file/", whole_files.person_file, name="person_file"),
    path("households/<int:pk>/file/", whole_files.household_file, name="household_file"),
    path("agreements/", exports.agreements, name="agreements"),
    path("agreements/<int:pk>/end/", exports.end, name="end_agreement"),
    path("layouts/", layouts.layouts, name="layouts"),
    path("layouts/export/", layouts.export_layouts, name="export_layouts"),
    path("layouts/<int:pk>/export/", layouts.export_layout, name="export_layout"),
    path("layouts/<int:pk>/rename/", layouts.rename, name="rename_layout"),
    path("layouts/<int:pk>/retire/", layouts.retire, name="retire_layout"),
]
