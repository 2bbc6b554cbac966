"""What word processors and web pages put on the clipboard, in their own mark-up."""

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 style="color:#000">'
    '<span style="font-weight:400">Title</span></h1><br /><p style="line-height:1.38"><span style="font-family:Arial;'
    'font-weight:700">Bold</span><span style="font-style:italic"> slanted</span> '
    '<a href="https://www.google.com/url?q=https://example.org/x&amp;sa=D" style="text-decoration:none">there</a></p><br />'
    '<ul style="margin:0"><li style="list-style-type:disc" aria-level="1"><p role="presentation"><span>one</span></p></li></ul></b>'
)
WORD = (
    "<html xmlns:o='urn:x'><head><style><!-- p.MsoNormal {margin:0} --></style></head><body><!--StartFragment-->"
    "<p class=MsoNormal style='mso-margin-top-alt:auto'><b><span style='font-family:Calibri'>Strong</span></b> text<o:p></o:p></p>"
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span "
    "style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"
    "</span></span><![endif]>First<o:p></o:p></p>"
    "<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o&nbsp;"
    "</span><![endif]>Inner<o:p></o:p></p>"
    "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·&nbsp;"
    "</span><!--[endif]-->Second</p><p class=MsoNormal>&nbsp;</p>"
    "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.&nbsp;</span>Number</p>"
    "<!--EndFragment--></body></html>"
)
FOREIGN = (
    '<div class="x" onclick="alert(1)"><p style="color:red" onmouseover="alert(1)">Plain<script>alert(1)</script>'
    '<img src="x" onerror="alert(1)"> words <a href="javascript:alert(1)">here</a></p></div>'
    '<aside data-node="later" onclick="alert(1)" data-k="v"><img src="x" onerror="alert(1)"><p>in</p></aside>'
)
LIBREOFFICE = (
    '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>'
    '<meta name="generator" content="LibreOffice 7.4"/><style type="text/css">p { line-height: 115%; margin-bottom: 0.25cm }</style></head>'
    '<body lang="en-GB" link="#000080" dir="ltr"><h1 class="western">A title</h1>\n<p style="line-height: 100%; margin-bottom: 0cm">Plain, '
    '<b>strong</b> and <font face="Liberation Serif, serif"><font size="3" style="font-size: 12pt"><i>slanted</i></font></font>\nwords.</p>'
    '<p style="margin-bottom: 0cm"><br/>\n\n</p><ol>\n\t<li><p style="margin-bottom: 0cm">First</p></li>\n\t<li><p>Second</p></li>\n</ol>'
    '<table width="100%" cellpadding="4" cellspacing="0"><col width="128*"/><col width="128*"/><tr valign="top">'
    '<th width="50%" style="border: 1px solid #000"><p align="left">Day</p></th><th><p>Ships</p></th></tr>'
    '<tr valign="top"><td><p>Monday</p></td><td sdval="12" sdnum="1033;"><p>12</p></td></tr></table></body></html>'
)
