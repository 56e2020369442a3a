-- The workbooks of a folder that are synced together, and who works on which of them now.
-- size, mtime_ns (0: not to be trusted) and digest are of the content that was last looked at;
-- state tells whether it was dealt with, wanted how often it became due.
CREATE TABLE workbook (
    fleet TEXT NOT NULL,
    path TEXT NOT NULL,
    record_id TEXT NOT NULL,
    size {int} NOT NULL,
    mtime_ns {int} NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    result TEXT NOT NULL,
    wanted {int} NOT NULL,
    attempt {int} NOT NULL,
    tries {int} NOT NULL,
    leased_until {int} NOT NULL,
    worker TEXT NOT NULL,
    finished_at {int} NOT NULL,
    PRIMARY KEY (fleet, path)
){table};

-- The next one due is found in the order of the paths, without looking at the others.
CREATE INDEX workbook_due ON workbook (fleet, state, path);

CREATE INDEX workbook_tried ON workbook (fleet, state, tries);

CREATE INDEX workbook_record ON workbook (fleet, record_id);
