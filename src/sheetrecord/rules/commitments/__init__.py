"""Rules about the Commitments sheet: what was said, decided and kept."""
