"""Asking the read API in tests."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

ROOT = "/api/v1"
ORGANISATIONS = ("au", "eu", "opec", "sco")


def ask(path: str, **headers: str) -> HttpResponse:
    return Client().get(f"{ROOT}/{path}", headers=headers)


def data(path: str) -> dict[str, Any]:
    response = ask(path)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def refused(path: str, status: int) -> dict[str, Any]:
    """Return a problem; it has the status expected, and at least one fault."""
    response = ask(path)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert (found["status"], bool(found["faults"])) == (status, True)
    return found


def ids(statement: dict[str, Any]) -> list[str]:
    """Return what a statement rests on."""
    return [each["id"] for each in statement["grounds"]]
