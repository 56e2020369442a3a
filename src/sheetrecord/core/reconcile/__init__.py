"""Match bank lines to invoices, keep the allocations, prove the totals: pure functions."""
