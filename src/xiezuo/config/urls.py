"""The URL table: every address of the house."""

from django.urls import URLPattern, URLResolver, include, path

from xiezuo.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("xiezuo.web.urls")),
]

handler400 = "xiezuo.web.base.errors.bad_request"
handler403 = "xiezuo.web.base.errors.permission_denied"
handler404 = "xiezuo.web.base.errors.page_not_found"
handler500 = "xiezuo.web.base.errors.server_error"
