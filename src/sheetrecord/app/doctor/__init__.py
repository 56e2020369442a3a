"""What `doctor` looks at: the set-up, the workbook, the files that it names, the stores."""
