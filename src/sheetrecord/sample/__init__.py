"""A sample firm, made from a seed: some years of deals with what people wrote about them.

Everything is invented. The same seed, day and money give the same rows.
"""

from sheetrecord.sample.firm import sample_firm
from sheetrecord.sample.sale import Terms

__all__ = ["Terms", "sample_firm"]
