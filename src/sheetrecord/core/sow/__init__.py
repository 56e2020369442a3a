"""A contract beside the record: what it holds, leaves out, and says otherwise."""
