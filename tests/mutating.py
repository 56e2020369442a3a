"""Takes a guard out of the running program: one expression of one function means another."""

import ast
import importlib
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import sheetrecord

SOURCE = Path(sheetrecord.__file__).parent

_ENDS = ast.Return | ast.Raise | ast.Continue | ast.Break


class Guard(NamedTuple):
    """An expression in a function: ``place`` is its file, ``function`` its qualified name.

    Where a function holds the same expression several times, ``nth`` (from 1) tells which.
    """

    place: str
    function: str
    text: str
    nth: int = 1


def guard_clauses(place: str) -> Iterator[Guard]:
    """Yield the condition of every `if` of a file that ends its function or its turn of a loop."""
    for name, function in _functions(place):
        for node in _own(function):
            if isinstance(node, ast.If) and isinstance(node.body[-1], _ENDS):
                text = ast.unparse(node.test)
                alike = [one for one in _expressions(function) if ast.unparse(one) == text]
                yield Guard(place, name, text, 1 + alike.index(node.test))


def holds(guard: Guard) -> bool:
    """Tell whether a function is there and holds the expression."""
    function = dict(_functions(guard.place)).get(guard.function)
    return function is not None and len(_alike(function, guard)) >= guard.nth


def replaced(guard: Guard, text: str) -> types.CodeType:
    """Return a function's code in which an expression is replaced. Raises LookupError."""
    tree = ast.parse(_source(guard.place))
    function = dict(_functions_of(tree))[guard.function]
    found = _alike(function, guard)
    if len(found) < guard.nth:
        raise LookupError(f"{guard.place}: {guard.function} holds no {guard.text}")
    new = ast.parse(text, mode="eval").body
    for node in ast.walk(new):
        ast.copy_location(node, found[guard.nth - 1])
    tree = _Swap(found[guard.nth - 1], new).visit(tree)
    code = compile(tree, str(SOURCE / guard.place), "exec")
    for part in guard.function.split("."):
        code = next(
            c for c in code.co_consts if isinstance(c, types.CodeType) and c.co_name == part
        )
    return code


def take_away(guard: Guard, text: str, patch: Any = None) -> None:
    """Let an expression mean ``text`` from now on; with a monkeypatch only while a test lasts."""
    function = _live(guard)
    code = replaced(guard, text)
    if patch is None:
        function.__code__ = code
    else:
        patch.setattr(function, "__code__", code)


def _live(guard: Guard) -> types.FunctionType:
    found: Any = importlib.import_module(
        "sheetrecord." + guard.place.removesuffix(".py").replace("/", ".")
    )
    for part in guard.function.split("."):
        found = vars(found)[part]
    for name in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, name, found)
    if not isinstance(found, types.FunctionType):
        raise TypeError(f"{guard.function} of {guard.place} is no function")
    return found


@cache
def _source(place: str) -> str:
    return (SOURCE / place).read_text(encoding="utf-8")


@cache
def _parsed(place: str) -> ast.Module:
    return ast.parse(_source(place))


def _functions(place: str) -> list[tuple[str, Any]]:
    return _functions_of(_parsed(place))


def _functions_of(tree: Any, prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found += _functions_of(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            found.append((f"{prefix}{node.name}", node))
    return found


def _own(function: ast.AST) -> list[ast.AST]:
    """Return the parts of a function in the order in which they stand."""
    found = [node for node in ast.walk(function) if hasattr(node, "lineno")]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset, -node.end_col_offset))


def _alike(function: ast.AST, guard: Guard) -> list[Any]:
    wanted = ast.unparse(ast.parse(guard.text, mode="eval").body)
    return [one for one in _expressions(function) if ast.unparse(one) == wanted]


def _expressions(function: ast.AST) -> list[Any]:
    found = [node for node in _own(function) if isinstance(node, ast.expr)]
    return [node for node in found if not isinstance(getattr(node, "ctx", None), ast.Store)]


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self._new if node is self._old else self.generic_visit(node)
