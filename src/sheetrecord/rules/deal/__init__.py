"""Rules about the Deal sheet: what selling and closing need, dates, the handover, clients."""
