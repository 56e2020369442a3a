"""What was written and said, read for what the record should hold: messages in, proposals out."""
