"""CPU time of capturing mails: `bench_capture.py [COUNT]`; the bar is 20 s for 1,000."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import capture_truth
from sheetrecord.core.capture.find import Capturing, capture
from sheetrecord.core.capture.sides import us_of
from sheetrecord.sources.reading import read_source


def main() -> None:
    """Capture the set's mails, over and over, each with a number of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    mails = [one for one in capture_truth.documents() if one.form == "mail"]
    files = []
    begun = time.process_time()
    for number in range(count):
        data, _ = capture_truth.file_of(mails[number % len(mails)])
        data = data.replace(b"@set.example", b"@%d.example" % number)
        files.append(read_source(data, f"{number}.eml"))
    found = capture(files, Capturing(us_of(["ours.example"])))
    spent = time.process_time() - begun
    print(f"{count} mails: {spent:.1f} CPU s, {len(found.findings)} findings")


if __name__ == "__main__":
    main()
