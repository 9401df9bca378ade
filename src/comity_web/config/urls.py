"""All addresses of the site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("comity_web.api.urls")),
    path("", include("comity_web.public.urls")),
]
handler404 = "comity_web.public.refusals.not_found"
