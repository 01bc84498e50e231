import type { DraftView } from '../../backend'
import { shortDay } from '../../format/time'
import { doubtful } from './overlap'

/** A key that gives a draft what it wants, and what it does in words. */
export interface Answer {
  key: string
  words: string
  /** The words are the name of a matter, which may be long. */
  name?: boolean
}

// What else than accepting answers a question, by what it is about.
const OTHERWISE: Record<string, Answer> = {
  time: { key: 'h', words: 'type its time' },
  words: { key: 'e', words: 'write it' },
  work: { key: 'x', words: 'not work' },
}

/** Whether a draft lacks nothing but an answer to what it asks, which accepting it gives. */
export function asksOnly(draft: DraftView): boolean {
  return (
    draft.asks.length > 0 &&
    draft.matter !== '' &&
    draft.billed_minutes > 0 &&
    draft.narrative !== '' &&
    !doubtful(draft)
  )
}

/** The keys that give a draft what it wants first: a matter, time, words, or an answer. */
export function answers(draft: DraftView): Answer[] {
  if (draft.state !== 'drafted' || !draft.needs || doubtful(draft)) return [] // the readings of a meeting have their own keys
  if (!draft.matter) {
    const likely = draft.candidates.slice(0, 3)
    return [
      ...likely.map((c, i): Answer => ({ key: String(i + 1), words: c.name || c.matter, name: true })),
      { key: 'm', words: likely.length > 0 ? 'another' : 'choose its matter' },
    ]
  }
  if (draft.billed_minutes <= 0) return [{ key: 'h', words: 'type its time' }]
  if (!draft.narrative) return [{ key: 'e', words: 'write it' }]
  if (!asksOnly(draft)) return [{ key: 'm', words: 'choose another matter' }] // its matter takes no time
  const others = draft.asks.flatMap((ask) => OTHERWISE[ask.about] ?? [])
  const right: Answer = { key: 'Enter', words: 'it is right' }
  if (!draft.asked_day) return [right, ...new Set(others)]
  if (others.length === 0) right.words = 'no, this day'
  return [{ key: 'd', words: `it was ${shortDay(draft.asked_day)}` }, right, ...new Set(others)]
}
