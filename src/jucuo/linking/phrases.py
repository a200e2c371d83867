"""Noun phrases around a number."""

from __future__ import annotations

import re

from ..records import Claim, Span
from .lexicon import anaphors, roles
from .tokens import Sentence

CLAUSE_MARKS = frozenset(",，;；。!！?？:：…—()（）\n")
HEAD = frozenset("nwxLQ")
"""Classes of the tokens a noun phrase can end with."""
MODIFIER = frozenset("nwxabILQ")
"""Classes of the tokens a noun phrase is made of."""
_ROLES = roles()
_LINK = _ROLES["link"]
_TRANSITIVE = _ROLES["transitive"]
_NOMINAL = _ROLES["nominal"]
_STATE = _ROLES["state"]
_EXCEEDING = _ROLES["exceeding"]
_PROPORTION = _ROLES["proportion"]
_CHANGE = _ROLES["change"] | _ROLES["degree"]
DIMENSION = _ROLES["dimension"]
_PREDICATE = _CHANGE | _LINK | _ROLES["aspect"]
THAN = frozenset("比较")
SHARE = frozenset({"占", "占到"})
_COMPARING = THAN | {"扣除", "剔除"}
_MEASURED = frozenset({"percent", "money", "quantity", "duration"})
BACK = 60
"""How many tokens a search goes back at most, so that time stays linear."""
_LONG = 14  # a longer list before a number is no head, in characters
_FAR = 30  # how far after a number the noun of its relative clause may stand, in characters

_MARKS = re.compile(r"[^\u3400-\u9fff]")
AND = frozenset("、和与及")
_PLACES = re.compile("[两二三四五六七八九十各]?[省市州县区镇乡村地]")  # 乙、丙两县: not what is counted

Range = tuple[int, int]
"""Tokens ``[a, b)`` of a sentence."""

Bounds = tuple[int, int]
"""Characters ``[start, end)`` of a text."""


def ends_clause(sent: Sentence, i: int) -> bool:
    return sent.kinds[i] == "P" and sent.words[i] in CLAUSE_MARKS


def clause_start(sent: Sentence, i: int) -> int:
    """Index of the first token of the clause that holds token `i`."""
    first = max(i - BACK, 0)
    while i > first and not ends_clause(sent, i - 1):
        i -= 1
    return i


def noun_after(sent: Sentence, i: int) -> Range | None:
    """Return the noun phrase that follows claim `i`, if one does."""
    n = len(sent)
    a = i + 1
    for _ in range(3):  # 20元、35元和50元三种蔬菜包
        if a + 1 < n and sent.kinds[a + 1] == "C" and sent.words[a] in ("和", "、", "或", "及"):
            a += 2
    if a < n and sent.words[a] == "的":
        a += 1
    if a < n and sent.kinds[a] == "C":  # 9条10千伏线路
        end = a + 1
        while end < n and sent.kinds[end] in "nwxb":
            end += 1
        return (a, end) if end > a + 1 else None
    if a < n and sent.kinds[a] not in "nb" and sent.words[a] in _LINK:
        return None
    if a < n and classifies(sent, a):
        return a, a + 1
    j, last = a, -1
    while j < n:
        kind = sent.kinds[j]
        if kind in "nxLI":
            last = j
        elif kind == "w":
            if last >= 0 and _acts(sent, j):
                break
            last = j
        elif kind in "ab" or (kind == "E" and last < 0):
            if last >= 0 and not _head_at(sent, j + 1):
                break
        elif kind == "Q":
            if last >= 0:
                break
            last = j
        elif kind == "v":
            if _compound(sent, j):
                j += 1
                last = j
            elif j == a and len(sent.words[j]) == 1 and _head_at(sent, j + 1) and sent.words[j] != "有":
                pass
            elif last >= 0:
                break
            else:
                clause = _relative(sent, a, j)
                if clause or not (_governed(sent, i) and j == a and _object(sent, j + 1)):
                    return clause
        elif kind == "P" and last >= 0 and sent.words[j] == "、" and _same_number(sent, j + 1):
            pass
        elif not (kind == "u" and last < 0 and j > a and sent.words[j] == "的"):
            break
        j += 1
    return (a, last + 1) if last >= 0 else None


def _head_at(sent: Sentence, j: int) -> bool:
    return j < len(sent) and sent.kinds[j] in HEAD


