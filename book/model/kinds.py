"""What kinds of content offer: found by its name in the folders of `book.kinds`, and listed nowhere."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules, walk_packages
from types import ModuleType
from typing import Any, TypeVar

from book import kinds
from book.figure.data import Data

Keys = TypeVar("Keys", bound=Data)


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


class Composed(Data):
    """A group of keys of which some belong to kinds of content."""

    def of(self, keys: type[Keys]) -> Keys:
        """Give it as the keys of one kind. TypeError if the kind has none here."""
        if not isinstance(self, keys):
            raise TypeError(f"{type(self).__name__} has no {keys.__name__}")
        return self


def composed(base: type[Composed], name: str) -> type[Composed]:
    """Give a group of keys with those that kinds of content add to it, each under a name in its model."""
    about = {"__doc__": base.__doc__, "__module__": base.__module__}
    return type(base.__name__, (base, *offered("model", name).values()), about)
