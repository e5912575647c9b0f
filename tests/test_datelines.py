"""Lines of place, date and writer are no headings."""

from __future__ import annotations

import pytest

from aligner.lang.datelines import is_dateline

LINES = """
北京，5月3日电
（2024年5月3日）
(2024年5月3日)
二〇二四年五月三日
2024年5月3日 星期五
新华社北京5月3日电
中新社广州10月12日电 记者 王小明
新华社北京5月3日电（记者李明）
本报记者 王小明
本报记者王小明 李大海
记者：王小明
作者：李大海
文/王小明
上海，2023年12月1日
2024-05-03
北京 2024年5月3日
2024年5月3日于杭州
一九四九年十月
BEIJING, May 3 —
BEIJING, May 3 (Xinhua) --
(3 May 2024)
May 3, 2024
3 May 2024
Friday, May 3, 2024
By Wang Xiaoming
By Wang Xiaoming and Li Dahai
By Jane O'Neill, Staff Writer
Hangzhou, 3 May 2024
HONG KONG, Oct. 12 —
LONDON (Reuters) -
Shanghai, December 2023
2024/05/03
BY LI NA
"""
HEADINGS = """
五月三日大会纪要
一、总体要求
第二章 借阅
2024年5月工作计划
5月3日会议安排
上海的早晨
2024年年度报告
作者简介
By the Sea
By Virtue of Law
May Day in Beijing
Annual Report 2024
Beijing
March for Life
Chapter 3
Shanghai Communique of 1972
Summer in Hangzhou
记者节
编辑部的故事
编辑 说明
文化
2025年目标
二〇二四年总结
Meeting of May 3
On the Road
May Flowers
Programme for 3 May 2024
"""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_a_line_of_place_and_date_or_of_a_writer(line: str) -> None:
    """Chinese and English news, letters and notices begin or end with one."""
    assert is_dateline(line)


@pytest.mark.parametrize("line", HEADINGS.strip().splitlines())
def test_a_heading_that_has_a_date_or_begins_alike(line: str) -> None:
    """Whatever else stands in the line makes it a heading."""
    assert not is_dateline(line)


def test_a_long_line_is_none_and_takes_no_time() -> None:
    """A pattern that could try many ways sees no long line."""
    assert not is_dateline("A. " * 100_000)
