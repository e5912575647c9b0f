"""The two invented web sites that make.py sets the samples on.

An office's site of the older kind, with buttons for larger type, and a newspaper's
with a cookie banner, an advertisement and comments. All names, addresses and
numbers are invented; `$body` is the place of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template


@dataclass(frozen=True, slots=True)
class Site:
    """What a web site puts round a text."""

    template: str
    name: str
    words: dict[str, str]
    menu: tuple[str, ...]
    path: tuple[str, ...]
    share: tuple[str, ...]
    related: tuple[str, ...]
    footer: tuple[str, ...]


PAGES = {
    "office": Template("""\
<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<title>$title - $site</title>
<script>var page = {"section": "notices", "id": 20240517036};</script>
</head>
<body>
<header>
<div class="logo"><a href="/">$site</a></div>
<form class="search"><input type="text" placeholder="$search"><button>$search</button></form>
<nav class="menu"><ul>
$menu
</ul></nav>
</header>
<div class="breadcrumb">$here$path</div>
<main>
<article class="article-content">
$body
</article>
</main>
<div class="tools"><a href="#">$larger</a> <a href="#">$smaller</a> <a href="#">$print</a>
<div class="share"><span>$share_to</span>
$share
</div></div>
<aside class="related"><h3>$related_title</h3><ul>
$related
</ul></aside>
<footer>
$footer
</footer>
</body>
</html>
"""),
    "paper": Template("""\
<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<title>$title | $site</title>
<style>.ad { display: block } .hot li { float: left }</style>
</head>
<body>
<div id="cookie-banner" class="cookie-notice"><p>$cookies</p><button>$accept</button></div>
<header>
<div class="masthead"><a href="/">$site</a> <a href="/login">$login</a></div>
<nav><ul>
$menu
</ul></nav>
</header>
<div class="breadcrumb">$here$path</div>
<main>
<article class="post-content">
$body
</article>
<div class="share-buttons" role="toolbar"><span>$share_to</span>
$share
</div>
<section class="related-posts"><h3>$related_title</h3><ul>
$related
</ul></section>
<section id="comments" class="comments"><h3>$comments</h3><p>$be_first</p></section>
</main>
<aside class="sidebar advertisement"><p>$advert</p></aside>
<footer>
$footer
</footer>
<script>window.track = function () { return false; };</script>
</body>
</html>
"""),
}

SITES = {
    ("notice", "zh"): Site(
        template="office",
        name="云澜市政务公开网",
        words={
            "search": "搜索",
            "here": "当前位置：",
            "larger": "大号字",
            "smaller": "小号字",
            "print": "打印本页",
            "share_to": "分享到：",
            "related_title": "相关文件",
        },
        menu=("首页", "要闻动态", "政务公开", "办事大厅", "互动交流", "数据开放", "走进云澜"),
        path=("首页", "政务公开", "规范性文件", "科技航运"),
        share=("短消息", "朋友空间", "收藏夹", "二维码"),
        related=(
            "一图读懂：绿色航运看云澜",
            "云澜市港航管理局2024年春季招聘启事",
            "关于北屿大桥夜间封闭施工的通告",
        ),
        footer=(
            "主办：云澜市人民政府办公室　承办：云澜市政务信息中心",
            "网站标识码：0000360517　云公网安备 00000000000517号",
            "建议使用1280×720以上分辨率浏览本站",
        ),
    ),
    ("notice", "en"): Site(
        template="office",
        name="Yunlan Government Online",
        words={
            "search": "Search",
            "here": "You are here: ",
            "larger": "Larger type",
            "smaller": "Smaller type",
            "print": "Print this page",
            "share_to": "Share:",
            "related_title": "Related documents",
        },
        menu=("Home", "News", "Open Government", "Services", "Contact", "Data", "About Yunlan"),
        path=("Home", "Open Government", "Documents", "Science and Shipping"),
        share=("Message", "Friends", "Bookmark", "QR code"),
        related=(
            "Green shipping in Yunlan at a glance",
            "Spring 2024 vacancies at the Port and Shipping Administration",
            "Night closure of the Beiyu Bridge for repairs",
        ),
        footer=(
            "Hosted by the General Office of the Yunlan Municipal People's Government",
            "Site code 0000360517",
            "Best viewed at 1280 by 720 or above",
        ),
    ),
    ("news", "zh"): Site(
        template="paper",
        name="云澜日报网",
        words={
            "cookies": "本站使用缓存文件改善您的阅读体验。",
            "accept": "知道了",
            "login": "登录 / 注册",
            "here": "您的位置：",
            "share_to": "分享本文",
            "related_title": "大家还在看",
            "comments": "网友评论（0）",
            "be_first": "还没有人评论，快来抢沙发。",
            "advert": "广告：北屿海鲜节门票预售，早鸟八折。",
        },
        menu=("头条", "本地", "财经", "港口", "文化", "视频", "专题"),
        path=("首页", "港口", "正文"),
        share=("转发", "收藏", "生成海报", "举报"),
        related=(
            "周末去哪儿？松湾赏荷攻略",
            "云澜地铁三号线本月试运行",
            "老街坊的早餐铺，开了三十五年",
            "台风季将至，这些准备要做好",
        ),
        footer=(
            "关于我们 | 广告服务 | 联系方式 | 隐私政策",
            "版权所有 云澜日报社 未经书面授权不得转载",
            "违法和不良信息举报电话：000-0517036",
        ),
    ),
    ("news", "en"): Site(
        template="paper",
        name="Yunlan Daily Online",
        words={
            "cookies": "We use cookies to make this site easier to read.",
            "accept": "Got it",
            "login": "Log in / Sign up",
            "here": "You are here: ",
            "share_to": "Share this story",
            "related_title": "Also read",
            "comments": "Comments (0)",
            "be_first": "Nobody has commented yet. Be the first.",
            "advert": "Advertisement: Beiyu Seafood Festival, early-bird tickets at 20% off.",
        },
        menu=("Top stories", "Local", "Business", "Port", "Culture", "Video", "Features"),
        path=("Home", "Port", "Story"),
        share=("Repost", "Save", "Make a poster", "Report"),
        related=(
            "Where to see the lotus in Songwan this weekend",
            "Metro Line 3 starts trial runs this month",
            "Thirty-five years of breakfast on the same corner",
            "Getting ready for the typhoon season",
        ),
        footer=(
            "About us | Advertise | Contact | Privacy",
            "Copyright Yunlan Daily. Not to be reproduced without written permission.",
            "Report unlawful content: 000-0517036",
        ),
    ),
}
