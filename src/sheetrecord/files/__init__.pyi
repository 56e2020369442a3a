# The types of what `__init__.py` loads when it is asked for.

from sheetrecord.files.access import exclusive as exclusive
from sheetrecord.files.access import sweep as sweep
from sheetrecord.files.backups import BackupPolicy as BackupPolicy
from sheetrecord.files.backups import Version as Version
from sheetrecord.files.backups import versions as versions
from sheetrecord.files.fingerprints import Fingerprint as Fingerprint
from sheetrecord.files.fingerprints import fingerprint as fingerprint
from sheetrecord.files.fingerprints import unchanged as unchanged
from sheetrecord.files.kept_copies import keep as keep
from sheetrecord.files.kept_copies import kept as kept
from sheetrecord.files.owner import owner_of as owner_of
from sheetrecord.files.recovery import Swept as Swept
from sheetrecord.files.replacing import replace as replace
from sheetrecord.files.replacing import restore as restore
from sheetrecord.files.together import pending as pending
from sheetrecord.files.together import replace_together as replace_together
from sheetrecord.files.together import settle as settle
from sheetrecord.files.together import withdraw as withdraw
