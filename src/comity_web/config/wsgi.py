"""The process that serves pages."""

from __future__ import annotations

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity_web.config.settings")

from comity_web.serving.whole import at_once

application = at_once(get_wsgi_application())

# They have models, which want settings.
from comity_web.config.process import settle  # noqa: E402
from comity_web.search.keeping import prepare  # noqa: E402

settle()

# The index of the search is filled beside the first pages: only who searches waits for the rest.
# A process forked from one that has it finds it filled.
Thread(target=prepare, name="search index", daemon=True).start()
