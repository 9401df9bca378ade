"""All addresses of the site."""

from __future__ import annotations

from comity_web.api.urls import urlpatterns as for_machines
from comity_web.public.urls import urlpatterns as for_people

# One list, because every list within another is a step more for every request.
urlpatterns = [*for_machines, *for_people]
handler404 = "comity_web.public.refusals.not_found"
