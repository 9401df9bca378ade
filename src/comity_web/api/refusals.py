"""What is said to machines where nothing can be asked at all: not here, too long, too much."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from comity.kernel.errors import Fault
from comity_web.api.problems import problem
from comity_web.api.sharing import open_to_all
from comity_web.serving.limits import LONGEST_PATH, MOST_FIELDS

BEGINNINGS = ("/api/v", "/data/")
"""How the addresses begin at which machines are answered."""


@open_to_all
def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Say that there is no such address."""
    del rest
    fault = Fault(
        "unknown_address",
        f'nothing is at "{request.path[:200]}"',
        "an address of the OpenAPI document, without a slash at its end",
        "They are listed at /api/.",
    )
    return problem(404, [fault])


@open_to_all
def too_long(request: HttpRequest) -> HttpResponse:
    """Say that an address is longer than any there is."""
    found = f"the address has {len(request.path)} characters"
    return problem(414, [Fault("too_long", found, f"at most {LONGEST_PATH} characters")])


@open_to_all
def too_many(request: HttpRequest) -> HttpResponse:
    """Say that an address has more fields than anything here takes."""
    found = f"the address has {request.META['QUERY_STRING'].count('&') + 1} fields"
    return problem(414, [Fault("too_many", found, f"at most {MOST_FIELDS} fields")])


@open_to_all
def too_much(request: HttpRequest, wait: int) -> HttpResponse:
    """Say that a reader has asked for more than a fair share, and when to come back."""
    del request
    found = "from your network more was asked than this site can work out at once"
    advice = f"Ask again in {wait} seconds. The whole record is there as files under /data/."
    response = problem(429, [Fault("too_much", found, "fewer questions, or kept answers", advice)])
    response.headers["Retry-After"] = str(wait)
    return response
