"""What reconciling works on: fee sheet, bank lines with their ids, payouts, typed invoices."""
