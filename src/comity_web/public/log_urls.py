"""Addresses of the public record as files; included once, at the root of the site."""

from __future__ import annotations

from django.urls import path

from comity_web.public import log_views

ACT = "<language:language>/<str:organisation>/acts/<str:act>/"

urlpatterns = [
    path("register.vkey", log_views.key, name="key"),
    path("log/key", log_views.key, name="log_key"),
    path("log/checkpoint", log_views.checkpoint, name="checkpoint"),
    path("log/tile/entries/<path:name>", log_views.bundle, name="bundle"),
    path("log/tile/<path:name>", log_views.tile, name="tile"),
    path("log/<path:name>", log_views.no_file),
    path("log/", log_views.no_file),
    path("charters/<str:name>", log_views.charter, name="charter"),
    path("acts.jsonl", log_views.lines, name="lines"),
    path("acts.csv", log_views.table, name="table"),
    path(f"{ACT}proof.json", log_views.proof_data, name="proof_data"),
    path(f"{ACT}proof.tlog-proof", log_views.proof_text, name="proof_text"),
]
