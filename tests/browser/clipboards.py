"""HTML as programs put it on the clipboard, and the Markdown of a long text that a paste makes of it."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='mso-x:y'>How often<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Dose:</b>5&nbsp;mg, then
see <a href="https://www.example.org/a(b)">the leaflet</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>cramps<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>at night</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>tingling</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<h2>What to do</h2>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Stretch</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>Call</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Dose</b></p></td><td><p>How many</p></td></tr>
<tr><td><p>5&nbsp;mg</p></td><td><p>2 | 100</p></td></tr></table>
<p class=MsoNormal>10<sup>6</sup> cells<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[AK1]</a></span>
and <i>more</i> <a href="file:///C:/x.docx#_ftn1">[1]</a></p><!--EndFragment--></body></html>"""
FROM_WORD = """### How often

**Dose**:5 mg, then see [the leaflet](https://www.example.org/a%28b%29).

- cramps
  - at night
- tingling

#### What to do

1. Stretch
2. Call

| **Dose** | How many |
| --- | --- |
| 5 mg | 2 \\| 100 |

10⁶ cells and more [1]"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<h2 dir="ltr"><span style="font-weight:400;white-space:pre-wrap">Legs</span></h2>
<p dir="ltr"><span style="font-weight:400">It can </span><span style="font-weight:700">hurt</span><span>. See </span>
<a href="https://www.google.com/url?q=https://www.nhs.uk/x/?a%3D1&amp;sa=D&amp;ust=1"><span>NHS</span></a></p><br />
<ul><li dir="ltr" aria-level="1"><p role="presentation"><span style="font-weight:700">One: </span><span>a</span></p></li>
<ul><li dir="ltr" aria-level="2"><p role="presentation"><span>inner</span></p></li></ul>
<li><p><span>Two</span></p></li></ul>
<div dir="ltr"><table><colgroup><col /></colgroup><tbody>
<tr><td><p><span>Dose</span></p></td><td><p><span>Men</span></p></td><td><p>Women</p></td></tr>
<tr><td rowspan="2"><p>5 mg</p></td><td><p>1</p></td><td><p>2</p></td></tr>
<tr><td><p>3</p></td><td><p>4</p></td></tr></tbody></table></div></b>"""
FROM_GOOGLE_DOCS = """### Legs

It can **hurt**. See [NHS](https://www.nhs.uk/x/?a=1)

- **One:** a
  - inner
- Two

| Dose | Men | Women |
| --- | --- | --- |
| 5 mg | 1 | 2 |
| 5 mg | 3 | 4 |"""

LIBRE_OFFICE = """<!DOCTYPE html><html><head><style type="text/css">p { margin-bottom: 0.25cm }</style></head>
<body lang="en-GB" dir="ltr"><h3 class="western">Legs</h3><p style="margin-bottom: 0cm"><font face="Arial"><b>Cramps</b> come
at&nbsp;night.<br/>
They pass.</font></p>
<ol start="3"><li><p>Rest</p></li><li><p>Walk</p>
<ul><li><p>slowly</p></li></ul></li></ol></body></html>"""
FROM_LIBRE_OFFICE = """### Legs

**Cramps** come at night.\x20\x20
They pass.

3. Rest
4. Walk
   - slowly"""

WEB_PAGE = """<div><script>alert(1)</script><style>p{}</style><h1>Title</h1><div>First <strong><em>strong</em></strong>
<img src="x" alt="a calf" onerror="alert(1)"></div><h3>Sub</h3><p style="color:red" onclick="alert(1)">5 * 3, a_b, _c_ and [x](y)
<a href="javascript:alert(1)">click</a></p><p>- no list</p><p>2. no list</p><p># no heading</p></div>"""
FROM_WEB_PAGE = """### Title

First **strong** a calf

#### Sub

5 \\* 3, a_b, \\_c\\_ and [x\\](y) click

\\- no list

2\\. no list

\\# no heading"""
