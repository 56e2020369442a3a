"""Version 1: money that a client keeps back as it pays, beside what the contract lets it hold."""

from typing import Final

from sheetrecord.schema.steps.step import AddColumn, SetFormula, Step

_DAY: Final = "AND(ISNUMBER({0}),{0}>=DATE(1990,1,1),{0}<DATE(2101,1,1))"
_INVOICED: Final = f"AND(ISNUMBER([gross]),{_DAY.format('[invoiced_on]')},[void]<><yes.yes>)"
_RELEASE: Final = _DAY.format("[retention_release_on]")
_PLACES: Final = (
    '2-2*ISNUMBER(SEARCH("/"&[currency]&"/",'
    '"/BIF/CLP/DJF/GNF/ISK/JPY/KMF/KRW/PYG/RWF/UGX/UYI/VND/VUV/XAF/XOF/XPF/"))'
    '+1*ISNUMBER(SEARCH("/"&[currency]&"/","/BHD/IQD/JOD/KWD/LYD/OMR/TND/"))'
    '+2*ISNUMBER(SEARCH("/"&[currency]&"/","/CLF/UYW/"))'
)

STEP: Final = Step(
    1,
    "money that a client keeps back as it pays has a column, and is counted as outstanding later",
    (
        AddColumn("Fees", "kept"),
        SetFormula(
            "Fees",
            "retained",
            f"IF(AND({_INVOICED},ISNUMBER([retention_pct]),"
            f"NOT(IF({_RELEASE},{{asof}}>=[retention_release_on],FALSE))),"
            f"ROUND([gross]*[retention_pct],{_PLACES}),0)",
        ),
        SetFormula(
            "Fees",
            "outstanding",
            f"IF({_INVOICED},ROUND([gross]-N([received])-N([credited])-N([settled_otherwise])"
            '-[retained],4),"")',
        ),
        SetFormula(
            "Fees",
            "days_overdue",
            'IF([outstanding]="","",IF(AND([outstanding]>0,[due_on]<>""),'
            "MAX(0,{asof}-[due_on]),0))",
        ),
    ),
)
