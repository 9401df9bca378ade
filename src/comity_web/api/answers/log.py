"""The head of the log, as it was signed."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta

from comity_web.api.addresses import api_url, log_head
from comity_web.api.answers.parts import Envelope, Instant, Links
from comity_web.api.parameters import Asked
from comity_web.register.selectors import Present, signed_head
from comity_web.register.signing import verifier_key


class LogState(Envelope):
    """The head of the log."""

    recorded_at: Annotated[
        Instant | None, Meta(description=gettext_noop("When the last entry was recorded."))
    ]
    checkpoint: Annotated[
        str, Meta(description=gettext_noop("The signed checkpoint, in the form of C2SP."))
    ]
    key: Annotated[
        str,
        Meta(
            description=gettext_noop(
                "The key that checks the signature; compare it with the one published elsewhere."
            )
        ),
    ]


def log_state(present: Present, asked: Asked) -> LogState:
    """Return the head of the log."""
    del asked  # nothing can be asked of it
    head = signed_head(present.size)
    return LogState(
        log=log_head(present),
        links=Links(here=api_url("log"), next=None, html={}),
        recorded_at=present.recorded_at,
        checkpoint=head.note if head else "",
        key=str(verifier_key()),
    )
