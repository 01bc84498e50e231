/** Rates how well text answers what was typed: every word must be in it; the start of a word counts more. 0 is no. */
export function rate(text: string, typed: string): number {
  const inText = fold(text)
  let total = 1
  for (const word of fold(typed).split(/\s+/).filter(Boolean)) {
    const at = inText.indexOf(word)
    if (at < 0) return 0
    const starts = at === 0 || new RegExp(`[^a-z0-9]${escape(word)}`).test(inText)
    total += (starts ? 3 : 1) + (at === 0 ? 1 : 0)
  }
  return total
}

/** The items whose text answers what was typed, best first; all of them, in order, when nothing was. */
export function find<T>(items: readonly T[], typed: string, text: (item: T) => string): T[] {
  if (typed.trim() === '') return [...items]
  return items
    .map((item, index) => ({ item, index, score: rate(text(item), typed) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((found) => found.item)
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
