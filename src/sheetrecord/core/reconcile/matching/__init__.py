"""Matching bank lines to invoices: state, index, payers, proposals, assignment."""
