"""Commands about copies of a record: synced, merged, decided, looked back on."""
