"""The compiled inner loops of the default encoder.

All are linear in the number of tokens and release the interpreter's lock, so that
threads work side by side. No sum may be reordered, so that every processor gives the
same bits (see `aligner.encode.exact`). Units: float32 features, as in
`aligner.encode.use`.
"""

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled
from aligner.encode._exact_loops import LANES, squares_of, total_of


def hidden_layer(token, place, count, reach, inputs, bias):
    """Return the first convolution with its shortcut, for all three orders.

    Args:
        token: For each row its known token, or 0 for an empty row. Shape (rows,).
        place: For each row its place in the result, 0 for an empty row. Shape (rows,).
        count: How many places there are.
        reach: What a token adds to a row at each of the ten offsets (2 + 3 + 5).
            Shape (10, tokens, 256), the first row zero.
        inputs: The shortcut. Shape (tokens, 768).
        bias: Shape (3, 256).

    Returns:
        Shape (3, count, 256); the first row is zero.
    """
    hidden = np.zeros((3, count, reach.shape[2]), dtype=np.float32)
    _fill_hidden(token, place, reach, inputs, bias, hidden)
    return hidden


@compiled(error_model="numpy")
def _fill_hidden(token, place, reach, inputs, bias, hidden):
    """Fill the layer, which is zero before."""
    width = reach.shape[2]
    for t in range(len(token)):
        if token[t] == 0:
            continue
        offset = 0
        for c in range(3):
            order = 2 if c == 0 else (3 if c == 1 else 5)
            left = c
            total = hidden[c, place[t]]
            for d in range(width):
                total[d] = bias[c, d]
            for k in range(order):
                added = reach[offset + k, token[t + k - left]]
                for d in range(width):
                    total[d] += added[d]
            offset += order
            shortcut = inputs[token[t], c * width : (c + 1) * width]
            for d in range(width):
                total[d] = max(total[d], np.float32(0.0)) + shortcut[d]


@compiled(error_model="numpy")
def fill_features(feature, lanes, t, place, embedded, hidden, second, worth, columns, bias, eps):
    """Write the normalised features of one token.

    Args:
        feature: Filled. Shape (1280,).
        lanes: Overwritten. Shape (64,).
        t: The token's row.
        place: For each row its place in what follows, 0 for an empty row. Shape (rows,).
        embedded: Its embedding. Shape (512,).
        hidden: First convolution. Shape (3, places, 256).
        second: What each place adds to the second convolution of its neighbours, as whole
            numbers, by offset: three arrays of shape (places, offsets * 256).
        worth: What a whole number is worth in each place. Shape (3, places).
        columns: The same in each column: three arrays of shape (offsets * 256,).
        bias: Shape (3, 256).
        eps: Added to the variance.
    """
    total, width, base = len(feature), hidden.shape[2], len(embedded)
    for d in range(base):
        feature[d] = embedded[d]
    for c in range(3):
        out = feature[base + c * width : base + (c + 1) * width]
        for d in range(width):
            out[d] = bias[c, d]
        order = 2 if c == 0 else (3 if c == 1 else 5)
        for k in range(order):
            at = place[t + k - c]
            by = worth[c, at]
            added = second[c][at, k * width : (k + 1) * width]
            column = columns[c][k * width : (k + 1) * width]
            for d in range(width):
                out[d] += added[d] * (by * column[d])
        shortcut = hidden[c, place[t]]
        for d in range(width):
            out[d] = max(out[d], np.float32(0.0)) + shortcut[d]
    size = np.float32(total)
    mean = total_of(feature, lanes) / size
    gain = np.float32(1.0) / np.sqrt(squares_of(feature, mean, lanes) / size + eps)
    for d in range(total):
        feature[d] = (feature[d] - mean) * gain


@compiled(error_model="numpy")
def add_to(total, row):
    """Add a row to another, number by number: `+=` of whole rows takes long to compile."""
    for d in range(len(row)):
        total[d] += row[d]


def sum_features(
    token, place, begin, lengths, heads, tails, embedded, hidden, second, worth, columns, bias, eps
):
    """Normalise each token's features and sum them over parts of its sentence.

    Args:
        token: For each row its known token. Shape (rows,).
        place: As in `fill_features`.
        begin: Row of each sentence's begin mark. Shape (n,).
        lengths: Tokens of each sentence. Shape (n,).
        heads: Tokens of its first clause, 0 for none. Shape (n,).
        tails: Tokens of its last clause, 0 for none. Shape (n,).
        embedded: Shape (tokens, 512).
        hidden: First convolution. Shape (3, places, 256).
        second: As in `fill_features`.
        worth: The same.
        columns: The same.
        bias: The same.
        eps: The same.

    Returns:
        Sums over the begin mark, the tokens, the end mark, the first and the last
        clause. Shape (5, n, 1280).
    """
    total = embedded.shape[1] + 3 * hidden.shape[2]
    sums = np.zeros((5, len(lengths), total), dtype=np.float32)
    feature, lanes = np.empty(total, dtype=np.float32), np.empty(LANES, dtype=np.float32)
    _add_features(
        token, place, begin, lengths, heads, tails, embedded, hidden, second, worth, columns,
        bias, eps, feature, lanes, sums,
    )  # fmt: skip
    return sums


