"""What was missing after handovers: counted, what would ask for it, and whether it stopped."""
