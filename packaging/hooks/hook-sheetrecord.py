"""What PyInstaller cannot see of the package: modules that are loaded by name, data, entry points.

The modules of some packages also go along as files, because `web` and `addin` hand them on: into a
browser's Python and into LibreOffice. The program itself never reads them.
"""

from pkgutil import walk_packages

from PyInstaller.utils.hooks import collect_data_files, copy_metadata

import sheetrecord

INSIDE_OTHERS = ("sheetrecord.workbooks.live.extension", "sheetrecord.workbooks.live.office")
"""What runs inside LibreOffice alone, and asks for modules that only that has."""
HANDED_ON = ("sheetrecord", "jinja2", "markupsafe", "xlsxwriter")

hiddenimports = [
    *(
        one.name
        for one in walk_packages(sheetrecord.__path__, "sheetrecord.", onerror=lambda _: None)
        if not one.name.startswith(INSIDE_OTHERS) and not one.name.endswith("__main__")
    ),
    "isal.igzip_lib",
    "isal.isal_zlib",
]
datas = [
    *collect_data_files("sheetrecord", include_py_files=True),
    *(entry for package in HANDED_ON for entry in copy_metadata(package)),
    *(entry for p in HANDED_ON[1:] for entry in collect_data_files(p, include_py_files=True)),
]
