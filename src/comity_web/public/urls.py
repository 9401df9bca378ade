"""Addresses of the public site."""

from __future__ import annotations

from django.urls import include, path

from comity_web.public import drawn_views, feed_views, views

ORGANISATION = "<language:language>/<str:organisation>/"
ACT = f"{ORGANISATION}acts/<str:act>/"

urlpatterns = [
    path("", views.root, name="root"),
    path("robots.txt", feed_views.robots, name="robots"),
    path("sitemap.xml", feed_views.sitemap_index, name="sitemap"),
    path("sitemap.site.xml", feed_views.sitemap_site, name="sitemap-site"),
    path(
        "sitemap-<str:organisation>-<int:number>.xml", feed_views.sitemap_part, name="sitemap-part"
    ),
    path(f"{ORGANISATION}acts.atom", feed_views.acts_atom, name="acts-atom"),
    path(f"{ORGANISATION}acts.csv", feed_views.acts_csv, name="acts-csv"),
    path(f"{ORGANISATION}acts.jsonl", feed_views.acts_jsonl, name="acts-jsonl"),
    path(f"{ORGANISATION}calendar.ics", feed_views.calendar, name="calendar"),
    path("", include("comity_web.public.log_urls")),
    path("<language:language>/", views.organisations, name="organisations"),
    path("<language:language>/about/", views.about, name="about"),
    path("<language:language>/search/", views.search, name="search"),
    path(ORGANISATION, views.organisation, name="organisation"),
    path(f"{ORGANISATION}search/", views.search_here, name="search-here"),
    path(f"{ORGANISATION}charter/", views.charter, name="charter"),
    path(f"{ORGANISATION}offices/", views.offices, name="offices"),
    path(f"{ORGANISATION}compare/", views.compare, name="compare"),
    path(f"{ORGANISATION}sources/", views.sources, name="sources"),
    path(f"{ORGANISATION}sources/<str:source>/", views.source, name="source"),
    path(f"{ORGANISATION}disagreements/", views.disagreements, name="disagreements"),
    path(f"{ORGANISATION}plans/", views.plans, name="plans"),
    path(f"{ORGANISATION}parties/", views.parties, name="parties"),
    path(f"{ORGANISATION}parties/<str:party>/", views.party, name="party"),
    path(f"{ACT}citation.bib", feed_views.citation_bib, name="citation-bib"),
    path(f"{ACT}citation.ris", feed_views.citation_ris, name="citation-ris"),
    path(f"{ACT}citation.json", feed_views.citation_csl, name="citation-csl"),
    path(f"{ORGANISATION}acts/", views.acts, name="acts"),
    path(ACT, views.act, name="act"),
    path(f"{ORGANISATION}timeline/", drawn_views.timeline, name="timeline"),
    path(f"{ORGANISATION}timeline.svg", drawn_views.timeline_svg, name="timeline-svg"),
    path(f"{ORGANISATION}timeline.csv", drawn_views.timeline_csv, name="timeline-csv"),
    path(f"{ORGANISATION}growth/", drawn_views.growth, name="growth"),
    path(f"{ORGANISATION}growth.svg", drawn_views.growth_svg, name="growth-svg"),
    path(f"{ORGANISATION}growth.csv", drawn_views.growth_csv, name="growth-csv"),
    path(f"{ORGANISATION}map/", drawn_views.map_of, name="map"),
    path(f"{ORGANISATION}map.svg", drawn_views.map_svg, name="map-svg"),
    path(f"{ORGANISATION}map.csv", drawn_views.map_csv, name="map-csv"),
    path(f"{ORGANISATION}articles/<str:article>/", views.article, name="article"),
    path(f"{ORGANISATION}bodies/", views.bodies, name="bodies"),
    path(f"{ORGANISATION}bodies/<str:body>/", views.body, name="body"),
    path(f"{ORGANISATION}rights/", views.rights, name="rights"),
    path(f"{ORGANISATION}why/<str:asked>/", views.why, {"names": ""}, name="why"),
    path(f"{ORGANISATION}why/<str:asked>/<path:names>/", views.why, name="why"),
]
