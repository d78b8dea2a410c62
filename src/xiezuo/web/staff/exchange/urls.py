"""What comes in."""

from django.urls import path

from xiezuo.web.staff.exchange import imports, matches, taken

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
]