def _acts(sent: Sentence, j: int) -> bool:
    """Whether the verbal noun at `j`, after a noun, says what is done: 9家企业[复工], 87名商户[减免]房租."""
    if sent.words[j] in _TRANSITIVE:
        return not (_modifies(sent, j) and _compounds(sent.words[j + 1]))
    return sent.kinds[j - 1] == "n" and not _modifies(sent, j)


def _modifies(sent: Sentence, j: int) -> bool:
    """Whether the verbal noun at `j` belongs to a noun that follows: 企业服务站, not 企业复工."""
    return j + 1 < len(sent) and sent.kinds[j + 1] in "nwb"


def _compound(sent: Sentence, j: int) -> bool:
    """Whether a single verb character and an unknown one are a word together: 转 + 贷."""
    return (
        j + 1 < len(sent)
        and sent.kinds[j + 1] == "x"
        and sent.ends[j + 1] - sent.starts[j] == 2
        and sent.text[sent.starts[j + 1]].isalpha()
    )


def _governed(sent: Sentence, i: int) -> bool:
    return i > 0 and (sent.kinds[i - 1] == "v" or sent.words[i - 1] in ("了", "、", "和"))


def _object(sent: Sentence, j: int) -> bool:
    """Whether a noun at `j` ends its clause or list: 搭起5个[挡雨帐篷]、."""
    return j < len(sent) and sent.kinds[j] == "n" and (j + 1 >= len(sent) or sent.kinds[j + 1] == "P")


def _relative(sent: Sentence, a: int, j: int) -> Range | None:
    """Return the noun of ``verb ... 的 noun`` from `j`, with its clause when that is short."""
    for k in range(j + 1, len(sent)):
        if ends_clause(sent, k) or sent.kinds[k] in "CT" or sent.starts[k] - sent.starts[j] > _FAR:
            return None
        if sent.words[k] == "的" and k + 1 < len(sent):
            m = k + 1
            while m < len(sent) and sent.kinds[m] in "nwxab":
                m += 1
            while m > k + 1 and sent.kinds[m - 1] not in HEAD:
                m -= 1
            if m == k + 1:
                continue
            head = sent.ends[m - 1] - sent.starts[k + 1]
            return (a, m) if sent.ends[m - 1] - sent.starts[a] <= 3 * head else (k + 1, m)
    return None


def _same_number(sent: Sentence, j: int) -> bool:
    """Whether the noun at `j`, after 、, has no number of its own."""
    for k in range(j, min(j + BACK, len(sent))):
        kind = sent.kinds[k]
        if kind in "CTE":
            return False
        if kind not in "nwxab" and sent.words[k] != "、":
            return kind == "P" or sent.words[k - 1] != "、"
    return True


def skip_links(sent: Sentence, i: int) -> int:
    """Return the index of the last token before `i` that is no linking word of the same clause, or -1."""
    j = i - 1
    if j > 0 and sent.words[j] in ":：" and sent.kinds[j - 1] in HEAD:
        return j - 1
    if j > 0 and sent.kinds[j - 1] == "C" and sent.words[j] in ("和", "、", "及", "或"):
        j -= 1
    first = max(i - BACK, 0)
    while j >= first and not ends_clause(sent, j):
        kind = sent.kinds[j]
        if kind not in "dtTu" and sent.words[j] not in _LINK and not (kind == "C" and _paired(sent, j)):
            return j
        if kind == "u" and sent.words[j] not in "了着过":
            return j
        j -= 1
    return -1


def _paired(sent: Sentence, j: int) -> bool:
    """Whether claim `j` is the first of a pair: 由20张增至50张, 100%和90%."""
    word = sent.words[j + 1]
    return word in _LINK or word in ("和", "、", "及")


def head_before(sent: Sentence, i: int) -> Range | None:
    """Return the noun phrase before claim `i`, over linking words."""
    start = _origin(sent, i)
    found = phrase_ending(sent, skip_links(sent, i if start is None else start))
    standard = standard_of(sent, i)
    if standard and (found is None or (found[1] > standard[0] and found[0] < standard[1])):
        found = phrase_ending(sent, skip_links(sent, standard[0]))
    return found


