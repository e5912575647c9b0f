"""What a person can do to a document under review.

An action is acknowledged by returning; by then it is on the disk (see `record`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aligner.errors import ReviewError
from aligner.messages import _
from aligner.review import sentence_edits
from aligner.review.edits import Group, regroup, with_links
from aligner.review.record import GONE, ReviewRecord, one_at_a_time
from aligner.review.values import (
    FindingVerdict,
    Hunk,
    LinkStatus,
    ReviewChange,
    ReviewLink,
    Sentence,
    Settled,
)
from aligner.span import Lang


class Session(ReviewRecord):
    """A review of one document pair: its record with the actions on it."""

    @one_at_a_time
    def join(self, links: Sequence[int]) -> ReviewChange:
        """Make one link of several; what stands between them stays what it is."""
        places = [self.place(link) for link in links]
        parts = [self.links[place] for place in sorted(places)]
        group = (tuple(s for p in parts for s in p.src), tuple(s for p in parts for s in p.tgt))
        return self.do(regroup("join", self.links, places, [group], self.mint))

    @one_at_a_time
    def split(self, link: int, n_src: int, n_tgt: int) -> ReviewChange:
        """Cut a link in two; the first part gets so many sentences of each side.

        Raises:
            ReviewError: One part would be empty.
        """
        place = self.place(link)
        one = self.links[place]
        head, tail = (one.src[:n_src], one.tgt[:n_tgt]), (one.src[n_src:], one.tgt[n_tgt:])
        if min(n_src, n_tgt) < 0 or not any(head) or not any(tail):
            raise ReviewError(
                _("one part of the link would be empty"),
                hint=_("give each part a sentence of one side at least"),
            )
        return self.do(regroup("split", self.links, [place], [head, tail], self.mint))

    @one_at_a_time
    def shift(self, sentence: int, *, up: bool) -> ReviewChange:
        """Move a sentence to the link before or behind its own, with those on its way.

        Sentences of its side without partner that stand between come along.

        Raises:
            ReviewError: There is no link on that side.
        """
        place, one = self.find(sentence)
        other_side: Lang = "en" if one.side == "zh" else "zh"
        step = -1 if up else 1
        other = place + step
        while 0 <= other < len(self.links) and not self.links[other].side(other_side):
            other += step
        if not 0 <= other < len(self.links):
            raise ReviewError(
                _("there is no link to move the sentence to"),
                hint=_("mark it as without partner instead"),
            )
        between = range(min(place, other), max(place, other) + 1)
        here, there = self.links[place], self.links[other]
        passed = [s for k in between[1:-1] for s in self.links[k].side(one.side)]
        mine = here.side(one.side)
        at = mine.index(one)
        moved, kept = (mine[: at + 1], mine[at + 1 :]) if up else (mine[at:], mine[:at])
        got = there.side(one.side)
        got = (*got, *passed, *moved) if up else (*moved, *passed, *got)
        groups = [_group(there, one.side, got), _group(here, one.side, kept)]
        groups = [group for group in groups if any(group)]
        return self.do(regroup("move", self.links, between, groups, self.mint))

    @one_at_a_time
    def unlink(self, *, link: int | None = None, sentence: int | None = None) -> ReviewChange:
        """Mark all sentences of a link, or one sentence, as without partner.

        Raises:
            ReviewError: The sentence stands between others of its link.
        """
        if sentence is None:
            place = self.place(link if link is not None else -1)
            parts = [((s,), ()) if s.side == "zh" else ((), (s,))
                     for s in self.links[place].sentences]  # fmt: skip
            return self.do(regroup("unlink", self.links, [place], parts, self.mint))
        place, one = self.find(sentence)
        groups: list[Group] = [((one,), ()) if one.side == "zh" else ((), (one,))]
        here = self.links[place]
        rest = (tuple(s for s in here.src if s != one), tuple(s for s in here.tgt if s != one))
        if any(rest):
            groups.append(rest)
        return self.do(regroup("unlink", self.links, [place], groups, self.mint))

    @one_at_a_time
    def relink(
        self, groups: Sequence[tuple[Sequence[int], Sequence[int]]], *, status: LinkStatus
    ) -> ReviewChange:
        """Make links of groups of sentences, given by their ids: Chinese and English ones.

        Raises:
            ReviewError: They cross, or a group is no run of sentences.
        """
        wanted = {number for group in groups for side in group for number in side}
        found: dict[int, Sentence] = {}
        places = []
        for place, link in enumerate(self.links):
            here = {s.id: s for s in link.sentences if s.id in wanted}
            found |= here
            places += [place] if here else []
        if missing := wanted - found.keys():
            raise ReviewError(
                _("there is no sentence {missing} any more").format(missing=min(missing)),
                hint=_(GONE),
            )
        made = [(tuple(found[n] for n in a), tuple(found[n] for n in b)) for a, b in groups]
        if any(s.side != side for g in made for side, part in zip(("zh", "en"), g, strict=True)
               for s in part):  # fmt: skip
            raise ReviewError(
                _("a sentence is named on the wrong side"),
                hint=_("name Chinese sentences first, then English ones"),
            )
        return self.do(regroup("relink", self.links, places, made, self.mint, status))

    @one_at_a_time
    def split_sentence(self, sentence: int, at: int) -> ReviewChange:
        """Cut a sentence in two before a character of its text."""
        place, one = self.find(sentence)
        text = (self.src_doc if one.side == "zh" else self.tgt_doc).text
        return self.do(sentence_edits.split_sentence(self.links, place, one, at, text, self.mint))

    @one_at_a_time
    def join_sentences(self, sentence: int) -> ReviewChange:
        """Make one sentence of this one and the next of its side.

        Raises:
            ReviewError: It is the last one.
        """
        place, one = self.find(sentence)
        found = (
            (there, other)
            for there in range(place, len(self.links))
            for other in self.links[there].side(one.side)
            if there > place or other.span.start > one.span.start or other.key == one.key
        )
        next(found)  # the sentence itself
        there, other = next(found, (0, None))
        if other is None:
            raise ReviewError(
                _("it is the last sentence of its side"), hint=_("join the one before it")
            )
        return self.do(
            sentence_edits.join_sentences(self.links, (place, there), (one, other), self.mint)
        )

    @one_at_a_time
    def correct(self, sentence: int, text: str) -> ReviewChange:
        """Give a sentence another text."""
        place, one = self.find(sentence)
        return self.do(sentence_edits.correct(self.links, place, one, text, self.mint))

    @one_at_a_time
    def confirm(self, links: Iterable[int], *, on: bool = True) -> ReviewChange:
        """Confirm links, or take that back: they are then as decoded."""
        places = [self.place(link) for link in links]

        def change(link: ReviewLink) -> ReviewLink:
            if on:
                return replace(link, status="confirmed", p=1.0)
            return replace(link, status="auto", p=None) if link.held else link

        kind = "confirm" if on else "unconfirm"
        return self.do(with_links(kind, self.links, places, change))

    @one_at_a_time
    def confirm_stretch(self, first: int, last: int) -> ReviewChange:
        """Confirm all links from one to another."""
        a, b = sorted((self.place(first), self.place(last)))
        return self.confirm([link.id for link in self.links[a : b + 1]])

    @one_at_a_time
    def bookmark(self, link: int, *, on: bool = True) -> ReviewChange:
        """Set or take away a bookmark."""
        change = with_links(
            "bookmark", self.links, [self.place(link)], lambda one: replace(one, bookmark=on)
        )
        return self.do(change, realign=False)

    @one_at_a_time
    def note(self, link: int, text: str) -> ReviewChange:
        """Put a note on a link; an empty one takes it away."""
        change = with_links(
            "note", self.links, [self.place(link)], lambda one: replace(one, note=text.strip())
        )
        return self.do(change, realign=False)

    @one_at_a_time
    def settle(self, finding: str, verdict: FindingVerdict | None) -> ReviewChange:
        """Say what a finding is; None takes that back."""
        before = self.verdicts.get(finding)
        settled = None if before == verdict else Settled(finding, before, verdict)
        return self.do(ReviewChange("settle", settled=settled), realign=False)

    @one_at_a_time
    def realign_near(self, links: Iterable[int]) -> ReviewChange:
        """Decode again round some links; those that are no more are passed over."""
        if self.realign is None:
            raise ReviewError(_("realigning is not ready"), hint=_("wait a moment and try again"))
        places = sorted(place for link in links if (place := self.place_of(link)) is not None)
        touched = [Hunk(place, (), (self.links[place],)) for place in places]
        return self.do(
            ReviewChange("realign", tuple(self.realign(self.links, touched, self.mint))),
            realign=False,
        )

    @one_at_a_time
    def realign_all(self) -> ReviewChange:
        """Decode everything anew between the links that are held."""
        if self.realign is None:
            raise ReviewError(_("realigning is not ready"), hint=_("wait a moment and try again"))
        everything = Hunk(0, (), tuple(self.links))
        return self.do(
            ReviewChange("realign", tuple(self.realign(self.links, [everything], self.mint))),
            realign=False,
        )


def _group(link: ReviewLink, side: Lang, sentences: tuple[Sentence, ...]) -> Group:
    return (sentences, link.tgt) if side == "zh" else (link.src, sentences)
