"""A folder of workbooks kept in step: the run, its processes, one workbook."""