def standard_of(sent: Sentence, i: int) -> Range | None:
    """Return what the number at `i` is measured against, with the word that says so.

    水位[比警戒水位]低1.2米, [扣除价格因素]实际增长5%, 进出口[占外贸总值的]78%: no number counts that.
    """
    if sent.compares is None:
        sent.compares = not (_EXCEEDING.isdisjoint(sent.words) and _COMPARING.isdisjoint(sent.words))
    return _standard(sent, i) if sent.compares else None


def _standard(sent: Sentence, i: int) -> Range | None:
    claim = sent.marks[i]
    for j in range(i - 1, max(i - BACK, 0) - 1, -1):
        if ends_clause(sent, j):
            return None
        word = sent.words[j]
        if word in _COMPARING:
            return j, next((k for k in range(j + 1, i) if sent.words[k] in _CHANGE), i)
        if word in _EXCEEDING and isinstance(claim, Claim) and claim.kind in _MEASURED:
            if not _PROPORTION.isdisjoint(sent.words[j:i]):
                return None  # 占进出口的比重为七成: the share is the subject
            return (j, i) if not any(k in "CT" for k in sent.kinds[j + 1 : i]) else None
    return None


def _origin(sent: Sentence, i: int) -> int | None:
    """Index of 由 or 从 in ``head 由 A 升到 B``, for claim A or B at `i`."""
    first = i
    for j in range(i - 1, max(i - BACK, 0) - 1, -1):
        if ends_clause(sent, j):
            return None
        if sent.kinds[j] == "C":
            first = j
        elif sent.words[j] in ("由", "从"):
            following = [sent.words[k] for k in range(first + 1, min(first + 3, len(sent)))]
            return j if any(w in _LINK or w.endswith(("到", "至", "为", "成")) for w in following) else None
    return None


def phrase_ending(sent: Sentence, j: int) -> Range | None:
    """Return the noun phrase whose last token is `j`."""
    if j < 0 or (sent.kinds[j] not in HEAD and sent.kinds[j] != "H"):
        return None
    b = j + 1
    if sent.kinds[j] == "H":
        return j, b
    first = max(j - BACK, 0)
    while j >= first and (sent.kinds[j] in MODIFIER or _listing(sent, j) or specified(sent, j + 1)):
        if j < b - 1 and _divides(sent, j):
            break
        j -= 1
    a = j + 1
    if sent.ends[b - 1] - sent.starts[a] > _LONG:
        a = _last_item(sent, a, b)
    while a < b - 1 and (sent.kinds[a] in "aI" or sent.words[a] in anaphors() or classifies(sent, a)):
        a += 1
    a = without_act(sent, a, b)
    if a > 0 and sent.kinds[a - 1] == "C" and sent.kinds[b - 1] == "w":  # 给46户创业户[贷款]690万元
        a = max(k for k in range(a, b) if k == a or sent.kinds[k - 1] == "n")
    return None if b - a < 3 and _PLACES.fullmatch(sent.text[sent.starts[a] : sent.ends[b - 1]]) else (a, b)


def only_links(sent: Sentence, j: int) -> bool:
    """Whether a character that no word holds only leads to the number: 钢梁[长]16米、[重]40吨."""
    return sent.kinds[j] == "x" and sent.words[j] in _LINK


def classifies(sent: Sentence, a: int) -> bool:
    """Whether the token is what a bare number before it counts, not part of a phrase: 两[镇]返岗率."""
    if a < 1 or sent.kinds[a - 1] != "C" or not _PLACES.fullmatch(sent.words[a]):
        return False
    claim = sent.marks[a - 1]
    return isinstance(claim, Claim) and claim.kind == "count" and not claim.unit


def specified(sent: Sentence, j: int) -> bool:
    """Whether the token before says which of several the figure at `j` is: [种植]面积, [使用]面积."""
    if j < 1 or j >= len(sent) or sent.words[j] not in DIMENSION or len(sent.words[j - 1]) < 2:
        return False
    return sent.kinds[j - 1] in "nb" or (sent.kinds[j - 1] in "wv" and sent.words[j - 1] not in _PREDICATE)


def without_act(sent: Sentence, a: int, b: int) -> int:
    """Start of the noun phrase ``[a, b)`` without the act that it opens with: [铺设]管道, but 救助资金."""
    if a >= b - 1 or sent.words[a] not in _TRANSITIVE or _compounds(sent.words[a + 1]):
        return a
    return a if sent.words[a + 1] in _TRANSITIVE and verbal(sent, (a, b)) else a + 1  # 开发建设: one act


