"""/forms/…"""

from django.urls import path

from xiezuo.web.staff.forms import choosing, files, filling, finding, of_person, printing, showing, templates

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
    path("<int:pk>/unlock/", showing.unlock, name="unlock_form"),
    path("<int:pk>/print/", printing.print_filled, name="print_filled"),
    path("papers/", printing.blank_forms, name="blank_forms"),
    path("<slug:form>/print/", printing.print_form, name="print_form"),
    path("templates/", templates.templates, name="form_templates"),
    path("templates/<int:pk>/", templates.change, name="change_template"),
    path("templates/<int:pk>/file/", templates.file, name="template_file"),
    path("templates/<int:pk>/try/", templates.tried, name="try_template"),
    path("<slug:form>/template/", templates.template, name="form_template"),
    path("<slug:form>/template/starter/", templates.start, name="template_starter"),
]
