"""The live formulas of version 1 that version 2 changed, in the notation of the schema."""

from typing import Final

FORMULAS: Final[dict[tuple[str, str], str]] = {
    ("Deal", "stage_type"): (
        'IF(TRIM([client]&[deal_name]&[stage]&[deal_owner]&[value_net])="","",IFERROR(INDEX(<'
        'stage:type>,MATCH([stage],<stage:label>,0)),""))'
    ),
    ("Deal", "stage_rank"): (
        'IF(TRIM([client]&[deal_name]&[stage]&[deal_owner]&[value_net])="","",IFERROR(INDEX(<'
        "stage:rank>,MATCH([stage],<stage:label>,0)),0))"
    ),
    ("Deal", "gate_open"): (
        'IF([stage_rank]="","",IFERROR((TRIM([client])="")*1,1)+IFERROR((TRIM([deal_name])=""'
        ")*1,1)+IFERROR((ISNA(MATCH([stage],<stage:label>,0)))*1,1)+IFERROR((TRIM([deal_owner"
        '])="")*1,1)+([stage_rank]>=2)*IFERROR((NOT(ISNUMBER([value_net])))*1,1)+([stage_rank'
        "]>=2)*IFERROR((ISNA(MATCH([currency],<currency:code>,0)))*1,1)+([stage_rank]>=2)*IFE"
        'RROR((ISNA(MATCH([fee_model],<fee_model:label>,0)))*1,1)+([stage_type]="open")*([sta'
        "ge_rank]>=2)*IFERROR((NOT(AND(ISNUMBER([expected_close]),[expected_close]>=DATE(1990"
        ',1,1),[expected_close]<DATE(2101,1,1))))*1,1)+([stage_type]="open")*([stage_rank]>=2'
        ')*IFERROR((TRIM([next_step])="")*1,1)+([stage_type]="open")*([stage_rank]>=2)*IFERRO'
        "R((NOT(AND(ISNUMBER([next_step_on]),[next_step_on]>=DATE(1990,1,1),[next_step_on]<DA"
        'TE(2101,1,1))))*1,1)+([stage_rank]>=4)*IFERROR((TRIM([contract_link])="")*1,1)+([sta'
        "ge_rank]>=4)*IFERROR((NOT(AND(ISNUMBER([signed_on]),[signed_on]>=DATE(1990,1,1),[sig"
        "ned_on]<DATE(2101,1,1))))*1,1)+([stage_rank]>=4)*IFERROR((NOT(AND(ISNUMBER([contract"
        "_start]),[contract_start]>=DATE(1990,1,1),[contract_start]<DATE(2101,1,1))))*1,1)+(["
        "stage_rank]>=4)*IFERROR((NOT(AND(ISNUMBER([contract_end]),[contract_end]>=DATE(1990,"
        "1,1),[contract_end]<DATE(2101,1,1))))*1,1)+([stage_rank]>=4)*IFERROR((TRIM([won_reas"
        'on])="")*1,1)+([stage_rank]>=4)*IFERROR((TRIM([ops_owner])="")*1,1)+([stage_type]="l'
        'ost")*IFERROR((ISNA(MATCH([lost_reason],<lost_reason:label>,0)))*1,1)+SUMIFS([Contex'
        "t.open],[Context.deal_id],[deal_id])+SUMPRODUCT((<kind:rank>>0)*(<kind:rank><=[stage"
        "_rank])*(COUNTIFS([Context.deal_id],[deal_id],[Context.kind],<kind:label>)=0))+IF([s"
        "tage_rank]>=4,(COUNTIFS([Context.deal_id],[deal_id],[Context.role],<role.sponsor>,[C"
        "ontext.ok],1)+COUNTIFS([Context.deal_id],[deal_id],[Context.role],<role.economic_buy"
        "er>,[Context.ok],1)+COUNTIFS([Context.deal_id],[deal_id],[Context.role],<role.decisi"
        "on_maker>,[Context.ok],1)=0)*1+(COUNTIFS([Context.deal_id],[deal_id],[Context.role],"
        "<role.daily_contact>,[Context.ok],1)=0)*1+SUMIFS([Commitments.open],[Commitments.dea"
        'l_id],[deal_id])+(COUNTIFS([Commitments.deal_id],[deal_id],[Commitments.what],"<>")='
        "0)*1+(COUNTIFS([Fees.deal_id],[deal_id],[Fees.origin],<origin.contract>)>0)*(N([fee_"
        "gap])<>0)*([fee_model]<><fee_model.time_materials>),0))"
    ),
    ("Deal", "to_handover"): (
        'IF(OR([stage_type]="open",[stage_type]="won"),IFERROR((TRIM([client])="")*1,1)+IFERR'
        'OR((TRIM([deal_name])="")*1,1)+IFERROR((ISNA(MATCH([stage],<stage:label>,0)))*1,1)+I'
        'FERROR((TRIM([deal_owner])="")*1,1)+IFERROR((NOT(ISNUMBER([value_net])))*1,1)+IFERRO'
        "R((ISNA(MATCH([currency],<currency:code>,0)))*1,1)+IFERROR((ISNA(MATCH([fee_model],<"
        'fee_model:label>,0)))*1,1)+IFERROR((TRIM([contract_link])="")*1,1)+IFERROR((NOT(AND('
        "ISNUMBER([signed_on]),[signed_on]>=DATE(1990,1,1),[signed_on]<DATE(2101,1,1))))*1,1)"
        "+IFERROR((NOT(AND(ISNUMBER([contract_start]),[contract_start]>=DATE(1990,1,1),[contr"
        "act_start]<DATE(2101,1,1))))*1,1)+IFERROR((NOT(AND(ISNUMBER([contract_end]),[contrac"
        "t_end]>=DATE(1990,1,1),[contract_end]<DATE(2101,1,1))))*1,1)+IFERROR((TRIM([won_reas"
        'on])="")*1,1)+IFERROR((TRIM([ops_owner])="")*1,1)+SUMIFS([Context.missing],[Context.'
        "deal_id],[deal_id])+SUMPRODUCT((<kind:rank>>0)*(<kind:rank><=4)*(COUNTIFS([Context.d"
        "eal_id],[deal_id],[Context.kind],<kind:label>)=0))+(COUNTIFS([Context.deal_id],[deal"
        "_id],[Context.role],<role.sponsor>,[Context.ok],1)+COUNTIFS([Context.deal_id],[deal_"
        "id],[Context.role],<role.economic_buyer>,[Context.ok],1)+COUNTIFS([Context.deal_id],"
        "[deal_id],[Context.role],<role.decision_maker>,[Context.ok],1)=0)*1+(COUNTIFS([Conte"
        "xt.deal_id],[deal_id],[Context.role],<role.daily_contact>,[Context.ok],1)=0)*1+SUMIF"
        "S([Commitments.missing],[Commitments.deal_id],[deal_id])+(COUNTIFS([Commitments.deal"
        '_id],[deal_id],[Commitments.what],"<>")=0)*1+(COUNTIFS([Fees.deal_id],[deal_id],[Fee'
        "s.origin],<origin.contract>)>0)*(N([fee_gap])<>0)*([fee_model]<><fee_model.time_mate"
        'rials>),"")'
    ),
    ("Deal", "real_deadline"): (
        'IF(COUNTIFS([Context.deal_id],[deal_id],[Context.deadline],">0")=0,"",SUMIFS([Contex'
        "t.deadline],[Context.deal_id],[deal_id])/COUNTIFS([Context.deal_id],[deal_id],[Conte"
        'xt.deadline],">0"))'
    ),
    ("Deal", "date_gap_days"): (
        "IF(AND(AND(ISNUMBER([contract_end]),[contract_end]>=DATE(1990,1,1),[contract_end]<DA"
        'TE(2101,1,1)),ISNUMBER([real_deadline])),[contract_end]-[real_deadline],"")'
    ),
    ("Deal", "fee_gap"): (
        "IF(ISNUMBER([value_net]),ROUND([value_net]-SUMIFS([Fees.net],[Fees.deal_id],[deal_id"
        '],[Fees.origin],<origin.contract>,[Fees.currency],[currency],[Fees.void],"<>"&<yes.y'
        'es>),4),"")'
    ),
    ("Deal", "invoiced"): (
        'IF([stage_rank]="","",SUMIFS([Fees.gross],[Fees.deal_id],[deal_id],[Fees.invoiced_on'
        '],">0",[Fees.currency],[currency],[Fees.void],"<>"&<yes.yes>))'
    ),
    ("Deal", "collected"): (
        'IF([stage_rank]="","",SUMIFS([Fees.received],[Fees.deal_id],[deal_id],[Fees.currency'
        "],[currency]))"
    ),
    ("Deal", "outstanding"): (
        'IF([stage_rank]="","",ROUND(SUMIFS([Fees.outstanding],[Fees.deal_id],[deal_id],[Fees'
        ".currency],[currency]),4))"
    ),
    ("Deal", "oldest_overdue_days"): (
        'IF(COUNTIFS([Fees.deal_id],[deal_id],[Fees.oldest],">0")=0,"",SUMIFS([Fees.oldest],['
        'Fees.deal_id],[deal_id])/COUNTIFS([Fees.deal_id],[deal_id],[Fees.oldest],">0"))'
    ),
    ("Deal", "unpriced_exposure"): (
        'IF([stage_rank]="","",ROUND(SUMIFS([Commitments.unpriced_hours],[Commitments.deal_id'
        '],[deal_id])*{hourly_rate},2-2*ISNUMBER(SEARCH("/"&[currency]&"/","/BIF/CLP/DJF/GNF/'
        'ISK/JPY/KMF/KRW/PYG/RWF/UGX/UYI/VND/VUV/XAF/XOF/XPF/"))+1*ISNUMBER(SEARCH("/"&[curre'
        'ncy]&"/","/BHD/IQD/JOD/KWD/LYD/OMR/TND/"))+2*ISNUMBER(SEARCH("/"&[currency]&"/","/CL'
        'F/UYW/"))))'
    ),
    ("Context", "prompt"): (
        'IF([kind]="","",IFERROR(INDEX(<kind:prompt>,MATCH([kind],<kind:label>,0))&"",""))'
    ),
    ("Context", "state"): (
        'IF([deal_rank]="","",IF([kind]=<kind.stakeholder>,IF(TRIM([person])="",<state.not_as'
        'ked>,<state.answered>),IF(TRIM([answer])="",IF(AND(ISNUMBER([date]),[date]>=DATE(199'
        "0,1,1),[date]<DATE(2101,1,1)),<state.answered>,<state.not_asked>),IF(TRIM([answer])="
        '"?",<state.unknown>,IF(LEN(TRIM([answer]))>40,<state.answered>,IF(SUMPRODUCT((<token'
        ":text>=LOWER(TRIM([answer])))*1)=0,<state.answered>,INDEX(<state:label>,SUMPRODUCT(("
        "<token:text>=LOWER(TRIM([answer])))*<token:state>))))))))"
    ),
    ("Context", "required"): (
        'IF(AND(N([block_rank])>0,[deal_rank]<>"",N([block_rank])<=N([deal_rank])),<yes.yes>,"")'
    ),
    ("Context", "deal_rank"): (
        'IF([deal_id]="","",IFERROR(INDEX([Deal.stage_rank],MATCH([deal_id],[Deal.deal_id],0)),""))'
    ),
    ("Context", "block_rank"): ("IFERROR(N(INDEX(<kind:rank>,MATCH([kind],<kind:label>,0))),0)"),
    ("Context", "ok"): (
        'IF([state]="","",IF([state]=<state.answered>,IF([kind]=<kind.real_deadline>,AND(AND('
        'ISNUMBER([date]),[date]>=DATE(1990,1,1),[date]<DATE(2101,1,1)),TRIM([driver])<>"",NO'
        "T(ISNA(MATCH([hardness],<hardness:label>,0))))*1,IF([kind]=<kind.pushback>,(TRIM([pe"
        'rson])<>"")*1,IF([kind]=<kind.stakeholder>,(NOT(ISNA(MATCH([role],<role:label>,0))))'
        '*1,1))),IF([state]=<state.none>,AND(TRIM([person])<>"",AND(ISNUMBER([learned_on]),[l'
        "earned_on]>=DATE(1990,1,1),[learned_on]<DATE(2101,1,1)))*1,IF([state]=<state.unknown"
        ">,AND(AND(ISNUMBER([chase_on]),[chase_on]>=DATE(1990,1,1),[chase_on]<DATE(2101,1,1))"
        ',TRIM([chase_by])<>"")*1,IF([state]=<state.declined>,1,IF([state]=<state.n_a>,(TRIM('
        '[note])<>"")*1,0))))))'
    ),
    ("Context", "missing"): (
        'IF(OR([deal_rank]="",N([block_rank])=0,[ok]=1),0,(COUNTIFS([Context.deal_id],[deal_i'
        "d],[Context.kind],[kind],[Context.ok],1)=0)*1)"
    ),
    ("Context", "deadline"): (
        "IF([kind]<><kind.real_deadline>,0,IF([state]<><state.answered>,0,IF(NOT(AND(ISNUMBER"
        "([date]),[date]>=DATE(1990,1,1),[date]<DATE(2101,1,1))),0,IF(COUNTIFS([Context.deal_"
        'id],[deal_id],[Context.kind],[kind],[Context.state],[state],[Context.date],"<"&[date'
        '],[Context.date],">="&DATE(1990,1,1))=0,[date],0))))'
    ),
    ("Commitments", "deal_rank"): (
        'IF([deal_id]="","",IFERROR(INDEX([Deal.stage_rank],MATCH([deal_id],[Deal.deal_id],0)),""))'
    ),
    ("Commitments", "missing"): (
        'IF(OR([deal_rank]="",TRIM([what])=""),0,IF(LEN(TRIM([what]))>40,0,(SUMPRODUCT((<toke'
        "n:text>=LOWER(TRIM([what])))*(<token:state>={state_number:none}))>0)*1)*(1-AND(TRIM("
        '[said_by])<>"",AND(ISNUMBER([said_on]),[said_on]>=DATE(1990,1,1),[said_on]<DATE(2101'
        ",1,1)))*1)+IF(IF(LEN(TRIM([what]))>40,FALSE,SUMPRODUCT((<token:text>=LOWER(TRIM([wha"
        "t])))*(<token:state>={state_number:none}))>0),0,(OR([type]=<type.promise>,[type]=<ty"
        "pe.discussed>)+ISNA(MATCH([type],<type:label>,0))>0)*OR(ISNA(MATCH([client_believes]"
        ",<client_believes:label>,0)),[client_believes]=<client_believes.not_asked>)*NOT(OR(["
        "disposition]=<disposition.withdrawn>,[disposition]=<disposition.superseded>))+OR([di"
        "sposition]=<disposition.undecided>,AND(ISNA(MATCH([disposition],<disposition:label>,"
        "0)),OR(ISNA(MATCH([type],<type:label>,0)),OR([type]=<type.promise>,[type]=<type.disc"
        "ussed>,[type]=<type.date_promise>,[type]=<type.commercial_concession>,[type]=<type.c"
        'hange_request>))))*NOT(AND(TRIM([owner])<>"",AND(ISNUMBER([due_on]),[due_on]>=DATE(1'
        "990,1,1),[due_on]<DATE(2101,1,1))))))"
    ),
    ("Commitments", "unpriced_hours"): (
        "IF(AND([client_believes]=<client_believes.yes>,[in_contract]<><in_contract.yes>,ISNU"
        "MBER([effort_hours]),NOT(OR([disposition]=<disposition.withdrawn>,[disposition]=<dis"
        "position.superseded>,[disposition]=<disposition.declined>,[disposition]=<disposition"
        ".change_order>))),[effort_hours],0)"
    ),
    ("Fees", "currency"): (
        'IF([deal_id]="","",IFERROR(INDEX(<currency:code>,MATCH(INDEX([Deal.currency],MATCH(['
        'deal_id],[Deal.deal_id],0)),<currency:code>,0)),""))'
    ),
    ("Fees", "gross"): (
        "IF(ISNUMBER([net]),[net]+IF(ISNUMBER([tax]),[tax],ROUND([net]*N([tax_rate]),2-2*ISNU"
        'MBER(SEARCH("/"&[currency]&"/","/BIF/CLP/DJF/GNF/ISK/JPY/KMF/KRW/PYG/RWF/UGX/UYI/VND'
        '/VUV/XAF/XOF/XPF/"))+1*ISNUMBER(SEARCH("/"&[currency]&"/","/BHD/IQD/JOD/KWD/LYD/OMR/'
        'TND/"))+2*ISNUMBER(SEARCH("/"&[currency]&"/","/CLF/UYW/")))),"")'
    ),
    ("Fees", "due_on"): (
        "IF(AND(ISNUMBER([invoiced_on]),[invoiced_on]>=DATE(1990,1,1),[invoiced_on]<DATE(2101"
        ',1,1)),[invoiced_on]+INT(N([terms_days])),"")'
    ),
    ("Fees", "retained"): (
        "IF(AND(ISNUMBER([gross]),AND(ISNUMBER([invoiced_on]),[invoiced_on]>=DATE(1990,1,1),["
        "invoiced_on]<DATE(2101,1,1)),[void]<><yes.yes>),IF(OR(N([retention_pct])+N([kept])=0"
        ",IF(AND(ISNUMBER([retention_release_on]),[retention_release_on]>=DATE(1990,1,1),[ret"
        "ention_release_on]<DATE(2101,1,1)),{asof}>=[retention_release_on],FALSE)),0,ROUND(SI"
        "GN([gross])*MAX(0,MIN(MAX(ROUND(ABS([gross])*N([retention_pct]),2-2*ISNUMBER(SEARCH("
        '"/"&[currency]&"/","/BIF/CLP/DJF/GNF/ISK/JPY/KMF/KRW/PYG/RWF/UGX/UYI/VND/VUV/XAF/XOF'
        '/XPF/"))+1*ISNUMBER(SEARCH("/"&[currency]&"/","/BHD/IQD/JOD/KWD/LYD/OMR/TND/"))+2*IS'
        'NUMBER(SEARCH("/"&[currency]&"/","/CLF/UYW/"))),SIGN([gross])*N([kept])),SIGN([gross'
        "])*([gross]-(N([received])+N([credited])+N([settled_otherwise]))))),4)),0)"
    ),
    ("Fees", "outstanding"): (
        "IF(AND(ISNUMBER([gross]),AND(ISNUMBER([invoiced_on]),[invoiced_on]>=DATE(1990,1,1),["
        "invoiced_on]<DATE(2101,1,1)),[void]<><yes.yes>),ROUND([gross]-(N([received])+N([cred"
        'ited])+N([settled_otherwise]))-[retained],4),"")'
    ),
    ("Fees", "days_overdue"): (
        'IF([outstanding]="","",IF(AND([outstanding]>0,[due_on]<>""),MAX(0,{asof}-IF(IF(IF(AN'
        "D(ISNUMBER([retention_release_on]),[retention_release_on]>=DATE(1990,1,1),[retention"
        "_release_on]<DATE(2101,1,1)),{asof}>=[retention_release_on],FALSE),[outstanding]<=MA"
        'X(ROUND(ABS([gross])*N([retention_pct]),2-2*ISNUMBER(SEARCH("/"&[currency]&"/","/BIF'
        '/CLP/DJF/GNF/ISK/JPY/KMF/KRW/PYG/RWF/UGX/UYI/VND/VUV/XAF/XOF/XPF/"))+1*ISNUMBER(SEAR'
        'CH("/"&[currency]&"/","/BHD/IQD/JOD/KWD/LYD/OMR/TND/"))+2*ISNUMBER(SEARCH("/"&[curre'
        'ncy]&"/","/CLF/UYW/"))),SIGN([gross])*N([kept])),FALSE),MAX([due_on],[retention_rele'
        "ase_on]),[due_on])),0))"
    ),
    ("Fees", "pay_status"): (
        'IF([deal_id]&[description]&[net]="","",IF([void]=<yes.yes>,<pay_status.cancelled>,IF'
        '([outstanding]="",IF([ready]=<yes.yes>,<pay_status.ready>,<pay_status.planned>),IF(['
        "outstanding]<0,IF([gross]<0,<pay_status.invoiced>,<pay_status.overpaid>),IF([outstan"
        "ding]=0,IF(N([received])<>0,IF([retained]<>0,<pay_status.retained>,<pay_status.paid>"
        "),IF(N([credited])<>0,<pay_status.credited>,IF(N([settled_otherwise])<>0,<pay_status"
        ".written_off>,<pay_status.paid>))),IF([disputed]=<yes.yes>,<pay_status.disputed>,IF("
        "N([received])+N([credited])+N([settled_otherwise])<>0,IF([days_overdue]>0,<pay_statu"
        "s.part_paid_overdue>,<pay_status.part_paid>),IF([days_overdue]>0,<pay_status.overdue"
        ">,<pay_status.invoiced>))))))))"
    ),
    ("Fees", "oldest"): (
        'IF(N([days_overdue])<=0,0,(COUNTIFS([Fees.deal_id],[deal_id],[Fees.days_overdue],">"'
        "&[days_overdue])=0)*[days_overdue])"
    ),
}
