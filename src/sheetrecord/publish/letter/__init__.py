"""The letter that says back to the client, before the signature, what was understood."""
