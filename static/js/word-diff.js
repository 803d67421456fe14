/* Two texts as runs of [word, whether only this side has it]. Texts that are too long for a table of all pairs are marked as a whole. */
"use strict";
function wordDiff(one, other) {
  const cut = (text) => text.match(/\s+|[^\s]+/g) ?? [];
  const [a, b] = [cut(one), cut(other)];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [m, n] = [a.length - start - end, b.length - start - end];
  const isLong = m * n > 4e6;
  const longest = isLong ? null : Array.from({ length: m + 1 }, () => new Uint16Array(n + 1));
  for (let i = m - 1; !isLong && i >= 0; i--) {
    for (let j = n - 1; j >= 0; j--) {
      const alike = a[start + i] === b[start + j];
      longest[i][j] = alike ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const [left, right] = [a.slice(0, start).map((word) => [word, false]), b.slice(0, start).map((word) => [word, false])];
  let [i, j] = [0, 0];
  while (i < m || j < n) {
    const [x, y] = [a[start + i], b[start + j]];
    if (!isLong && i < m && j < n && x === y) {
      left.push([x, false]);
      right.push([y, false]);
      [i, j] = [i + 1, j + 1];
    } else if (j >= n || (i < m && (isLong || longest[i + 1][j] >= longest[i][j + 1]))) left.push([x, Boolean(++i)]);
    else right.push([y, Boolean(++j)]);
  }
  const tail = a.slice(a.length - end).map((word) => [word, false]);
  return [[...left, ...tail], [...right, ...tail]];
}
