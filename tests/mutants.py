"""Faults put into a module on purpose: each must change what a table of examples says.

A mutant is a pair of texts, what stands in the source and what is put in its place. The module is
compiled anew with it, under its own name, and handed to the table.
"""

import importlib
import inspect
from collections.abc import Callable
from types import ModuleType

Mutant = tuple[str, str]


def mutated(module: ModuleType, mutant: Mutant) -> ModuleType:
    """Return a module with one fault in it. Raises ValueError when the text is not there once."""
    source = inspect.getsource(module)
    old, new = mutant
    if source.count(old) != 1:
        raise ValueError(f"{old!r} stands {source.count(old)} times in {module.__name__}")
    made = ModuleType(module.__name__)
    made.__file__ = module.__file__
    exec(compile(source.replace(old, new), module.__file__ or "", "exec"), made.__dict__)
    return made


def survives(name: str, mutant: Mutant, wrong: Callable[[ModuleType], list[object]]) -> bool:
    """Tell whether a table, which returns what it finds ``wrong``, overlooks a fault."""
    made = mutated(importlib.import_module(name), mutant)
    try:
        return not wrong(made)
    except (ArithmeticError, AttributeError, LookupError, TypeError):
        return False  # it fell over: that is seen as well
