"""XML as workbooks have it: scanned with offsets, walked as a tree, cut into items, spliced."""
