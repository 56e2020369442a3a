"""What is to come: dates for a calendar, and what is said in a digest of some days."""
