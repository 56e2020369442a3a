"""Rules about the Fees sheet: planned lines, triggers, invoices, money that came in."""
