"""The read-only view as plain data: what each audience may see of a record, and nothing else."""
