"""Single modules of nltk, without the rest of it. Knows nothing of what they do.

`import nltk.stem.snowball` first runs nltk itself, which imports all of its parsers, taggers and
corpora: over half a second, and 50 MB, before a stemmer stems. So while a module is imported, bare
packages stand where nltk's own would, and its real code is read from where it is. Afterwards every
trace is taken back, and whoever imports nltk gets the whole.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# what is passed over, and what modules want of it while they are imported
_BARE_PACKAGES = {"nltk": (), "nltk.corpus": ("stopwords",), "nltk.stem": (), "nltk.tokenize": ()}
_ONE_AT_A_TIME = Lock()


def nltk_module(name: str) -> ModuleType:
    """Return a module of nltk: alone if it can be, else with all of nltk."""
    with _ONE_AT_A_TIME:
        if "nltk" in sys.modules:
            return import_module(name)
        try:
            return _alone(name)
        except ImportError:
            # another version of nltk may need more of itself
            return import_module(name)


def _alone(name: str) -> ModuleType:
    found = find_spec("nltk")
    roots = list(found.submodule_search_locations or ()) if found else []
    try:
        for package, contents in _BARE_PACKAGES.items():
            sys.modules[package] = _bare_package(package, roots, contents)
        return import_module(name)
    finally:
        # over a copy, made in one step: other threads import meanwhile
        for module in list(sys.modules):
            if module.partition(".")[0] == "nltk":
                del sys.modules[module]


def _bare_package(name: str, roots: Iterable[str], contents: Iterable[str]) -> ModuleType:
    package = ModuleType(name)
    package.__path__ = ["/".join([root, *name.split(".")[1:]]) for root in roots]
    package.__dict__.update(dict.fromkeys(contents))
    return package
