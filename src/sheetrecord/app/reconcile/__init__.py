"""Reconcile fees with the bank and the ledger: read, plan, write in one step or not at all."""
