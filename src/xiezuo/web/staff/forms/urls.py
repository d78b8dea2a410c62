"""/forms/…"""

from django.urls import path

from xiezuo.web.staff.forms import choosing, files, filling, finding, of_person, showing

urlpatterns = [
    path("", choosing.forms, name="forms"),
    path("find/", finding.find, name="find_for_form"),
    path("fill/<slug:form>/", filling.fill, name="fill_form"),
    path("keep/<slug:form>/<uuid:key>/", filling.keep, name="keep_form"),
    path("drop/<uuid:key>/", filling.drop, name="drop_form"),
    path("files/<uuid:key>/", files.send, name="send_file"),
    path("file/<uuid:file>/", files.fetch, name="form_file"),
    path("people/<int:pk>/", of_person.of_person, name="person_forms"),
    path("<int:pk>/", showing.one, name="filled_form"),
    path("<int:pk>/correct/", filling.correct, name="correct_form"),
    path("<int:pk>/decide/", showing.decide, name="decide_form"),
]
