"""What things are called on a day, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from comity.charter.model import Article, Body, Charter, Office, Status, Versions
from comity.kernel.act import Act
from comity.register.situation import Situation, in_language
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.catalogue import capital
from comity.wording.grounds import article_heading
from comity_web.search.acts import texts
from comity_web.search.things import Phrase, Thing

_MANY = 3


def label(
    thing: Thing, act: Act | None, situation: Situation, language: str, *, about: str | None = None
) -> str:
    """Return the label of a thing; ``act`` is the one that it is, or that adopted it.

    ``about`` is the one party to name where an act has many.
    """
    charter, day, id = situation.charter, situation.on, thing.id
    match thing.kind:
        case "organisation":
            return names.organisation_name(charter, language)
        case "party":
            return names.party_name(situation, id, language)
        case "body":
            return names.body_name(charter, id, day, language)
        case "office":
            return names.office_name(charter, id, day, language)
        case "status":
            return names.status_name(charter, id, day, language)
        case "right":
            return names.right_name(charter, id, language)
        case "instrument":
            return names.instrument_name(charter, id, language)
        case "article":
            return _article_label(charter, charter.articles[id].nearest(day), language)
        case "source":
            return charter.in_language(charter.sources[id].title, language) or id
        case "document" | "act":
            assert act is not None, "documents and acts come with their act"
            title = in_language(texts(act, "title", charter), language)
            if thing.kind == "document":
                return title or id
            named = (about or act.parties[0]) if len(act.parties) > _MANY else None
            return capital(act_sentence(act, situation, language, about=named))


def _article_label(charter: Charter, article: Article, language: str) -> str:
    if article.instrument or article.number:
        return article_heading(charter, article, language)
    return in_language(article.title, language) or article.id


def name_like(thing: Thing, said: Phrase, situation: Situation) -> str | None:
    """Return what a thing is called on the day in the manner and language of a phrase.

    Nothing where that is not a name that may change.
    """
    if not said.language or said.role not in ("name", "short_name", "formal_name"):
        return None
    if thing.kind == "party":
        formal = said.role == "formal_name"
        return situation.name(thing.id, said.language, formal=formal).value
    charter = situation.charter
    named: dict[str, Mapping[str, Versions[Body] | Versions[Office] | Versions[Status]]] = {
        "body": charter.bodies,
        "office": charter.offices,
        "status": charter.statuses,
    }
    if thing.kind not in named:
        return None
    version = named[thing.kind][thing.id].nearest(situation.on)
    if said.role == "short_name":
        return version.short_names.get(said.language, "") if isinstance(version, Body) else None
    return version.names.get(said.language, "")