@compiled(error_model="numpy")
def _add_features(
    token, place, begin, lengths, heads, tails, embedded, hidden, second, worth, columns, bias,
    eps, feature, lanes, sums,
):  # fmt: skip
    """Add up what `sum_features` returns. `feature` and `lanes` are overwritten."""
    for i in range(len(lengths)):
        size = lengths[i]
        for k in range(size + 2):
            t = begin[i] + k
            own = embedded[token[t]]
            fill_features(feature, lanes, t, place, own, hidden, second, worth, columns, bias, eps)
            part = 0 if k == 0 else (2 if k == size + 1 else 1)
            add_to(sums[part, i], feature)
            if part == 1:
                if k <= heads[i]:
                    add_to(sums[3, i], feature)
                if k > size - tails[i]:
                    add_to(sums[4, i], feature)


def token_features(token, place, embedded, hidden, second, worth, columns, bias, eps, most, magic):
    """Return each token's normalised features as whole numbers, the empty rows left out.

    Args:
        token: For each row its known token, or 0 for an empty row. Shape (rows,).
        place: As in `fill_features`.
        embedded: Shape (tokens, 512).
        hidden: First convolution. Shape (3, places, 256).
        second: As in `fill_features`.
        worth: The same.
        columns: The same.
        bias: The same.
        eps: The same.
        most: Length of a row of whole numbers, float64.
        magic: What rounds to whole numbers, see `exact_rows.whole_rows`.

    Returns:
        Whole numbers, float64, shape (rows that are not empty, 1280); and what one of them is
        worth in each row.
    """
    total, count = embedded.shape[1] + 3 * hidden.shape[2], hidden.shape[1] - 1
    whole, scale = np.empty((count, total), dtype=np.float64), np.empty(count, dtype=np.float64)
    feature, lanes = np.empty(total, dtype=np.float32), np.empty(LANES, dtype=np.float32)
    _round_features(
        token, place, embedded, hidden, second, worth, columns, bias, eps, most, magic, feature,
        lanes, whole, scale,
    )  # fmt: skip
    return whole, scale


@compiled(error_model="numpy")
def _round_features(
    token, place, embedded, hidden, second, worth, columns, bias, eps, most, magic, feature,
    lanes, whole, scale,
):  # fmt: skip
    """Fill what `token_features` returns. `feature` and `lanes` are overwritten."""
    at, total = 0, len(feature)
    for t in range(len(token)):
        if token[t] == 0:
            continue
        own = embedded[token[t]]
        fill_features(feature, lanes, t, place, own, hidden, second, worth, columns, bias, eps)
        length = np.float64(np.sqrt(squares_of(feature, np.float32(0.0), lanes)))
        scale[at] = length / most
        gain = most / length if length > np.float64(1e-30) else 0.0
        for d in range(total):
            whole[at, d] = (feature[d] * gain + magic) - magic
        at += 1


@compiled(error_model="numpy")
def running_sums(product, by, columns, bias, lengths, sums, marks):
    """Add up the tokens of each sentence from left to right.

    Args:
        product: Projected features of whole numbers, float64: of each sentence the begin mark,
            its tokens and the end mark. Shape (tokens + 2 * sentences, 512).
        by: What one is worth in each row. Shape (tokens + 2 * sentences,).
        columns: The same in each column. Shape (512,).
        bias: Added to each row. Shape (512,).
        lengths: Tokens of each sentence. Shape (n,).
        sums: Filled with the sums before each token and behind the last one. Shape
            (tokens + sentences, 512).
        marks: Filled with the sum of the two marks. Shape (n, 512).
    """
    width = product.shape[1]
    row, at = 0, 0
    for i in range(len(lengths)):
        last = row + lengths[i] + 1
        for d in range(width):
            begin = np.float32(product[row, d] * (by[row] * columns[d]))
            end = np.float32(product[last, d] * (by[last] * columns[d]))
            marks[i, d] = (begin + bias[d]) + (end + bias[d])
            sums[at, d] = np.float32(0.0)
        for k in range(lengths[i]):
            one, worth = product[row + 1 + k], by[row + 1 + k]
            before, behind = sums[at + k], sums[at + k + 1]
            for d in range(width):
                behind[d] = before[d] + (np.float32(one[d] * (worth * columns[d])) + bias[d])
        row += lengths[i] + 2
        at += lengths[i] + 1


def stretch_sums(sums, marks, first, owner, begin, end, rest):
    """Return the sums over stretches of sentences, with the marks.

    Args:
        sums: See `running_sums`.
        marks: The same.
        first: The row of each sentence in `sums`. Shape (sentences + 1,).
        owner: The sentence of each stretch. Shape (n,).
        begin: Its first token; a fraction is a share of one. Shape (n,).
        end: The token behind its last one.
        rest: Whether the sums are over the sentences without the stretches.

    Returns:
        Shape (n, 512).
    """
    out = np.empty((len(owner), sums.shape[1]), dtype=np.float32)
    _sum_stretches(sums, marks, first, owner, begin, end, rest, out)
    return out


@compiled(error_model="numpy")
def _sum_stretches(sums, marks, first, owner, begin, end, rest, out):
    """Fill what `stretch_sums` returns."""
    width = sums.shape[1]
    for i in range(len(owner)):
        row, total = first[owner[i]], out[i]
        mark, whole = marks[owner[i]], sums[first[owner[i] + 1] - 1]
        low, high = np.int64(np.floor(begin[i])), np.int64(np.ceil(begin[i]))
        left, left_next = sums[row + low], sums[row + high]
        left_share = begin[i] - np.float32(low)
        low, high = np.int64(np.floor(end[i])), np.int64(np.ceil(end[i]))
        right, right_next = sums[row + low], sums[row + high]
        right_share = end[i] - np.float32(low)
        for d in range(width):
            inside = (right[d] + (right_next[d] - right[d]) * right_share) - (
                left[d] + (left_next[d] - left[d]) * left_share
            )
            total[d] = (whole[d] - inside if rest else inside) + mark[d]
