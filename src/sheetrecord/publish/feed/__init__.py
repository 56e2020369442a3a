"""The calendar feed: dates of the record as iCalendar files (RFC 5545)."""
