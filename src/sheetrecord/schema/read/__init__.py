"""From raw cells to a typed record: columns found, words looked up, each cell read."""
