"""The process that serves pages."""

from __future__ import annotations

import gc
import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity_web.config.settings")

from comity_web.serving.whole import at_once

application = at_once(get_wsgi_application())

from comity_web.search.keeping import prepare  # noqa: E402 - it has models, which want settings

# Load the addresses now, not with the first reader; then keep the collector away from all that
# stays. Measured: the slowest hundredth of pages falls from 60-80 ms to a fraction of that.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)

# The index of the search is filled beside the first pages: only who searches waits for the rest.
Thread(target=prepare, name="search index", daemon=True).start()
