"""Read what banks and ledgers export: bytes in, lines and problems out; nothing is opened here."""
