"""A folder of workbooks kept in step: the scan, the run here or by a queue, one workbook."""
