"""Reading worksheets: fast where rows have the usual shape, exact where they have not."""
