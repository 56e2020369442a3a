"""Control totals, findings, measures, and the outlook that reports show."""
