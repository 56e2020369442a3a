"""The handover note: what the one who receives a deal must know at once."""
