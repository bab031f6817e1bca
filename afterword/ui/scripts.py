"""The scripts of our components: files that the browser fetches once, since what is inline goes out with every answer."""

from __future__ import annotations

from hashlib import blake2s
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
# Calls keep their order, and a script that could not be fetched is asked for again with the next one.
LOADER = """
let script
export default component => {
  script ??= import(new URL("app/static/%s?%s", document.baseURI))
  script.then(found => found.default(component)).catch(() => (script = null))
}
"""


def fetched(name: str) -> str:
    """What a component has inline for a script in static/; a changed script has another address."""
    digest = blake2s((STATIC / name).read_bytes(), digest_size=4).hexdigest()
    return LOADER % (name, digest)
