"""What holds for every request and answer, whatever page it is."""

from __future__ import annotations

import time
from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from comity_web.api import refusals as to_machines
from comity_web.public import refusals as to_people
from comity_web.serving.limits import LONGEST_PATH, MOST_FIELDS, WorkLimits, reader_of

_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class SafetyHeaders:
    """Add the headers that Django does not know of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # One policy for every answer, so it is put into words once.
        self._headers = {**_HEADERS, "Content-Security-Policy": str(build_policy())}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the headers added."""
        response = self.get_response(request)
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)
        return response


class ShortAddresses:
    """Answer addresses that say more than any here without looking for their page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, unless its path is too long or has too many fields."""
        by_machine = _is_for_machines(request)
        if len(request.path) > LONGEST_PATH:
            return to_machines.too_long(request) if by_machine else to_people.too_long(request)
        if request.META.get("QUERY_STRING", "").count("&") >= MOST_FIELDS:
            return to_machines.too_many(request) if by_machine else to_people.too_many(request)
        return self.get_response(request)


class FairShares:
    """Let no one reader have all the server's time; this machine itself is not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.limits = WorkLimits(**settings.WORK_LIMITS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, unless its reader has spent all there is for one."""
        reader = reader_of(request.META, settings.PROXIES)
        if not reader:
            return self.get_response(request)
        began = time.monotonic()
        if wait := self.limits.wait(reader, began):
            if _is_for_machines(request):
                return to_machines.too_much(request, wait)
            return to_people.too_much(request, wait)
        response = self.get_response(request)
        ended = time.monotonic()
        self.limits.spend(reader, ended - began, ended)
        return response


def _is_for_machines(request: HttpRequest) -> bool:
    return request.path.startswith(to_machines.BEGINNINGS)
