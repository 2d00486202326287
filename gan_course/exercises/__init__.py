"""The exercise checkers, a module a notebook; importing this registers all in `frame.EXERCISES`."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
