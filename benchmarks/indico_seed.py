"""Fill an Indico: 12 categories, 200 meetings, 100 of them in one category, two with 100 items.

Run by Indico's own Python, with ``INDICO_CONFIG`` set and an empty, prepared database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytz
from flask import session
from indico.core.db import db
from indico.modules.auth import Identity
from indico.modules.categories import Category
from indico.modules.categories.operations import create_category
from indico.modules.events.contributions.operations import create_contribution
from indico.modules.events.models.events import Event, EventType
from indico.modules.events.operations import create_event
from indico.modules.users.operations import create_user
from indico.web.flask.app import make_app

FIRST_DAY = dt.datetime(2026, 1, 5, 8, tzinfo=pytz.utc)
PLACE = {
    "source": None,
    "inheriting": False,
    "venue_name": "Congress hall",
    "room_name": "Hall 1",
    "address": "Main street 1",
}


def sign_in() -> None:
    """Make an administrator, and act as one."""
    identity = Identity(provider="indico", identifier="admin", password="Correct-horse-1")
    names = {"first_name": "Ada", "last_name": "Admin", "affiliation": "Secretariat"}
    user = create_user("admin@example.org", names, identity)
    user.is_admin = True
    db.session.add(user)
    db.session.commit()
    session.set_session_user(user)


def make_events(categories: list[Category]) -> Iterator[Event]:
    """Make 200 events a day apart, the first hundred of them in the first category."""
    for number in range(200):
        start = FIRST_DAY + dt.timedelta(days=number)
        category = categories[0] if number < 100 else categories[1 + number % 11]
        kind = EventType.conference if number % 2 == 0 else EventType.meeting
        yield create_event(
            category,
            kind,
            {
                "title": f"Meeting {number} of national coordinators",
                "description": "Agenda, documents and practical information. " * 6,
                "start_dt": start,
                "end_dt": start + dt.timedelta(days=2),
                "timezone": "UTC",
                "location_data": PLACE,
            },
        )


def make_agenda(event: Event) -> None:
    """Give an event a hundred items over two days."""
    for number in range(100):
        minutes = 10 * number if number < 50 else 1440 + 10 * (number - 50)
        create_contribution(
            event,
            {
                "title": f"Item {number}: draft decision on subject {number}",
                "description": "Draft text and explanatory note. " * 8,
                "duration": dt.timedelta(minutes=10),
                "start_dt": event.start_dt + dt.timedelta(minutes=minutes),
            },
        )
    db.session.commit()


with make_app().test_request_context():
    sign_in()
    root = Category.get_root()
    made = [
        create_category(root, {"title": f"Body {number}", "description": "Meetings of the body"})
        for number in range(12)
    ]
    db.session.commit()
    events = list(make_events(made))
    db.session.commit()
    for meeting in events[:2]:
        make_agenda(meeting)
