import type { DraftView } from '../../backend'
import { INCREMENT } from '../../format/duration'
import type { Day } from './day.svelte'
import type { Row } from './rows'

/** One part of a draft that is being split. */
export interface Part {
  minutes: number
  narrative: string
  matter: string // number
}

/** Whether there are minutes enough for two parts of an increment each. */
export function splittable(minutes: number): boolean {
  return minutes >= 2 * INCREMENT
}

/** The two parts to begin with: half of the time each, in whole increments, and what the narrative says before and after a semicolon. */
export function halves(draft: DraftView): Part[] {
  const [first, ...rest] = draft.narrative.split(/;\s+/)
  const half = Math.max(INCREMENT, Math.floor(draft.billed_minutes / 2 / INCREMENT) * INCREMENT)
  const both = rest.length > 0 ? [first ?? '', capital(rest.join('; '))] : [draft.narrative, draft.narrative]
  return [draft.billed_minutes - half, half].map((minutes, i) => ({
    minutes,
    narrative: both[i] ?? '',
    matter: draft.matter,
  }))
}

/** Gives a part one increment more or less; the next part, for the last the one before, gives or takes it. Unchanged when it would leave less than an increment. */
export function shift(parts: readonly Part[], at: number, direction: 1 | -1): readonly Part[] {
  const other = at + 1 < parts.length ? at + 1 : at - 1
  const by = (i: number) => (i === at ? direction : i === other ? -direction : 0) * INCREMENT
  const moved = parts.map((part, i) => ({ ...part, minutes: part.minutes + by(i) }))
  return moved[other] && [at, other].every((i) => (moved[i]?.minutes ?? 0) >= INCREMENT) ? moved : parts
}

/** One part more, taken from the longest; the same when none has two increments. */
export function added(parts: readonly Part[]): readonly Part[] {
  const most = Math.max(...parts.map((part) => part.minutes))
  const at = parts.findIndex((part) => part.minutes === most)
  const from = parts[at]
  if (!from || !splittable(most)) return parts
  const half = Math.max(INCREMENT, Math.floor(most / 2 / INCREMENT) * INCREMENT)
  const next = parts.map((part, i) => (i === at ? { ...part, minutes: most - half } : part))
  return [...next, { ...from, minutes: half }]
}

/** One part less; its time goes to the one before it, of the first to the one after. Two are the fewest. */
export function removed(parts: readonly Part[], at: number): readonly Part[] {
  const gone = parts[at]
  if (!gone || parts.length <= 2) return parts
  const heir = at === 0 ? 1 : at - 1
  return parts
    .map((part, i) => (i === heir ? { ...part, minutes: part.minutes + gone.minutes } : part))
    .filter((_, i) => i !== at)
}

/** The other drafts that may be merged with this one: those of its matter, the one below it first. */
export function mergeable(rows: readonly Row[], draft: DraftView | undefined): DraftView[] {
  if (!draft) return []
  const at = rows.findIndex((row) => row.id === draft.id)
  return [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))].flatMap(({ draft: other }) =>
    other?.state === 'drafted' && other.matter === draft.matter ? [other] : [],
  )
}

/** Splits a draft. Rejects, with words for the person, when it cannot be. */
export async function split(day: Day, draft: DraftView, parts: readonly Part[]): Promise<void> {
  const here = day.reading.journey
  await day.backend.Split(
    draft.id,
    parts.map((part) => part.minutes),
    parts.map((part) => part.narrative.trim()),
    parts.map((part) => (part.matter === draft.matter ? '' : part.matter)),
  )
  if (day.splitting === draft.id) day.splitting = ''
  await goTo(day, draft.id, here)
  day.toasts.done(`Split into ${parts.length}. U takes it back.`)
}

/** Merges drafts into the first of them. Rejects like split. */
export async function merge(day: Day, ids: readonly string[]): Promise<void> {
  const here = day.reading.journey
  const first = ids[0] ?? ''
  await day.backend.Merge([...ids])
  if (day.merging === first) day.merging = ''
  await goTo(day, first, here)
  day.toasts.done(`${ids.length} drafts are one. U takes it back.`)
}

/** Selects a draft once the day was read again, if nobody went to another day since that journey. */
async function goTo(day: Day, id: string, journey: number): Promise<void> {
  if (!(await day.again(journey))) return
  day.select(id)
  day.revealed++
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
