"""Finance's sheets: Bank, Allocations, Review, Recon, Ageing, and hidden records."""