def _divides(sent: Sentence, j: int) -> bool:
    """Whether the verbal noun at `j` is what the noun before does to the one after: 房东[减免]租金."""
    if sent.words[j] not in _TRANSITIVE or sent.kinds[j - 1] != "n":
        return False
    return not _compounds(sent.words[j + 1])


def _compounds(word: str) -> bool:
    """Whether a word makes a compound with a verbal noun before it: 救助[资金], 抽检[合格率]."""
    return word in _NOMINAL or word[-1] in "率量额数"


def acts_apart(sent: Sentence, a: int, b: int) -> list[Range]:
    """The noun phrases of ``[a, b)`` without the acts between and before them: 房东[减免]租金, [铺设]管道."""
    for j in range(b - 2, a, -1):
        if _divides(sent, j):
            return [(without_act(sent, a, j), j), (j + 1, b)]
    return [(without_act(sent, a, b), b)]


def _last_item(sent: Sentence, a: int, b: int) -> int:
    """Start of the last item of a long list; a first item as short as 二、三产 is none of its own."""
    starts = [k + 1 for k in range(a, b - 2) if sent.words[k] == "、" and sent.ends[k] - sent.starts[a] > 4]
    return starts[-1] if starts else a


def _listing(sent: Sentence, j: int) -> bool:
    """Whether 、 at `j` joins two nouns of the head, the first with no number: 白菜、萝卜180吨."""
    joins = sent.words[j] == "、" or sent.words[j] == "等"
    return j > 0 and joins and sent.kinds[j - 1] in "nx" and not _numbered(sent, j - 1)


def _numbered(sent: Sentence, j: int) -> bool:
    first = max(j - BACK, 0)
    while j > first and (sent.kinds[j] in "nwxab" or sent.words[j] == "、"):
        j -= 1
    return sent.kinds[j] == "C"


def series(sent: Sentence, i: int) -> list[int]:
    """Return the numbers of the list after token `i`, in order: 分别[比上年]增长3%和5%."""
    out: list[int] = []
    for j in range(i + 1, min(i + BACK, len(sent))):
        kind = sent.kinds[j]
        if ends_clause(sent, j) or kind == "E" or (kind == "T" and out):
            break
        if kind == "C":
            if out and AND.isdisjoint(sent.words[out[-1] : j]):
                break
            out.append(j)
    return out


def without_state(sent: Sentence, tokens: Range | None) -> Range | None:
    """Cut what the things counted are doing off a head: 规上工业企业[复工]57家."""
    if tokens is None:
        return None
    a, b = tokens
    while b - a > 1 and sent.words[b - 1] in _STATE and sent.kinds[b - 2] in "nx":
        b -= 1
    return a, b


def verbal(sent: Sentence, tokens: Range) -> bool:
    """Whether a phrase is made of verbal nouns alone."""
    return all(sent.kinds[k] == "w" for k in range(*tokens))


def span(sent: Sentence, tokens: Range, keep: str) -> Span | None:
    """Return the stretch of text of a token range; `keep` says which side of a stray quotation mark stays."""
    found = bounds(sent, tokens, keep)
    return Span(*found, sent.text[found[0] : found[1]]) if found else None


def bounds(sent: Sentence, tokens: Range, keep: str) -> Bounds | None:
    """Return start and end of the text of a token range, as `span` does."""
    start, end = sent.starts[tokens[0]], sent.ends[tokens[1] - 1]
    text = sent.text
    if not _MARKS.search(text, start, end):
        return start, end
    for left, right in ("“”", "‘’", "《》"):
        if text.count(left, start, end) == text.count(right, start, end):
            continue
        for mark in (left, right):
            at = text.find(mark, start, end) if keep == "left" else text.rfind(mark, start, end)
            if at >= 0 and ((keep == "left" and at > start) or at == end - 1):
                end = at
            elif at >= 0:
                start = at + 1
    surface = text[start:end]
    trimmed = surface.strip("·/-—\"'’”》 \n") if surface[:1] not in "“‘《" else surface.strip()
    start += surface.find(trimmed)
    return (start, start + len(trimmed)) if trimmed else None
