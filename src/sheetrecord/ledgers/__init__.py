"""Readers of bank and ledger exports: bytes in, lines and problems out; no file is opened here."""
