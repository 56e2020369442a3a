"""What was asked and what came of it, and the sentences that say so in each language."""
