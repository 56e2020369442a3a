"""Contracts and statements of work: a file as clauses, with their pages, days and amounts."""
