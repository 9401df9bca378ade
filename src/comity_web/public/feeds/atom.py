"""The acts recorded last, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import date
from itertools import islice

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.wording.acts import act_sentence
from comity_web.public.pages.reader import Reader, capital

_ENTRIES = 100


def tag(reader: Reader, identifier: str, minted: date) -> str:
    """Name a thing of the record for ever, wherever the site may move (RFC 4151)."""
    authority, _, specific = settings.LOG_ORIGIN.partition("/")
    return f"tag:{authority},{minted.isoformat()}:{specific}/{reader.charter.id}/{identifier}"


def acts_feed(reader: Reader, base: str) -> bytes:
    """Return the feed of an organisation's acts, last recorded first."""
    name = reader.text(reader.charter.names) or reader.charter.id
    acts = reader.record.acts[: reader.situation.known]
    feed = Atom1Feed(
        title=gettext("%(organisation)s: acts recorded") % {"organisation": name},
        link=base + reader.address(),
        description=gettext("Every act, in the order in which it was recorded, last first."),
        language=reader.language,
        author_name=name,
        feed_url=f"{base}/{reader.language}/{reader.charter.id}/acts.atom",
        feed_guid=tag(reader, "acts", _first_day(acts, reader)),
    )
    for act in islice(reversed(acts), _ENTRIES):
        sentence = capital(act_sentence(act, reader.situation, reader.language))
        note = reader.translated(act.note)
        feed.add_item(
            title=capital(act_sentence(act, reader.situation, reader.language, brief=True)),
            link=base + reader.address("acts", act.id),
            description=escape(f"{sentence}. {note}" if note else sentence),  # read as HTML
            unique_id=tag(reader, act.id, act.recorded_at.date()),
            pubdate=act.recorded_at,
            updateddate=act.recorded_at,
            categories=[act.kind, *act.parties],
        )
    text: str = feed.writeString("utf-8")
    return text.encode()


def _first_day(acts: list[Act], reader: Reader) -> date:
    return acts[0].recorded_at.date() if acts else reader.question.today
