"""Workbooks: each kind of place in which a record stands, behind one port (`workbooks.port`)."""
