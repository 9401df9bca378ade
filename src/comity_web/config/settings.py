"""A placeholder, so that the tools have settings to read until the site brings its own."""

SECRET_KEY = "only-for-tests"
USE_TZ = True
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
