"""That an act is in the log: the way from its leaf to the signed root, drawn, and to be checked."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext

from comity.tlog.proofs import Step, climb
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.proofs import ActProof
from comity_web.register.signing import verifier_key

WIDTH, BOX, HIGH, STEP = 400, 116, 26, 46
_MIDDLE, _LEFT, _RIGHT = WIDTH / 2, BOX / 2 + 2, WIDTH - BOX / 2 - 2
_SHOWN = 10  # hexadecimal digits of a hash in the drawing

_PYTHON = """import hashlib, json, urllib.request
url = "{url}"
proof = json.load(urllib.request.urlopen(url))
node = hashlib.sha256(b"\\0" + proof["leaf"].encode()).digest()
place, last = proof["position"], proof["size"] - 1
for beside in map(bytes.fromhex, proof["path"]):
    while place == last and place % 2 == 0:
        place, last = place // 2, last // 2
    pair = beside + node if place % 2 else node + beside
    node = hashlib.sha256(b"\\1" + pair).digest()
    place, last = place // 2, last // 2
print(node.hex() == proof["root"])
print(proof["checkpoint"])"""


def proved(reader: Reader, proof: ActProof) -> Page:
    """Return the proof with its steps, and how to check it oneself."""
    unnamed = gettext("address of this site")
    address = settings.ADDRESS or f"<{unnamed}>"
    path = f"/{reader.language}/{reader.charter.id}/acts/{proof.act}"
    return {
        "position": proof.position,
        "size": proof.size,
        "leaf": proof.leaf.decode(),
        "leaf_hash": proof.leaf_hash,
        "root": proof.root,
        "path": list(proof.path),
        "steps": _steps(proof),
        "checkpoint": proof.checkpoint,
        "key": str(verifier_key()),
        "files": [
            {"name": "proof.json", "url": f"{path}/proof.json"},
            {"name": "proof.tlog-proof", "url": f"{path}/proof.tlog-proof"},
        ],
        "command": f"comity verify --url {address} --act {reader.charter.id}/{proof.act}",
        "python": _PYTHON.format(url=f"{address}{path}/proof.json"),
    }


def _steps(proof: ActProof) -> list[Page]:
    """Return what is joined at each step: the left hash, the right one, and what they make."""
    node = proof.leaf_hash
    found = []
    for number, step in enumerate(_climbed(proof), 1):
        sibling, result = step.sibling.hex(), step.result.hex()
        left, right = (sibling, node) if step.on_left else (node, sibling)
        side = "left" if step.on_left else "right"
        found.append(
            {"number": number, "given": side, "left": left, "right": right, "result": result}
        )
        node = result
    return found


def _climbed(proof: ActProof) -> tuple[Step, ...]:
    path = [bytes.fromhex(each) for each in proof.path]
    return climb(bytes.fromhex(proof.leaf_hash), proof.position, proof.size, path)


def drawing(proof: ActProof) -> Page:
    """Return the way up as boxes and lines: the leaf at the foot, the root on top."""
    steps = _climbed(proof)
    height = len(steps) * STEP + HIGH + 4
    foot = height - HIGH - 2
    boxes = [_box(_MIDDLE, foot, proof.leaf_hash, "leaf")]
    lines = []
    for number, step in enumerate(steps, 1):
        beside = _LEFT if step.on_left else _RIGHT
        below, above = foot - (number - 1) * STEP, foot - number * STEP
        boxes.append(_box(beside, below, step.sibling.hex(), "given"))
        kind = "root" if number == len(steps) else "made"
        boxes.append(_box(_MIDDLE, above, step.result.hex(), kind))
        lines += [_line(_MIDDLE, below, above), _line(beside, below, above)]
    return {
        "width": WIDTH,
        "height": height,
        "boxes": boxes,
        "lines": lines,
        "box": BOX,
        "high": HIGH,
    }


def _box(middle: float, y: float, text: str, kind: str) -> Page:
    return {
        "x": middle - BOX / 2,
        "y": y,
        "text_x": middle,
        "text_y": y + HIGH * 0.68,
        "text": text[:_SHOWN],
        "kind": kind,
    }


def _line(x: float, below: float, above: float) -> Page:
    """Return a line from a node up to the one that it is part of."""
    return {"x1": x, "y1": below, "x2": _MIDDLE, "y2": above + HIGH}
