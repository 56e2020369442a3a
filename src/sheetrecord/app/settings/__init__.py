"""What `sheetrecord.toml` says: found, checked once for each content, and trusted before use.

- `config`: the file that holds for a book or a folder, as a `Config`
- `checked`: its tables, from the state folder when this content was checked before
- `models`: every table and key, declared once; `texts`: what each text must be
- `wrong`: every mistake with its line and what was meant; `lines`: where a key stands
- `places`: the store, copies and outputs it names, which need somebody's word (`trust`)
- `money`: what it says about reconciling
"""
