"""The worker that keeps a site for times without a network: `scripts/offline.js`, headed by what it shall keep."""

import json
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import quote

from book.formats.web.scripts import script

FILE = "offline.js"
LEFT_OUT = "downloads/"  # whoever wants a finished edition has it as a file


def worker(files: Mapping[str, bytes], name: str) -> bytes:
    """Give `offline.js` for a site's files (path from the site's root to bytes) and the lasting name of its book.

    Finished editions and the worker itself are left out. Any change in a kept file changes the worker, and by that
    browsers know that there is something new.
    """
    kept = {path: data for path, data in sorted(files.items()) if path != FILE and not path.startswith(LEFT_OUT)}
    edition = sha256("".join(f"{path} {sha256(data).hexdigest()}\n" for path, data in kept.items()).encode())
    facts = {"NAME": name, "EDITION": edition.hexdigest()[:16], "FILES": [quote(path) for path in kept]}
    head = "".join(f"const {key} = {json.dumps(value)};\n" for key, value in facts.items())
    return head.encode() + script(FILE)
