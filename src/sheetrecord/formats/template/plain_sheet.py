"""A worksheet of the writing library that takes formulas as they are.

The library rewrites newer functions in every formula with some thirty regular expressions, which
is most of the time a build takes; our formulas use none of these functions. Should a later
version of the library no longer call this method, the result is the same, only slower.
"""

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """A worksheet for formulas that need no rewriting by the library."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002  # the library's signature
        return formula.removeprefix("=")
