"""Wrong settings files and what is said of each: the text, the line, and the whole sentence."""
# ruff: noqa: E501 -- a sentence a line

WRONG: dict[str, tuple[str, str]] = {
    # tables and keys that nobody knows
    "a table with a slip": (
        '[pubish.ops]\nto = "view"\n',
        "1: [pubish]: no setting is called this. Did you mean publish?",
    ),
    "a table that is none": (
        "[gate]\nx = 1\n",
        (
            "1: [gate]: no setting is called this. Use book, books, severity, store, copies, publish, "
            "handover, capture, accounts, payers, reconcile, ledger ... (13 in all)."
        ),
    ),
    "a key above the tables": (
        'titel = "x"\n',
        (
            "1: titel: no setting is called this. Use book, books, severity, store, copies, publish, "
            "handover, capture, accounts, payers, reconcile, ledger ... (13 in all)."
        ),
    ),
    "the wrong number": (
        'bok = "x"\n',
        "1: bok: no setting is called this. Did you mean book?",
    ),
    "a key of another table": (
        'url = "sqlite:firm.db"\n',
        "1: url: it does not stand here. Write it below [store].",
    ),
    "what was withheld and was not": (
        '[publish.ops]\nhidden = ["Fees"]\n',
        "2: [publish.ops] hidden: no setting is called this here. Did you mean hide?",
    ),
    "a key of a copy": (
        '[copies.a]\npath = "a.xlsx"\nwhere = "x"\n',
        "3: [copies.a] where: no setting is called this here. Use path, deals or hide.",
    ),
    "a key of the store": (
        '[store]\nuri = "sqlite:firm.db"\n',
        "2: [store] uri: no setting is called this here. Did you mean url?",
    ),
    "a key of reconciling": (
        "[reconcile]\nfeecap = 3\n",
        "2: [reconcile] feecap: no setting is called this here. Did you mean fee_cap?",
    ),
    "a key of an account": (
        '[accounts.Main]\ncurency = "EUR"\n',
        "2: [accounts.Main] curency: no setting is called this here. Did you mean currency?",
    ),
    "a key of the ledger": (
        '[ledger]\ncolumn = "x"\n',
        "2: [ledger] column: no setting is called this here. Did you mean columns?",
    ),
    "a key in other letters": (
        '[store]\nURL = "sqlite:firm.db"\n',
        "2: [store] URL: no setting is called this here. Did you mean url?",
    ),
    "a dotted key": (
        '\n\npublish.ops.unmarkd = "internal"\n',
        "3: [publish.ops] unmarkd: no setting is called this here. Did you mean unmarked?",
    ),
    "an inline table": (
        'book = "f.xlsx"\nstore = { link = "sqlite:f.db" }\n',
        "2: [store] link: no setting is called this here. Use url or record.",
    ),
    # audiences
    "an audience with a slip": (
        '[publish.opps]\nto = "view"\n',
        "1: [publish.opps]: no setting is called this here. Did you mean ops?",
    ),
    "an audience that is none": (
        '[publish.everybody]\nto = "view"\n',
        (
            "1: [publish.everybody]: no setting is called this here. "
            "Use ops, finance, owner, client or book."
        ),
    ),
    "a key where audiences stand": (
        '[publish]\nto = "view"\n',
        "2: [publish] to: it does not stand here. Write it below [publish.ops], [publish.finance], [publish.owner] or [publish.client].",
    ),
    # sheets and columns
    "a column with a slip": (
        '[publish.ops]\nhide = ["Deal.value_nett"]\n',
        (
            '2: [publish.ops] hide: "Deal.value_nett" is not a column that this audience sees. '
            'Did you mean Deal.value_net? Columns are named by key, such as "Deal.value_net".'
        ),
    ),
    "a column by its header": (
        '[publish.ops]\nhide = ["Deal.Deal owner"]\n',
        (
            '2: [publish.ops] hide: "Deal.Deal owner" is not a column that this audience sees. '
            "Did you mean Deal.deal_owner? "
            'Columns are named by key, such as "Deal.value_net".'
        ),
    ),
    "a sheet in other letters": (
        '[publish.ops]\nhide = ["fees"]\n',
        (
            '2: [publish.ops] hide: "fees" is not a column that this audience sees. '
            'Did you mean Fees? Columns are named by key, such as "Deal.value_net".'
        ),
    ),
    "what the audience does not see anyway": (
        '[publish.client]\nhide = ["Deal.value_net"]\n',
        (
            '2: [publish.client] hide: "Deal.value_net" is not a column that this audience sees. '
            "Take it out: client does not see it anyway."
        ),
    ),
    "one of several, on its own line": (
        '[publish.ops]\nhide = [\n  "Fees",\n  "Context.answr",\n]\n',
        (
            '4: [publish.ops] hide: "Context.answr" is not a column that this audience sees. '
            "Did you mean Context.answer? "
            'Columns are named by key, such as "Deal.value_net".'
        ),
    ),
    "hide is no list": (
        '[publish.ops]\nhide = "Fees"\n',
        '2: [publish.ops] hide: "Fees" is not a list. Write it as ["...", "..."].',
    ),
    "hide holds numbers": (
        "[publish.ops]\nhide = [3]\n",
        '2: [publish.ops] hide: 3 is not a text. Write it in quotes: "...".',
    ),
    "a copy hides an id": (
        '[copies.a]\npath = "a.xlsx"\nhide = ["Fees.fee_id"]\n',
        (
            '3: [copies.a] hide: "Fees.fee_id" is no sheet or column that can be left out. '
            "Take it out: ids stay, and so does the sheet of deals."
        ),
    ),
    # words of a list
    "unmarked": (
        '[publish.ops]\nunmarked = "intern"\n',
        '2: [publish.ops] unmarked: "intern" is not one of its words. Did you mean internal?',
    ),
    "unmarked as it was once": (
        '[publish.ops]\nunmarked = "ops"\n',
        '2: [publish.ops] unmarked: "ops" is not one of its words. Use firm or internal.',
    ),
    "unmarked is a switch": (
        "[publish.ops]\nunmarked = true\n",
        "2: [publish.ops] unmarked: true is not one of its words. Use firm or internal.",
    ),
    "a severity": (
        '[severity]\nCTX-001 = "warn"\n',
        '2: [severity] CTX-001: "warn" is not one of its words. Did you mean warning?',
    ),
    "a severity that is off": (
        '[severity]\nCTX-001 = "off"\n',
        '2: [severity] CTX-001: "off" is not one of its words. Use note, warning or error.',
    ),
    "a severity that is a switch": (
        "[severity]\nCTX-001 = false\n",
        "2: [severity] CTX-001: false is not one of its words. Use note, warning or error.",
    ),
    "a date order": (
        '[accounts.Main]\ndate_order = "dym"\n',
        '2: [accounts.Main] date_order: "dym" is not one of its words. Did you mean dmy, mdy or ymd?',
    ),
    "a decimal mark": (
        '[accounts.Main]\ndecimal = ";"\n',
        '2: [accounts.Main] decimal: ";" is not one of its words. Use . or ,.',
    ),
    "a sign": (
        "[accounts.Main]\nsign = 0\n",
        "2: [accounts.Main] sign: 0 is not one of its words. Use 1 or -1.",
    ),
    # rules
    "a rule that is none": (
        '[severity]\nCTX-0001 = "note"\n',
        (
            "2: [severity] CTX-0001: no rule has this code. Did you mean CTX-001? "
            "`sheetrecord explain` lists all."
        ),
    ),
    "a rule in small letters": (
        '[severity]\nctx-001 = "note"\n',
        (
            "2: [severity] ctx-001: no rule has this code. Did you mean CTX-001? "
            "`sheetrecord explain` lists all."
        ),
    ),
    # the store
    "no kind of store": (
        '[store]\nurl = "firm.db"\n',
        (
            '2: [store] url: "firm.db" is not where a store can be. '
            'Write url = "sqlite:firm.db" or url = "postgresql://user@host/database".'
        ),
    ),
    "a store with a slip": (
        '[store]\nurl = "sqllite:firm.db"\n',
        (
            '2: [store] url: "sqllite:firm.db" is not where a store can be. '
            'Did you mean sqlite: instead of "sqllite"? '
            'Write url = "sqlite:firm.db" or url = "postgresql://user@host/database".'
        ),
    ),
    "a store of another kind": (
        '[store]\nurl = "mysql://host/firm"\n',
        (
            '2: [store] url: "mysql://host/firm" is not where a store can be. '
            'Write url = "sqlite:firm.db" or url = "postgresql://user@host/database".'
        ),
    ),
    "a store without a place": (
        '[store]\nurl = "sqlite:"\n',
        (
            '2: [store] url: "sqlite:" is not where a store can be. '
            'Write url = "sqlite:firm.db" or url = "postgresql://user@host/database".'
        ),
    ),
    "a store that is a number": (
        "[store]\nurl = 5432\n",
        '2: [store] url: 5432 is not a text. Write it in quotes: "...".',
    ),
    "an empty record": (
        '[store]\nrecord = " "\n',
        "2: [store] record: it is empty. Write something, or take the line out.",
    ),
    # secrets
    "a password in the address": (
        '[store]\nurl = "postgresql://ana:geheim@db/firm"\n',
        "2: [store] url: a password stands here. {secrets}",
    ),
    "a password behind a question mark": (
        '[store]\nurl = "postgresql://db/firm?user=ana&password=geheim"\n',
        "2: [store] url: a password stands here. {secrets}",
    ),
    "a password with a slash in it": (
        '[store]\nurl = "postgresql://ana:ge/heim@db/firm"\n',
        "2: [store] url: a password stands here. {secrets}",
    ),
    "a password in an address that is none": (
        '[store]\nurl = "postgres:ana://x:geheim@db:port/firm"\n',
        "2: [store] url: a password stands here. {secrets}",
    ),
    "a key for a password": (
        '[store]\npassword = "geheim"\n',
        "2: [store] password: secrets do not belong into this file. {secrets}",
    ),
    "a password anywhere": (
        '[publish.ops]\nto = "https://ana:geheim@host/view"\n',
        "2: [publish.ops] to: a password stands here. {secrets}",
    ),
    "a password in a list": (
        '[copies.a]\npath = "a.xlsx"\nhide = ["postgresql://ana:geheim@db/firm"]\n',
        "3: [copies.a] hide: a password stands here. {secrets}",
    ),
    # copies
    "a copy without a path": (
        "[copies.ana]\n",
        '1: [copies.ana] path: it is missing. Write path = "firm.xlsx".',
    ),
    "a copy that is no table": (
        '[copies]\nana = "ana.xlsx"\n',
        '2: [copies] ana: "ana.xlsx" is not a table. Write its lines below a heading in brackets.',
    ),
    "copies that are a list": (
        '[[copies]]\npath = "a.xlsx"\n',
        "1: copies: this value is not a table. Write its lines below a heading in brackets.",
    ),
    "a stage that is none": (
        '[copies.a]\npath = "a.xlsx"\ndeals = ["wonn"]\n',
        '3: [copies.a] deals: "wonn" is no stage. Did you mean won?',
    ),
    "a part that is none": (
        '[copies.a]\npath = "a.xlsx"\ndeals = "boss=Ana"\n',
        (
            '3: [copies.a] deals: "boss=Ana" is not understood. Write deals = "owner=Ana", "ops=Jon", '
            '"stage=won", "deal=D-0007", or a list of stages.'
        ),
    ),
    "a part without a value": (
        '[copies.a]\npath = "a.xlsx"\ndeals = "owner="\n',
        (
            '3: [copies.a] deals: "owner=" is not understood. Write deals = "owner=Ana", "ops=Jon", '
            '"stage=won", "deal=D-0007", or a list of stages.'
        ),
    ),
    "deals that are a number": (
        '[copies.a]\npath = "a.xlsx"\ndeals = 7\n',
        (
            '3: [copies.a] deals: it is not a text or a list of texts. Write deals = "owner=Ana", '
            '"ops=Jon", "stage=won", "deal=D-0007", or a list of stages.'
        ),
    ),
    # paths
    "a book that is a number": (
        "book = 3\n",
        '1: book: 3 is not a text. Write it in quotes: "...".',
    ),
    "an empty book": ('book = ""\n', '1: book: it is empty. Write a path such as "firm.xlsx".'),
    "a book that is a table": (
        '[book]\nours = "firm.xlsx"\n',
        '1: [book]: this value is not a text. Write it in quotes: "...".',
    ),
    "a short name for nothing": (
        '[books]\nours = ""\n',
        '2: [books] ours: it is empty. Write a path such as "firm.xlsx".',
    ),
    "a path with a control character": (
        '[publish.ops]\nto = "vi\\u0000ew"\n',
        (
            '2: [publish.ops] to: "vi\ufffdew" is no path. '
            'Write one such as "firm.xlsx", with / between folders.'
        ),
    ),
    "a Windows path read as TOML": (
        'book = "C:\\temp\\firm.xlsx"\n',
        (
            '1: book: "C:\ufffdemp\ufffdirm.xlsx" is no path. '
            'Write one such as "firm.xlsx", with / between folders.'
        ),
    ),
    # accounts, payers, reconciling, the ledger
    "a currency": (
        '[accounts.Main]\ncurrency = "EURO"\n',
        '2: [accounts.Main] currency: "EURO" is not a currency code. Did you mean EUR?',
    ),
    "an encoding": (
        '[accounts.Main]\ncode_page = "latin-99"\n',
        '2: [accounts.Main] code_page: "latin-99" is no encoding. Write "utf-8" or "cp1252".',
    ),
    "two delimiters": (
        '[accounts.Main]\ndelimiter = ";;"\n',
        '2: [accounts.Main] delimiter: ";;" is not one character. Write ";", "," or "\\t".',
    ),
    "lines to skip": (
        '[accounts.Main]\nskip = "3"\n',
        (
            '2: [accounts.Main] skip: "3" is not a whole number. '
            "Write it without quotes and without a point, such as 5."
        ),
    ),
    "fewer lines than none": (
        "[accounts.Main]\nskip = -1\n",
        "2: [accounts.Main] skip: -1 is not large enough. Write 0 or more.",
    ),
    "a switch in words": (
        '[accounts.Main]\nfee_on_top = "yes"\n',
        (
            '2: [accounts.Main] fee_on_top: "yes" is not true or false. '
            "Write true or false, without quotes."
        ),
    ),
    "a column's meaning": (
        '[accounts.Main.columns]\nbookd = ["Datum"]\n',
        "2: [accounts.Main.columns] bookd: it names no column we read. Did you mean booked?",
    ),
    "a column's header without a list": (
        '[accounts.Main.columns]\namount = "Betrag"\n',
        '2: [accounts.Main.columns] amount: "Betrag" is not a list. Write it as ["...", "..."].',
    ),
    "a column before the first": (
        "[accounts.Main.columns]\namount = [-1]\n",
        (
            "2: [accounts.Main.columns] amount: -1 is no column. "
            'Write its header, such as ["Betrag"], or [2].'
        ),
    ),
    "a payer's name without a list": (
        '[payers]\n"Acme Works" = "ACME"\n',
        '2: [payers] Acme Works: "ACME" is not a list. Write it as ["...", "..."].',
    ),
    "a limit with a point": (
        "[reconcile]\nfee_cap = 30.5\n",
        (
            "2: [reconcile] fee_cap: 30.5 is not a whole number. "
            "Write it without quotes and without a point, such as 5."
        ),
    ),
    "a limit that is a switch": (
        "[reconcile]\nfee_cap = true\n",
        (
            "2: [reconcile] fee_cap: true is not a whole number. "
            "Write it without quotes and without a point, such as 5."
        ),
    ),
    "more than all": (
        "[reconcile]\nfee_percent = 300\n",
        "2: [reconcile] fee_percent: 300 is not small enough. Write 100 or less.",
    ),
    "a rate of one currency": (
        '[reconcile.rates]\nGBP = "1.17"\n',
        '2: [reconcile.rates] GBP: it is not two currencies. Write "GBP EUR" = "1.17".',
    ),
    "a rate of a currency that is none": (
        '[reconcile.rates]\n"GPB EUR" = "1.17"\n',
        '2: [reconcile.rates] GPB EUR: "GPB" is not a currency code. Did you mean GBP?',
    ),
    "a rate with a comma": (
        '[reconcile.rates]\n"GBP EUR" = "1,17"\n',
        '2: [reconcile.rates] GBP EUR: "1,17" is not a rate. Write "GBP EUR" = "1.17".',
    ),
    "a rate of nothing": (
        '[reconcile.rates]\n"GBP EUR" = 0\n',
        '2: [reconcile.rates] GBP EUR: 0 is not a rate. Write "GBP EUR" = "1.17".',
    ),
    "a rate that is no number": (
        '[reconcile.rates]\n"GBP EUR" = nan\n',
        '2: [reconcile.rates] GBP EUR: nan is not a rate. Write "GBP EUR" = "1.17".',
    ),
    "a column of the ledger": (
        '[ledger.columns]\nnumbr = "Wat"\n',
        "2: [ledger.columns] numbr: it names no column we read. Did you mean number?",
    ),
    # the file itself
    "a line that is cut": (
        "book = \n",
        "1: it is not valid TOML: Invalid value (at line 1, column 8). {toml}",
    ),
    "a key twice": (
        '[store]\nurl = "sqlite:a.db"\nurl = "sqlite:b.db"\n',
        "3: it is not valid TOML: Cannot overwrite a value (at line 3, column 20). {toml}",
    ),
    "a text without quotes": (
        "book = firm.xlsx\n",
        "1: it is not valid TOML: Invalid value (at line 1, column 8). {toml}",
    ),
    "a date": (
        "book = 2026-01-01\n",
        '1: book: 2026-01-01 is not a text. Write it in quotes: "...".',
    ),
}
"""What is wrong, by name: the file, and what is said of it behind the file's name and a colon."""

SECRETS = (
    "Take it out: the file is copied and mailed. A server's password belongs into ~/.pgpass "
    "(or PGPASSWORD), and may need to be changed now."
)
TOML = "Correct that line: texts stand in quotes, tables in brackets."
