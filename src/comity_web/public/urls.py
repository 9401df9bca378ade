"""Addresses of the public site.

Those below one organisation stand together, and so do those in one language: what an address
begins with is then looked at once, and not for each page anew.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from comity_web.public import drawn_views, feed_views, views

_OF_AN_ACT = [
    path("", views.act, name="act"),
    path("citation.bib", feed_views.citation_bib, name="citation-bib"),
    path("citation.ris", feed_views.citation_ris, name="citation-ris"),
    path("citation.json", feed_views.citation_csl, name="citation-csl"),
]
_OF_AN_ORGANISATION: list[URLPattern | URLResolver] = [
    path("", views.organisation, name="organisation"),
    path("acts.atom", feed_views.acts_atom, name="acts-atom"),
    path("acts.csv", feed_views.acts_csv, name="acts-csv"),
    path("acts.jsonl", feed_views.acts_jsonl, name="acts-jsonl"),
    path("calendar.ics", feed_views.calendar, name="calendar"),
    path("search/", views.search_here, name="search-here"),
    path("charter/", views.charter, name="charter"),
    path("offices/", views.offices, name="offices"),
    path("compare/", views.compare, name="compare"),
    path("sources/", views.sources, name="sources"),
    path("sources/<str:source>/", views.source, name="source"),
    path("disagreements/", views.disagreements, name="disagreements"),
    path("plans/", views.plans, name="plans"),
    path("parties/", views.parties, name="parties"),
    path("parties/<str:party>/", views.party, name="party"),
    path("acts/", views.acts, name="acts"),
    path("acts/<str:act>/", include(_OF_AN_ACT)),
    path("timeline/", drawn_views.timeline, name="timeline"),
    path("timeline.svg", drawn_views.timeline_svg, name="timeline-svg"),
    path("timeline.csv", drawn_views.timeline_csv, name="timeline-csv"),
    path("growth/", drawn_views.growth, name="growth"),
    path("growth.svg", drawn_views.growth_svg, name="growth-svg"),
    path("growth.csv", drawn_views.growth_csv, name="growth-csv"),
    path("map/", drawn_views.map_of, name="map"),
    path("map.svg", drawn_views.map_svg, name="map-svg"),
    path("map.csv", drawn_views.map_csv, name="map-csv"),
    path("articles/<str:article>/", views.article, name="article"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<str:body>/", views.body, name="body"),
    path("rights/", views.rights, name="rights"),
    path("why/<str:asked>/", views.why, {"names": ""}, name="why"),
    path("why/<str:asked>/<path:names>/", views.why, name="why"),
]
_IN_A_LANGUAGE: list[URLPattern | URLResolver] = [
    path("", views.organisations, name="organisations"),
    path("about/", views.about, name="about"),
    path("search/", views.search, name="search"),
    path("<str:organisation>/", include(_OF_AN_ORGANISATION)),
]

urlpatterns = [
    path("", views.root, name="root"),
    path("robots.txt", feed_views.robots, name="robots"),
    path("sitemap.xml", feed_views.sitemap_index, name="sitemap"),
    path("sitemap.site.xml", feed_views.sitemap_site, name="sitemap-site"),
    path(
        "sitemap-<str:organisation>-<int:number>.xml", feed_views.sitemap_part, name="sitemap-part"
    ),
    path("<language:language>/", include(_IN_A_LANGUAGE)),
    path("", include("comity_web.public.log_urls")),
]
