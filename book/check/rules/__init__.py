"""The rules, by what they look at; importing this room registers them all, those of kinds of content, too."""

from importlib import import_module
from pkgutil import walk_packages

from book.model.kinds import modules

for _found in walk_packages(__path__, f"{__name__}."):
    import_module(_found.name)
modules("check")
