"""Made-up firms with a known truth, to measure the matcher against."""
