"""The deals of a sales system beside those of the record: what is new, changed, or in conflict."""
