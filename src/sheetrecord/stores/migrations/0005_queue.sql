-- Who works on which workbook is no lease any more: a lock of the run where the list is a file of
-- one machine, a job of the queue where it is on a server. What the list keeps is who began when
-- (with which job of the queue) and how often it failed since it last went well.
DROP INDEX workbook_tried;

ALTER TABLE workbook DROP COLUMN leased_until;

ALTER TABLE workbook ADD COLUMN begun_at {int} NOT NULL DEFAULT 0;

ALTER TABLE workbook ADD COLUMN job {int} NOT NULL DEFAULT 0;

ALTER TABLE workbook ADD COLUMN failures {int} NOT NULL DEFAULT 0;
