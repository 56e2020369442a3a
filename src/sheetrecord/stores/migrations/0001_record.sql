-- One record a row; everything else belongs to one of them.
CREATE TABLE record (
    record_id TEXT NOT NULL PRIMARY KEY,
    run {int} NOT NULL,
    changed {int} NOT NULL,
    seq {int} NOT NULL,
    head TEXT NOT NULL,
    last_generation {int} NOT NULL,
    last_deal {int} NOT NULL,
    furniture TEXT NOT NULL,
    conflicts TEXT NOT NULL
){table};

-- The record as it is now; place is where a row stands among all rows.
CREATE TABLE record_row (
    record_id TEXT NOT NULL REFERENCES record (record_id),
    sheet TEXT NOT NULL,
    row_id TEXT NOT NULL,
    place {int} NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (record_id, sheet, row_id)
){table};

-- What a stamped generation of a file is accounted for: a compressed snapshot.
CREATE TABLE base (
    record_id TEXT NOT NULL REFERENCES record (record_id),
    generation {int} NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (record_id, generation)
){blobs};

CREATE TABLE known_copy (
    record_id TEXT NOT NULL REFERENCES record (record_id),
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    size {int} NOT NULL,
    mtime_ns {int} NOT NULL,
    generation {int} NOT NULL,
    run {int} NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (record_id, name)
){table};

CREATE TABLE ledger (
    record_id TEXT NOT NULL REFERENCES record (record_id),
    seq {int} NOT NULL,
    run {int} NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    generation {int} NOT NULL,
    sheet TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_key TEXT NOT NULL,
    old_cell TEXT NOT NULL,
    new_cell TEXT NOT NULL,
    cells TEXT NOT NULL,
    why TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (record_id, seq)
){table};
