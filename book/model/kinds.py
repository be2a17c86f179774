"""What kinds of content offer: found by its name in the folders of `book.kinds`, so that none is listed anywhere."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules, walk_packages
from types import ModuleType
from typing import Any

from book import kinds


@cache
def modules(room: str) -> dict[str, ModuleType]:
    """Give by kind what belongs to a room: the module of its name, or a package with all that is in it."""
    found = {}
    for kind in iter_modules(kinds.__path__):
        name = f"{kinds.__name__}.{kind.name}.{room}"
        if find_spec(name):
            found[kind.name] = import_module(name)
            for inner in walk_packages(getattr(found[kind.name], "__path__", ()), f"{name}."):
                import_module(inner.name)
    return found


def offered(room: str, name: str) -> dict[str, Any]:
    """Give by kind what the modules of a room offer under a name; kinds that offer nothing are left out."""
    return {kind: getattr(module, name) for kind, module in modules(room).items() if hasattr(module, name)}
