"""The style of a document as HTML: system fonts, readable on a phone, printable, with a switch of languages."""

from __future__ import annotations

STYLE = """
:root{--ink:#1f2933;--quiet:#5a6672;--line:#d9dee3;--alarm:#b00f1b}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;color:var(--ink);background:#fff;
font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif}
input[name=language]{margin:0 .3rem 0 0}
input[name=language]+label{margin-right:1.2rem}
#show-en:checked~* [lang|=zh],#show-zh:checked~* [lang=en]{display:none}
nav ul{padding:0;margin:1rem 0}
nav li{display:inline-block;margin:0 1.4rem .2rem 0}
a{color:#115292}
a:focus-visible,input:focus-visible,.wide:focus-visible{outline:3px solid #115292;outline-offset:2px}
h1,h2,h3,h4{line-height:1.25;margin:1.6em 0 .4em}
.part>h1,.part>h2{border-left:.4rem solid;padding-left:.7rem}
h2.table{font-size:1.2rem}
h1{font-size:1.9rem;margin-top:.4em}
h2{font-size:1.6rem}
h3{font-size:1.2rem}
.subpart>h3{border-top:2px solid;padding-top:.5rem}
h4{font-size:1.05rem}
.under{color:var(--quiet);margin:.1rem 0 1rem}
.quiet,.note,.empty,figcaption,footer{color:var(--quiet);font-size:.9rem}
p.alarm{background:#fbe3e1;border-left:.3rem solid var(--alarm);padding:.6rem .8rem;font-weight:700}
.loud{color:var(--alarm)}
.figures{display:flex;flex-wrap:wrap;margin:1rem 0}
.figures>div{display:flex;flex-direction:column;flex:1 1 10rem;margin:0 2rem .8rem 0}
.figures dd{margin:0;font-size:2.2rem;font-weight:700;line-height:1.1}
.figures dt{color:var(--quiet);font-size:.9rem}
.figures .alarm dd{color:var(--alarm)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.88rem}
th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:top;text-align:left;font-weight:400}
thead th{font-weight:700;color:var(--quiet);border-bottom:2px solid var(--line)}
.right{text-align:right;font-variant-numeric:tabular-nums}
td.right{white-space:nowrap}
.centre{text-align:center}
.bold{font-weight:700}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.tasks{list-style:none;padding:0}
.tasks li{display:flex;padding:.3rem 0;border-bottom:1px solid var(--line)}
.tasks input{width:1.15rem;height:1.15rem;flex:none;margin:.2rem .7rem 0 0}
.who{color:var(--quiet)}
figure{margin:1rem 0}
.map{display:flex;flex-wrap:wrap}
.map>img{flex:1 1 30rem;min-width:0;max-width:100%;height:auto;margin:0 1rem .6rem 0;border:1px solid #9aa5b1}
.legend{flex:0 1 14rem;list-style:none;margin:0;padding:0;font-size:.85rem}
.legend li{display:flex;align-items:center;margin:.15rem 0}
.legend .title{font-weight:700;margin-top:.7rem}
.legend i{flex:none;width:24px;height:14px;margin-right:.5rem}
.keys{display:flex;flex-wrap:wrap}
.keys li{margin-right:1.2rem}
.legend img{flex:none;width:24px;height:18px;margin-right:.5rem}
svg{width:100%;min-width:40rem;height:auto;font-size:14px;fill:var(--ink)}
svg path{fill:none}
footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.6rem}
@media print{
@page{size:A4;margin:14mm}
body{max-width:none;padding:0;font-size:10pt}
nav,input[name=language],input[name=language]+label{display:none}
.part{break-before:page}
.part:first-child{break-before:auto}
h1,h2,h3,h4{break-after:avoid}
tr,figure,.tasks li,svg{break-inside:avoid}
thead{display:table-header-group}
.wide{overflow:visible}
svg{min-width:0}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""
