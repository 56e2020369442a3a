"""Three-way merge of records: pure plans, and no edit is lost in silence."""
