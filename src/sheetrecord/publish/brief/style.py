"""Style sheet of the brief, for paper and screen."""

from typing import Final

STYLE: Final = """
@page { size: A4; margin: 11mm 12mm 10mm }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font: 9.2pt/1.34 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  color: #1d2733; background: #fff; max-width: 186mm; margin: 0 auto }
.full { font-size: 8.1pt; line-height: 1.26 } .brim { font-size: 7.2pt; line-height: 1.17 }
.brim h1 { font-size: 14pt } .brim .band { padding: 2pt 8pt } .brim .big { font-size: 13pt }
.brim li, .brim dl > div { margin-bottom: 1.2pt } .brim td { padding: .8pt 6pt .8pt 0 }
:is(.full, .brim) .two { margin-top: 5pt }
:is(.full, .brim) .band { padding: 4pt 8pt; margin: 5pt 0 }
:is(.full, .brim) h2 { margin-top: 5pt }
:is(.full, .brim) :is(dt, dd) { display: inline }
:is(.full, .brim) dd { padding: 0 } :is(.full, .brim) dt::after
  { content: ":\\00a0" }
:is(.full, .brim) dl > div { padding-left: 11pt; text-indent: -11pt }
@media screen { body { padding: 14px 0 30px; zoom: 1.15 } }
header { border-bottom: 1.4pt solid #1f4e5f; padding-bottom: 4pt }
.kind { font-size: 7.6pt; letter-spacing: .06em; text-transform: uppercase; color: #5b6b78 }
.kind b { color: #1f4e5f; margin-left: 4pt } .kind span { float: right; text-transform: none;
  letter-spacing: 0 }
h1 { font-size: 18pt; line-height: 1.15; font-weight: 650; letter-spacing: -.01em }
h1 small { font-size: 12pt; font-weight: 400; color: #4a5a67 }
.facts span { margin-right: 12pt } .facts span:first-child { font-weight: 600 }
.flag { background: #fff0d6; color: #7a4b00; padding: 0 4pt; border-radius: 2pt;
  font-size: 7.8pt; white-space: nowrap; -webkit-print-color-adjust: exact;
  print-color-adjust: exact }
.band { display: grid; grid-template-columns: 62mm 1fr; gap: 7mm; align-items: center;
  background: #f1f5f6; border-left: 3pt solid #b3261e; padding: 6pt 8pt; margin: 7pt 0;
  -webkit-print-color-adjust: exact; print-color-adjust: exact }
.label { font-size: 7.8pt; color: #5b6b78 }
.big { font-size: 16pt; font-weight: 650; color: #b3261e; line-height: 1.15 }
.big.calm { font-size: 11pt; color: #1d2733 }
.driver span { color: #5b6b78 } .driver span::before { content: "\\2022  " }
.gap { font-weight: 600; color: #b3261e }
svg { width: 100%; height: auto; display: block }
h2 { font-size: 8pt; letter-spacing: .05em; text-transform: uppercase; color: #1f4e5f;
  border-bottom: .6pt solid #c9d3d8; margin: 7pt 0 3pt; padding-bottom: 1pt }
.two { margin-top: 8pt; display: grid; grid-template-columns: 1.22fr 1fr; gap: 7mm }
.two h2:first-child { margin-top: 0 }
dl > div { margin-bottom: 2.6pt } dt { font-size: 7.6pt; color: #5b6b78 }
dd { padding-left: 11pt } .first dd { font-weight: 600 }
ul { list-style: none } li { margin-bottom: 2.4pt; padding-left: 11pt; text-indent: -11pt }
.plain li { padding-left: 7pt; text-indent: -7pt } .plain li::before { content: "\\2013  " }
.for b { color: #23693b } .against b { color: #b3261e }
em { font-style: normal; color: #5b6b78 } .calm { color: #5b6b78 }
table { width: 100%; border-collapse: collapse }
th, section > table td:nth-child(n+2) { white-space: nowrap }
th { text-align: left; font-weight: 400; font-size: 7.4pt; color: #5b6b78; padding: 0 6pt 1pt 0 }
th:first-child { color: transparent }
td { vertical-align: top; padding: 1.6pt 6pt 1.6pt 0; border-top: .4pt solid #e1e7ea }
tbody tr:first-child td { border-top: 0 }
section > table td:nth-child(1) { width: 52%; padding-left: 11pt; text-indent: -11pt }
.two td:nth-child(2) { white-space: nowrap }
.sum { text-align: right; white-space: nowrap; padding-right: 0;
  font-variant-numeric: tabular-nums }
.open td { color: #7a4b00; font-weight: 600 }
.box { display: inline-block; width: 7pt; height: 7pt; border: .8pt solid #5b6b78;
  border-radius: 1pt; margin-right: 4pt; vertical-align: -.5pt; text-indent: 0 }
.box.done { border-color: #23693b; background: #e5f2e8; color: #23693b;
  font: 700 6.5pt/6pt Arial, sans-serif;
  text-align: center; -webkit-print-color-adjust: exact; print-color-adjust: exact }
code { font: 6.4pt "Cascadia Mono", Consolas, "Liberation Mono", monospace; color: #5f6f7b;
  white-space: nowrap }
.why { display: inline; text-indent: 0 } .why p { margin: 1pt 0 3pt; color: #4a5a67;
  font-size: .92em; font-weight: 400 }
.why summary { display: inline-block; min-width: 1.6em; text-align: center; cursor: pointer;
  color: #1f4e5f; border: .6pt solid #9fb0ba; border-radius: 1em; margin-left: 4pt;
  font-size: .85em; line-height: 1.5; list-style: none }
.why summary::-webkit-details-marker { display: none }
@media print { .why { display: none } }
.more { font-size: 7.8pt; color: #5b6b78 }
.waived { margin-top: 6pt; padding: 3pt 6pt; background: #fff0d6;
  -webkit-print-color-adjust: exact; print-color-adjust: exact }
footer { margin-top: 7pt; border-top: .6pt solid #c9d3d8; padding-top: 4pt }
footer span { float: right } .hash { font: 6pt Consolas, "Liberation Mono", monospace;
  color: #5f6f7b; margin-top: 3pt }
section, li, tr, dl > div { break-inside: avoid }
@media (max-width: 600px) { body { zoom: 1; padding: 10px; font-size: 11pt } .band, .two {
  display: block } .two > div, .band > div { margin-bottom: 8pt } }
"""
