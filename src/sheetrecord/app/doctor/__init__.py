"""What `doctor` looks at: the set-up, the workbook, the stores."""
