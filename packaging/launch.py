"""Where the built program begins: the command line, also in the processes that it starts itself."""

from multiprocessing import freeze_support

from sheetrecord.cli import alone

if __name__ == "__main__":
    freeze_support()
    alone()
