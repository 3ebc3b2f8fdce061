"""Texts that somebody outside may choose: expressions, markup, and what only looks like either."""

from __future__ import annotations

HOME = "[% env('HOME') %]"
PLANTED = (
    HOME,
    "[%1+1%]",
    "[% eval('1+1') %] [%[% 2*3 %]%]",
    "{{ 7*7 }} ${HOME} $CURRENT_DATE(yyyy) $CURRENT_DATE",
    "<img src='http://127.0.0.1:9/canary.png'>",
    '<b>bold</b> <i onclick="x">i</i><!-- c --></td>',
    "&amp; &lt;b&gt; &#65; A&B",
    "深圳市 <福田> '单' \"双\" `back` \\n %] ]%",
    "=1+1 'quoted' \"double\" 100 % a<b and b>c",
)
"""None has a space at an end or two in a row: HTML would not keep them."""
