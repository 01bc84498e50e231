import type { DraftView, OverlapView } from '../../backend'
import { tenths, worked } from '../../format/duration'

/** One reading of the time in which a meeting and other work overlap. */
export interface Reading {
  key: '1' | '2'
  /** In plain words: "The letter took 12 min of it". */
  says: string
  /** What each then bills: "call 0.8", "letter nothing". */
  bills: { name: string; hours: string }[]
}

/** Whether a draft waits for the person to say how a meeting was spent, and for nothing that comes before that. */
export function doubtful(draft: DraftView | undefined): boolean {
  return draft?.overlap !== undefined && draft.matter !== ''
}

/**
 * Whether the readings are shown at this draft: at the selected one of those that they are about, else at the meeting's.
 * They are shown once, and where the person is.
 */
export function bears(draft: DraftView, selected: DraftView | undefined): boolean {
  if (!doubtful(draft)) return false
  const near = doubtful(selected) && selected?.overlap?.meeting === draft.overlap?.meeting
  return draft.id === (near ? selected?.id : draft.overlap?.meeting)
}

/** Both readings, as seen first. */
export function readings(overlap: OverlapView): [Reading, Reading] {
  const meeting = meetingWord(overlap.narrative)
  const names = tell(overlap.work.map((w) => workWord(w.narrative)))
  const bills = (of: 'worked_minutes' | 'attended_minutes') => [
    { name: meeting, hours: hours(overlap[of]) },
    ...overlap.work.map((w, i) => ({ name: names[i] ?? OTHER, hours: hours(w[of]) })),
  ]
  const other = overlap.work.length === 1 ? (names[0] ?? OTHER) : OTHER
  return [
    { key: '1', says: `The ${other} took ${worked(overlap.seconds)} of it`, bills: bills('worked_minutes') },
    { key: '2', says: `You were ${AT[meeting] ?? 'in'} the ${meeting} all along`, bills: bills('attended_minutes') },
  ]
}

/** What a draft says beside the one that shows the readings. */
export function inShort(draft: DraftView, overlap: OverlapView): string {
  if (draft.id === overlap.meeting) return `${worked(overlap.seconds)} of other work within it`
  const own = overlap.work.find((w) => w.draft === draft.id)
  return `${worked(own?.seconds ?? overlap.seconds)} of it within the ${meetingWord(overlap.narrative)}`
}

const OTHER = 'other work'
const AT: Record<string, string> = { call: 'on', deposition: 'at', hearing: 'at', mediation: 'at' }
const MEETINGS: [RegExp, string][] = [
  [/\b(telephone|phone|call|video)\b/i, 'call'],
  [/\bdeposition\b/i, 'deposition'],
  [/\bhearing\b/i, 'hearing'],
  [/\bmediation\b/i, 'mediation'],
]
const WORKS =
  /\b(motion|brief|letter|correspondence|e-mail|memorandum|memo|agreement|lease|contract|complaint|answer|response|notes|log|outline|statement|decree|declaration|order|petition|research)\b/i

function meetingWord(narrative: string): string {
  return MEETINGS.find(([pattern]) => pattern.test(narrative))?.[1] ?? 'meeting'
}

function workWord(narrative: string): string {
  return WORKS.exec(narrative)?.[1]?.toLowerCase() ?? OTHER
}

/** Names that are told apart: a second letter is "letter 2". */
function tell(names: string[]): string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length
    return before > 0 ? `${name} ${before + 1}` : name
  })
}

function hours(minutes: number): string {
  return minutes > 0 ? tenths(minutes) : 'nothing'
}
