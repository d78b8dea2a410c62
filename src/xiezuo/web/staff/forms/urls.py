"""/forms/…"""

from django.urls import path

from xiezuo.web.staff.forms import printing, templates

urlpatterns = [
    path("papers/", printing.blank_forms, name="blank_forms"),
    path("<slug:form>/print/", printing.print_form, name="print_form"),
    path("templates/", templates.templates, name="form_templates"),
    path("templates/<int:pk>/", templates.change, name="change_template"),
    path("templates/<int:pk>/file/", templates.file, name="template_file"),
    path("templates/<int:pk>/try/", templates.tried, name="try_template"),
    path("<slug:form>/template/", templates.template, name="form_template"),
    path("<slug:form>/template/starter/", templates.start, name="template_starter"),
]
