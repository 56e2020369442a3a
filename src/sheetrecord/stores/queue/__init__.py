"""The queue of a fleet on its server, kept by procrastinate: its tables, its jobs, its workers."""
