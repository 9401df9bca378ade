"""Every public address of an organisation, as its own pages lead to them."""

from __future__ import annotations

import re
from urllib.error import HTTPError
from urllib.request import urlopen

from benchmarks.load import Failed

_LINK = re.compile(r'href="(/en/[^"?#]*)')
_MOST = 20_000


def addresses(base: str, organisation: str) -> list[str]:
    """Return the addresses of pages of an organisation in English, found by following its links.

    What is linked and not a page (a file, or nothing at all) is left out.
    """
    within = f"/en/{organisation}/"
    waiting, seen, found = [within], {within}, []
    for address in waiting:
        links = _links(base + address)
        if links is not None:
            found.append(address)
        new = {each for each in links or () if each.startswith(within)} - seen
        waiting += sorted(new)
        seen |= new
        if len(seen) > _MOST:
            raise Failed(f"more than {_MOST} addresses: links that make links?")
    return found


def _links(address: str) -> list[str] | None:
    try:
        with urlopen(address, timeout=60) as answer:
            if answer.headers.get_content_type() != "text/html":
                return None
            return _LINK.findall(answer.read().decode())
    except HTTPError:
        return None


def kind(address: str) -> str:
    """Return the kind of page at an address: its steps after the organisation, names left out.

    >>> kind("/en/sco/"), kind("/en/sco/acts/"), kind("/en/sco/acts/2017-06-09-in-member/")
    ('overview', 'acts', 'acts/…')
    >>> kind("/en/sco/why/status/BY/")
    'why/status/…'
    """
    steps = [each for each in address.split("/")[3:] if each]
    if not steps:
        return "overview"
    named = 2 if steps[0] == "why" else 1
    return "/".join(steps[:named]) + ("/…" if len(steps) > named else "")
