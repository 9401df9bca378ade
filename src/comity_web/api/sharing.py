"""Letting anyone read from anywhere: any method that reads, a page of any origin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from comity.kernel.errors import Fault
from comity_web.api.problems import problem

View = Callable[..., HttpResponse]
METHODS = "GET, HEAD, OPTIONS"
# It is all public, and no cookie tells readers apart.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(answer: View) -> View:
    """Let a view be read with any method that reads, from a page of any origin."""

    @wraps(answer)
    def view(request: HttpRequest, *args: object, **names: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            response = answer(request, *args, **names)
        elif request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": METHODS, **_PREFLIGHT})
        else:
            response = _only_reading(request)
        for header, value in _OPEN.items():
            response.headers[header] = value
        return response

    return view


def _only_reading(request: HttpRequest) -> HttpResponse:
    found = f"the method {str(request.method)[:20]}"
    response = problem(405, [Fault("only_reading", found, METHODS)])
    response.headers["Allow"] = METHODS
    return response
