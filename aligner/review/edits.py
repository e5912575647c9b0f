"""The editing actions: from the links and what a person wants to the change that does it.

Every action on links is a regrouping: some groups of sentences are wanted, what they leave
of the links that they touch stays as a link of its own, and the result is put into reading
order. Sentences without partner stand singly, those of the Chinese side first. So whatever
is done, every sentence stays once and in its order (`ReviewError` where that cannot be).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from aligner.errors import ReviewError
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import gap
from aligner.review.values import Change, Hunk, LinkStatus, ReviewLink, Sentence
from aligner.span import Lang, Span

Group = tuple[tuple[Sentence, ...], tuple[Sentence, ...]]  # Chinese and English sentences


@dataclass(slots=True)
class Mint:
    """Numbers that were never given before."""

    link: int
    sentence: int
    key: int

    def new_link(self) -> int:
        """Return the id of a new link."""
        self.link += 1
        return self.link

    def new_sentence(self) -> int:
        """Return the id of a new sentence."""
        self.sentence += 1
        return self.sentence

    def new_key(self) -> int:
        """Return the key of a new version of a sentence."""
        self.key += 1
        return self.key


def regroup(
    kind: str,
    links: Sequence[ReviewLink],
    touched: Iterable[int],
    groups: Sequence[Group],
    mint: Mint,
    status: LinkStatus = "made",
) -> Change:
    """Return the change after which `groups` are links.

    Args:
        kind: The action's name.
        links: Of the whole document, in reading order.
        touched: Places in `links` of all links that hold a sentence of a group.
        groups: Sentences that are to be one link each; without a partner, one sentence each.
        mint: Gives new ids.
        status: Of the new links. A group that is a link already gets it too.

    Raises:
        ReviewError: The groups would cross, or leave out sentences between theirs.
    """
    places = sorted(set(touched))
    if not places:
        raise ReviewError("nothing to change", hint="name links or sentences of this document")
    first, last = places[0], places[-1]
    old = tuple(links[first : last + 1])
    taken = {s.key for group in groups for side in group for s in side}
    wanted = [(group, status) for whole in groups for group in single_nulls(whole)]
    for link in old:
        wanted += _rests(link, taken)
    order = in_reading_order(wanted, old)
    after = with_ids(old, order, mint)
    return Change(kind, (Hunk(first, old, after),))


def single_nulls(group: Group) -> Iterator[Group]:
    """Yield a group; one without partner sentence by sentence."""
    src, tgt = group
    if src and tgt:
        yield group
    else:
        yield from (((s,), ()) for s in src)
        yield from (((), (t,)) for t in tgt)


def _rests(link: ReviewLink, taken: set[int]) -> list[tuple[Group, LinkStatus]]:
    """Return what is left of a link; the link itself if nothing of it was taken."""
    src = tuple(s for s in link.src if s.key not in taken)
    tgt = tuple(s for s in link.tgt if s.key not in taken)
    whole = (len(src), len(tgt)) == (len(link.src), len(link.tgt))
    status: LinkStatus = link.status if whole else "auto"
    return [(group, status) for group in single_nulls((src, tgt))]


def in_reading_order(
    groups: Sequence[tuple[Group, LinkStatus]], old: Sequence[ReviewLink]
) -> list[tuple[Group, LinkStatus]]:
    """Return groups in the order in which both sides read them.

    Raises:
        ReviewError: There is none, or a group is no run of sentences.
    """
    waiting = [[s.key for s in side] for side in _sides(old)]
    owner = {s.key: n for n, (group, _) in enumerate(groups) for side in group for s in side}
    size = sum(len(side) for group, _ in groups for side in group)
    if not len(owner) == size == sum(map(len, waiting)):
        raise ReviewError("a sentence is in two groups", hint="name each sentence once")
    queues = [list(reversed([owner[key] for key in keys])) for keys in waiting]
    order: list[tuple[Group, LinkStatus]] = []
    while queues[0] or queues[1]:
        number = _next(queues, groups)
        for side, queue in zip(groups[number][0], queues, strict=True):
            if queue[len(queue) - len(side) :] != [number] * len(side):
                raise ReviewError(
                    "a link would hold sentences that do not follow each other",
                    hint="move the sentences between them first",
                )
            del queue[len(queue) - len(side) :]
        order.append(groups[number])
    return order


def _next(queues: list[list[int]], groups: Sequence[tuple[Group, LinkStatus]]) -> int:
    """Return the group that comes next: one that has all its sides in front."""
    for mine, queue in enumerate(queues):
        if queue:
            number = queue[-1]
            other = queues[1 - mine]
            if not groups[number][0][1 - mine] or (other and other[-1] == number):
                return number
    raise ReviewError(
        "links would cross", hint="take apart what stands between, or join all of it to one link"
    )


def _sides(links: Sequence[ReviewLink]) -> list[list[Sentence]]:
    return [[s for link in links for s in link.src], [s for link in links for s in link.tgt]]


def with_ids(
    old: Sequence[ReviewLink],
    order: Sequence[tuple[Group, LinkStatus]],
    mint: Mint,
    p: Sequence[float] | None = None,
) -> tuple[ReviewLink, ...]:
    """Return groups as links; each keeps id, bookmark and note of the one it has most of.

    Args:
        old: The links that they come from.
        order: The groups in reading order.
        mint: Gives new ids.
        p: Of each group, if it is known.
    """
    owner = {s.key: link for link in old for s in link.sentences}
    by_id = {link.id: link for link in old}
    links: list[ReviewLink] = []
    used: set[int] = set()
    for n, (group, status) in enumerate(order):
        counts: dict[int, int] = {}
        for s in (*group[0], *group[1]):
            counts[owner[s.key].id] = counts.get(owner[s.key].id, 0) + 1
        free = [number for number in counts if number not in used]
        number = max(free, key=lambda n: counts[n]) if free else mint.new_link()
        parents = [by_id[one] for one in counts]
        used.add(number)
        links.append(_link(number, group, status, parents))
        if p is not None:
            links[-1] = replace(links[-1], p=p[n])
    kept = {link.id for link in links}
    return tuple(_with_lost_notes(links, [link for link in old if link.id not in kept]))


def _link(
    number: int, group: Group, status: LinkStatus, parents: Sequence[ReviewLink]
) -> ReviewLink:
    own = next((link for link in parents if link.id == number), None)
    same = own is not None and (own.src, own.tgt) == group
    p = own.p if own and same else None
    return ReviewLink(
        number,
        *group,
        1.0 if status != "auto" else p,
        status,
        own.bookmark if own else False,
        own.note if own else "",
    )


def _with_lost_notes(links: list[ReviewLink], gone: Sequence[ReviewLink]) -> Iterator[ReviewLink]:
    """Yield links with notes and bookmarks of links that are no more."""
    extra: dict[int, ReviewLink] = {}
    holder = {s.key: n for n, link in enumerate(links) for s in link.sentences}
    for link in gone:
        at = holder[link.sentences[0].key]
        base = extra.get(at, links[at])
        notes = "\n".join(filter(None, (base.note, link.note)))
        extra[at] = replace(base, note=notes, bookmark=base.bookmark or link.bookmark)
    for n, link in enumerate(links):
        yield extra.get(n, link)


def with_links(
    kind: str,
    links: Sequence[ReviewLink],
    places: Iterable[int],
    change: Callable[[ReviewLink], ReviewLink],
) -> Change:
    """Return the change that does something to each of some links."""
    hunks = [
        Hunk(at, (links[at],), (new,))
        for at in sorted(set(places))
        if (new := change(links[at])) != links[at]
    ]
    return Change(kind, tuple(hunks))


def split_sentence(
    links: Sequence[ReviewLink], place: int, sentence: Sentence, at: int, document: str, mint: Mint
) -> Change:
    """Return the change that cuts a sentence in two before character `at` of its text.

    The first part keeps the id. Both stay in the link of the sentence.

    Args:
        links: Of the whole document.
        place: Of the sentence's link.
        sentence: Which is cut.
        at: Offset in its text.
        document: The text that its span is of.
        mint: Gives new ids.

    Raises:
        ReviewError: One of the parts would be empty.
    """
    head, tail = sentence.text[:at].rstrip(), sentence.text[at:].lstrip()
    if not head or not tail:
        raise ReviewError(
            "one part of the sentence would be empty",
            hint=f"cut it at a place between 1 and {len(sentence.text) - 1}",
        )
    raw = document[slice(*sentence.span)]
    border = place_in(raw, sentence.text, len(sentence.text) - len(tail))
    end = len(raw[:border].rstrip()) or border
    start = sentence.span.start
    skipped = len(sentence.text) - len(tail)
    parts = (
        replace(
            sentence,
            key=mint.new_key(),
            text=head,
            span=Span(start, start + end),
            soft=tuple(k for k in sentence.soft if k < len(head)),
        ),
        replace(
            sentence,
            key=mint.new_key(),
            id=mint.new_sentence(),
            text=tail,
            span=Span(start + border, sentence.span.stop),
            soft=tuple(k - skipped for k in sentence.soft if k > skipped),
        ),
    )
    return _exchanged("split sentence", links, place, (sentence,), parts, mint)


def place_in(raw: str, text: str, at: int) -> int:
    """Return the offset in `raw` of the character at `at` in `text`, which was made from it.

    Line ends are joined in `text`, and a person may have corrected it.

    >>> place_in("He came\\n  home. She left.", "He came home. She left.", 14)
    16
    """
    for block in SequenceMatcher(None, raw, text, autojunk=False).get_matching_blocks():
        if block.size and at < block.b + block.size:
            return block.a + max(0, at - block.b)
    return len(raw)


def join_sentences(
    links: Sequence[ReviewLink],
    places: tuple[int, int],
    pair: tuple[Sentence, Sentence],
    mint: Mint,
) -> Change:
    """Return the change that makes one sentence of two neighbours; it keeps the first's id.

    Where they are in two links, these become one.
    """
    first, second = pair
    joiner = gap(first.text, second.text, zh.JOINER if first.side == "zh" else en.JOINER)
    shift = len(first.text) + len(joiner)
    whole = replace(
        first,
        key=mint.new_key(),
        text=first.text + joiner + second.text,
        span=Span(first.span.start, second.span.stop),
        soft=first.soft + tuple(k + shift for k in second.soft),
    )
    if places[0] == places[1]:
        return _exchanged("join sentences", links, places[0], pair, (whole,), mint)
    both = links[places[0]], links[places[1]]
    group: Group = both[0].src + both[1].src, both[0].tgt + both[1].tgt
    hunk = regroup("join sentences", links, places, [group], mint).hunks[0]
    after = list(hunk.after)
    at = next(n for n, link in enumerate(after) if first in link.sentences)
    if second in after[at].sentences:
        after[at] = _with_sentences(after[at], pair, (whole,))
    else:  # two sentences without partner stay without
        after[at] = replace(after[at], **{_name(first.side): (whole,)})
        after = [link for link in after if second not in link.sentences]
    return Change("join sentences", (hunk._replace(after=tuple(after)),), new=(whole,))


def correct(
    links: Sequence[ReviewLink], place: int, sentence: Sentence, text: str, mint: Mint
) -> Change:
    """Return the change that gives a sentence another text; its span stays.

    Raises:
        ReviewError: The text is empty.
    """
    text = " ".join(text.split())
    if not text:
        raise ReviewError(
            "a sentence cannot be empty", hint="join it with its neighbour, or leave it unlinked"
        )
    if text == sentence.text:
        return Change("correct")
    new = replace(sentence, key=mint.new_key(), text=text, soft=())
    return _exchanged("correct", links, place, (sentence,), (new,), mint)


def _exchanged(
    kind: str,
    links: Sequence[ReviewLink],
    place: int,
    old: Sequence[Sentence],
    new: tuple[Sentence, ...],
    mint: Mint,
) -> Change:
    link = _with_sentences(links[place], old, new)
    singles = list(single_nulls((link.src, link.tgt)))
    first = replace(link, src=singles[0][0], tgt=singles[0][1])
    others = (ReviewLink(mint.new_link(), *group, link.p, link.status) for group in singles[1:])
    return Change(kind, (Hunk(place, (links[place],), (first, *others)),), new=new)


def _with_sentences(
    link: ReviewLink, old: Sequence[Sentence], new: tuple[Sentence, ...]
) -> ReviewLink:
    """Return a link in which some neighbouring sentences gave way to others."""
    side = _name(old[0].side)
    sentences: tuple[Sentence, ...] = getattr(link, side)
    at = sentences.index(old[0])
    changed = (*sentences[:at], *new, *sentences[at + len(old) :])
    return replace(link, **{side: changed}, p=link.p if link.held else None)


def _name(side: Lang) -> str:
    return "src" if side == "zh" else "tgt"
