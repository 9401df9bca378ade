"""Proving from outside what a site serves: the whole record, or one act."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from comity.cli.context import Session
from comity.cli.http_reader import HttpReader
from comity.cli.progress import progress_bar
from comity.cli.tables import Page
from comity.cli.verdicts import say, show_verified, verified_data
from comity.kernel.canonical import JSON
from comity.register.mirror import File, Mirrored, mirror
from comity.register.served import ProvedAct, Served
from comity.tlog.note import VerifierKey

_AT_ONCE = 4  # requests: enough to hide the way there and back, few enough for any site
_FILES_WORTH_A_BAR = 30


def verify_site(
    session: Session,
    reader: HttpReader,
    copy: Path | None,
    *,
    key: VerifierKey | None,
    earlier: bytes | None,
    law: bool | None,
) -> int:
    """Verify the whole record of a site, in a copy that is kept where one is named."""
    with (
        _folder(copy) as folder,
        progress_bar(quiet=session.as_json, worth=_FILES_WORTH_A_BAR) as progress,
    ):
        made = mirror(
            reader.get,
            folder,
            key=key,
            earlier=earlier,
            law=law,
            spread=_some_at_once,
            progress=progress,
        )
    if session.as_json:
        session.emit(
            {
                **verified_data(made.found, given=key is not None),
                "key": str(made.key),
                "url": reader.address,
                "mirror": str(copy) if copy else None,
                "mirrored_before": made.before.size if made.before else None,
                "files_fetched": made.fetched,
            }
        )
    else:
        _show(Page(session), reader, copy, made, given=key is not None)
    return 0


def prove_act(
    session: Session,
    reader: HttpReader,
    name: str,
    *,
    key: VerifierKey | None,
    earlier: bytes | None,
) -> int:
    """Prove that one act, named ``ORG/ID``, is in the log of a site."""
    organisation, _, act = name.partition("/")
    served = Served.open(reader.get, key=key, earlier=(earlier,) if earlier else ())
    proved = served.prove(organisation, act)
    if session.as_json:
        data = _act_data(served, proved) | {"key_given": key is not None}
        session.emit({**data, "url": reader.address, "requests": reader.requests})
    else:
        _show_act(Page(session), name, served, proved, given=key is not None)
    return 0


def _some_at_once(fetch: Callable[[File], None], files: Iterable[File]) -> Iterator[None]:
    """Fetch several files at a time; whatever happens, none is still on its way afterwards."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(fetch, files)


@contextmanager
def _folder(copy: Path | None) -> Iterator[Path]:
    """Give the folder that was named, or one that goes when all is verified."""
    if copy:
        yield copy
    else:
        with tempfile.TemporaryDirectory(prefix="comity-") as folder:
            yield Path(folder, "record")


def _show(
    page: Page, reader: HttpReader, copy: Path | None, made: Mirrored, *, given: bool
) -> None:
    show_verified(page, reader.address, made.found)
    if copy:
        page.line(say(page, "copied", path=copy, files=made.fetched), indent=2)
    if given or not made.before:
        _show_key(page, made.key, given=given)
    else:
        page.line(say(page, "key_kept"), indent=2)


def _show_key(page: Page, key: VerifierKey, *, given: bool) -> None:
    page.line(say(page, "key_given" if given else "key_served"), indent=2)
    if not given:
        page.whole(say(page, "key", key=key), indent=2)


def _act_data(served: Served, proved: ProvedAct) -> dict[str, JSON]:
    return {
        "verified": True,
        "organisation": proved.act.organisation,
        "act": proved.act.id,
        "origin": served.checkpoint.origin,
        "leaves": served.checkpoint.size,
        "root": served.checkpoint.root.hex(),
        "position": proved.position,
        "leaf_hash": proved.leaf_hash.hex(),
        "path": [each.hex() for each in proved.path],
        "record": json.loads(proved.entry),
        "earlier_leaves": served.earlier[0].size if served.earlier else None,
        "key": str(served.key),
    }


def _show_act(page: Page, name: str, served: Served, proved: ProvedAct, *, given: bool) -> None:
    now = served.checkpoint
    page.line(say(page, "act", act=name), style="bold")
    leaf = say(page, "act_leaf", position=proved.position, leaves=now.size, origin=now.origin)
    page.line(leaf, indent=2)
    path = say(page, "act_path", leaf=proved.leaf_hash.hex(), hashes=len(proved.path))
    page.line(path, indent=2)
    page.line(say(page, "root", root=now.root.hex()), indent=2)
    for each in served.earlier:
        page.line(say(page, "grown", leaves=each.size), indent=2)
    _show_key(page, served.key, given=given)
    page.line(say(page, "act_entry"), indent=2)
    page.whole(proved.entry.decode(), indent=4)
