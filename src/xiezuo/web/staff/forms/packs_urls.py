"""/forms/packs/…"""

from django.urls import path

from xiezuo.web.staff.forms import packs, packs_carried, packs_changing, packs_deciding, packs_kept, packs_upgrading

urlpatterns = [
    path("", packs.packs, name="packs"),
    path("new/", packs_changing.new, name="new_pack"),
    path("in-use/", packs_kept.in_use, name="packs_in_use"),
    path("import/", packs_carried.bring, name="import_pack"),
    path("signers/<int:pk>/end/", packs_carried.end, name="end_signer"),
    path("drafts/<int:pk>/", packs_changing.draft, name="pack_draft"),
    path("drafts/<int:pk>/change/", packs_changing.change, name="change_pack"),
    path("drafts/<int:pk>/add/", packs_changing.add, name="add_to_pack"),
    path("drafts/<int:pk>/try/", packs_deciding.attempt, name="try_pack"),
    path("drafts/<int:pk>/read/", packs_deciding.read, name="read_pack"),
    path("drafts/<int:pk>/publish/", packs_deciding.publish_one, name="publish_pack"),
    path("drafts/<int:pk>/send-back/", packs_deciding.back, name="send_pack_back"),
    path("drafts/<int:pk>/drop/", packs_deciding.drop_one, name="drop_pack"),
    path("drafts/<int:pk>/end/", packs_deciding.end, name="end_pack"),
    path("drafts/<int:pk>/again/", packs_deciding.again, name="look_at_pack_again"),
    path("results/<int:pk>/", packs_deciding.result, name="pack_result"),
    path("<slug:name>/", packs.one, name="pack"),
    path("<slug:name>/compare/", packs.compare, name="compare_pack"),
    path("<slug:name>/begin/", packs_changing.begin_one, name="begin_pack"),
    path("<slug:name>/export/", packs_carried.send, name="export_pack"),
    path("<slug:name>/verify/", packs_kept.verify, name="verify_pack"),
    path("<slug:name>/upgrade/", packs_upgrading.upgrade, name="upgrade_pack"),
]
