"""By-lines: who wrote a piece, on a line of its own, before its first sentence or behind its last."""

from __future__ import annotations

import re

_MEDIA = (
    r"(?:本报|本台|本网|本刊|新华社|中新社|全媒体|融媒体?"
    r"|[\u3400-\u9fff]{2,4}(?:日报|晚报|晨报|电视台|新闻网|融媒体?(?:中心)?))"
)
_ROLE = re.compile(
    rf"{_MEDIA}*(?:首席|实习|见习|特约|驻站|特派|全媒体|融媒体?)*(?:记者|通讯员|评论员|摄影师|撰稿人?|见习生|实习生)"
    r"|文字?\s?/\s?图片?|图片?\s?/\s?文字?|摄影报道|文(?=[/:：])|图(?=[/:：])|撰文|摄影|作者(?=[:：])|笔者"
)
_NAME = r"(?:[\u3400-\u9fff]{1,4}|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff]{1,8})"
_NAMES = re.compile(rf"[ 、/:：，]*{_NAME}(?:[ 、/，]+{_NAME}){{0,9}}[ /]*")
_BARE = re.compile(
    r"[\u3400-\u9fff]{2,4}(?:[ 、]+[\u3400-\u9fff]{2,4}){0,5}|[\u3400-\u9fff] [\u3400-\u9fff]{1,2}"
)
_MARKS = "□■◎◆▲△▼☆★●○"
_STRIP = " *（）()【】" + _MARKS
_REPORTED = re.compile(r"(?:综合)?(?:摄影)?报道$|综合$|整理$|摄$|(?<!/)[文图]$")
LEAD = re.compile(
    r"[【“（*]*(?:"
    r"(?:本报|本台|本网|本刊)[\u3400-\u9fff]{0,6}(?:(?:\d{1,2}月)?\d{1,2}日)?(?:综合)?(?:讯|电|消息)(?![\u3400-\u9fff]?[网台号局息])"
    r"|(?:新华社|中新社|中新网|人民网|央视网|新华网|中国新闻网)[\u3400-\u9fff、]{0,10}(?:(?:\d{1,2}月)?\d{1,2}日)?(?:电|讯|消息)"
    r"|[\u3400-\u9fff]{2,6}(?:日报|晚报|晨报|时报|都市报|新闻网|政府网|在线|网)(?:(?:\d{1,2}月)?\d{1,2}日)?讯"
    r")[】”）*]*[ :：—-]*"
)
_LEAD_NAMES = re.compile(
    r"（([^（）]{2,60})）|((?:本报|本台|本网|全媒体)?(?:记者|通讯员)[^，。：]{2,40})(?:报道)[:：]?"
)
_RUN_IN = re.compile(r"(?:本报|本台|本网)[\u3400-\u9fff]{0,4}记者|(?:特约)?通讯员")
_BEFORE_ROLE = re.compile(r"[ 、:：]*(?:[\u3400-\u9fff]{1,4}[ 、]*){0,4}")
_BEHIND_ROLE = re.compile(r"[ :：]*(?:[\u3400-\u9fff]{2,3}[ 、]+)*[\u3400-\u9fff]{2,3}")
_NO_NAME = re.compile(r"[从在今昨近获了来走到对就向于日前见看发跟随]")


def is_byline(text: str) -> bool:
    """Whether a line of its own (in its shadow) names those who wrote the piece."""
    if len(text) > 80 or any(c in text for c in "。！？；“"):
        return False
    body = text.strip(_STRIP)
    parts = _ROLE.split(_REPORTED.sub("", body))
    named = all(not p.strip(_STRIP) or _NAMES.fullmatch(p.strip(_STRIP)) for p in parts)
    if len(parts) > 1:
        return named and any(p.strip(_STRIP + "/:：") for p in parts)
    marked = text.lstrip(" *")[0] == "□" or (
        text.startswith("（") and text.endswith("）") and len(body) <= 16
    )
    return marked and _BARE.fullmatch(body) is not None


def tidy(text: str) -> str:
    """A by-line without marks, brackets and line breaks around its words."""
    return " ".join(text.strip(" *（）()\n" + _MARKS).replace("*", " ").split())


def lead_end(text: str) -> int:
    """Where the first words 本报讯, 新华社北京3月9日电 of a line end; 0 if it does not start so."""
    m = LEAD.match(text[:80])
    return m.end() if m else 0


def after_lead(text: str) -> tuple[int, int] | None:
    """The by-line in a line that starts with 本报讯 (记者 李某), without its brackets."""
    end = lead_end(text)
    m = _LEAD_NAMES.match(text, end) if end else None
    if m is None:
        return None
    span = m.span(1) if m[1] else m.span(2)
    return span if is_byline("（" + text[span[0] : span[1]] + "）") or _ROLE.search(m[0]) else None


def run_in(text: str) -> tuple[int, int] | None:
    """The by-line that the first sentence follows without a break: □李某本报记者王某某红马甲...."""
    start = len(text) - len(text.lstrip(" *"))
    marked = text[start : start + 1] == "□"
    begin = end = start + 1 if marked else start
    if not marked and not _RUN_IN.match(text, start):
        return None
    while True:
        role = _ROLE.search(text, end, end + 24)
        if role is None or not _BEFORE_ROLE.fullmatch(text, end, role.start()):
            break
        name = _BEHIND_ROLE.match(text, role.end())
        if name is None or _NO_NAME.match(name[0].lstrip(" :：")):
            break
        end = name.end()
    return (begin, end) if end > begin + 3 and _ROLE.search(text, begin, end) else None


def at_end(text: str) -> tuple[int, int] | None:
    """The by-line behind the last sentence of a line: ...秩序。（记者 李某）, ...90.7%。□李某 王某."""
    cut = max(text.rfind(c, max(0, len(text) - 90)) for c in "。！？”…")
    if cut < 0 or cut + 3 > len(text):
        return None
    tail = text[cut + 1 :]
    start = cut + 1 + len(tail) - len(tail.lstrip())
    return (start, len(text)) if tail.strip() and is_byline(tail.strip()) else None
