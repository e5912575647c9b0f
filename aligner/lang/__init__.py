"""Facts about Chinese and English that more than one stage needs.

`marks_zh` and `marks_en` say how sentences end and lists are numbered, `script` tells which
language and variant a text is in, `shadow` makes a copy of a text in one form.
"""
