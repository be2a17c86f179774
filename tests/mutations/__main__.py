"""Write docs/mutations.md: python -m tests.mutations."""

import tempfile
from pathlib import Path

from tests.mutations import HEAD, ROOT, TABLE, rows

with tempfile.TemporaryDirectory() as folder:
    TABLE.write_text(HEAD + "".join(rows(ROOT / "dist", Path(folder))), "utf-8")
print(f"{TABLE.relative_to(ROOT)} is written; read it.")
