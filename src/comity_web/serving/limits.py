"""How much work one reader may ask for: a budget of server time, not a number of requests.

What is kept in memory costs next to nothing, so a newsroom behind one address can read all day;
who asks for a new page a hundred times a second is told when to come back. Each process counts
for itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock

LONGEST_PATH = 2000
MOST_FIELDS = 100
_READERS = 10_000
_LONGEST_ADDRESS = 100  # no network address is as long, its zone and port with it


@dataclass(slots=True)
class _Account:
    seconds: float
    at: float


class WorkLimits:
    """Budgets of server time by reader: a ``burst`` of seconds, refilled by ``rate`` a second."""

    def __init__(self, *, burst: float, rate: float) -> None:
        self.burst, self.rate = burst, rate
        self._accounts: OrderedDict[str, _Account] = OrderedDict()
        self._lock = Lock()

    def wait(self, reader: str, now: float) -> int:
        """Return after how many whole seconds the reader may ask again; 0 for at once."""
        with self._lock:
            account = self._account(reader, now)
            return 0 if account.seconds > 0 else max(1, ceil(-account.seconds / self.rate))

    def spend(self, reader: str, seconds: float, now: float) -> None:
        """Take the time that an answer took from the reader's budget."""
        with self._lock:
            self._account(reader, now).seconds -= seconds

    def _account(self, reader: str, now: float) -> _Account:
        account = self._accounts.pop(reader, None) or _Account(self.burst, now)
        earned = max(now - account.at, 0) * self.rate
        account.seconds, account.at = min(self.burst, account.seconds + earned), now
        self._accounts[reader] = account
        while len(self._accounts) > _READERS:
            self._accounts.popitem(last=False)
        return account


def reader_of(meta: Mapping[str, str], proxies: int) -> str:
    """Return the network address that a request comes from; nothing for this machine itself.

    ``proxies`` is how many proxies of our own stand in front: each adds the address it saw at the
    end of ``X-Forwarded-For``, and what stands before these is only what somebody says. Of an IPv6
    address the network (/64) counts, because one reader has all of it.
    """
    address = meta.get("REMOTE_ADDR", "")
    if proxies:
        seen = [each.strip() for each in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = seen[-proxies] if len(seen) >= proxies else address
    return _counted(address[:_LONGEST_ADDRESS])


@lru_cache(maxsize=1024)
def _counted(address: str) -> str:
    try:
        found = ip_address(_without_port(address))
    except ValueError:
        return address[:64]
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return ""
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


def _without_port(address: str) -> str:
    """Return an address as some proxies write it, ``[…]:4711`` or ``…:4711``, without the port."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
