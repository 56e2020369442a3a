"""The one protocol of page, pane and service: a verb, a workbook and words in, an answer out."""
