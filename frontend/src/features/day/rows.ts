import type { CandidateView, DayView, DraftView, FoldedView, GapView, ObservationView, SpanView } from '../../backend'
import { foldedRows, inRow, withMessages } from './gathered'

/** Where a row stands: what wants a person, what is ready, what is behind, a message of another row, what is folded. */
export type Section = 'need' | 'gap' | 'ready' | 'done' | 'discarded' | 'message' | 'folded' | 'fold'

/** One line that can be selected in the drafts column. */
export interface Row {
  id: string
  section: Section
  draft?: DraftView
  gap?: GapView
  message?: ObservationView
  /** Folded mail of one sender. */
  fold?: FoldedView
  /** The id of the row that it is within. */
  of?: string
}

/** The row id of a gap; drafts have ids of their own. */
export function gapID(gap: GapView): string {
  return `gap:${gap.start}`
}

/** The rows of a day from top to bottom. Discarded drafts only when they are unfolded, messages in the rows that are open. */
export function rowsOf(view: DayView | null, unfolded: boolean, opened: ReadonlySet<string> = NONE): Row[] {
  if (!view) return []
  const row = (section: Section) => (draft: DraftView) => ({ id: draft.id, section, draft })
  const behind = view.done.filter((d) => d.state !== 'discarded').map(row('done'))
  const discarded = view.done.filter((d) => d.state === 'discarded').map(row('discarded'))
  return [
    ...view.needs.map(row('need')).flatMap((r) => withMessages(view, r, opened)),
    ...view.gaps.map((gap): Row => ({ id: gapID(gap), section: 'gap', gap })),
    ...view.ready.flatMap((group) => group.drafts.map(row('ready'))),
    ...behind,
    ...(unfolded ? discarded : []),
    ...foldedRows(view, opened),
  ]
}

const NONE: ReadonlySet<string> = new Set()

/** Whether a row still waits for a look. */
export function isOpen(row: Row): boolean {
  return row.section === 'need' || row.section === 'gap' || (row.section === 'ready' && !row.draft?.accepted)
}

/**
 * The row that a row became when the day was read again: the same id, else the draft that shares its evidence. A draft
 * that nobody touched may be drawn up anew under another id.
 */
export function follow(old: Row | undefined, after: readonly Row[]): Row | undefined {
  if (!old) return undefined
  const same = after.find((row) => row.id === old.id)
  if (same || !old.draft) return same
  const evidence = new Set(old.draft.evidence)
  return after.find((row) => row.draft?.evidence.some((id) => evidence.has(id)))
}

/** What to select after the day was read again: the same row, else what stood nearest below it, else above, else the first. */
export function keepSelection(before: readonly Row[], after: readonly Row[], selected: string): string {
  const at = before.findIndex((row) => row.id === selected)
  const old = before[at]
  const same = follow(old, after)
  if (same) return same.id
  const beside = old?.message && inRow(before, after, old, NONE)
  if (beside) return beside
  return nearest(before, after, at)?.id ?? after.find(isOpen)?.id ?? after[0]?.id ?? ''
}

/** What to select after something was done to a row: the next that is still open, wrapping round; else where it is. */
export function afterAction(before: readonly Row[], after: readonly Row[], acted: string): string {
  const at = before.findIndex((row) => row.id === acted)
  const order = [...before.slice(at + 1), ...before.slice(0, Math.max(at, 0))]
  for (const old of order) {
    const row = after.find((candidate) => candidate.id === old.id)
    if (row && isOpen(row)) return row.id
  }
  const fresh = after.find((row) => isOpen(row) && row.id !== acted)
  return fresh?.id ?? keepSelection(before, after, acted)
}

/**
 * The draft that filled a gap: of those that were not there before, the one with most of the gap's time; else, when what
 * was said joined a draft that was there, the one with most of it.
 */
export function filled(before: readonly Row[], after: readonly Row[], gap: SpanView): Row | undefined {
  const known = new Set(before.map((row) => row.id))
  const within = (row: Row) => (row.draft?.spans ?? []).reduce((sum, span) => sum + common(span, gap), 0)
  const [first] = after
    .filter((row) => row.draft?.state === 'drafted' && within(row) > 0)
    .toSorted((a, b) => Number(known.has(a.id)) - Number(known.has(b.id)) || within(b) - within(a))
  return first
}

/** Milliseconds that two stretches share. */
function common(a: SpanView, b: SpanView): number {
  const [start, end] = [
    Math.max(Date.parse(a.start), Date.parse(b.start)),
    Math.min(Date.parse(a.end), Date.parse(b.end)),
  ]
  return Math.max(0, end - start)
}

/**
 * The candidates of a draft that is being looked at, when it is read again: each stays under the key that it was shown
 * with, also one that nothing speaks for any more, and new ones follow.
 */
export function inPlace(shown: readonly CandidateView[], now: readonly CandidateView[]): CandidateView[] {
  const fresh = new Map(now.map((candidate) => [candidate.matter, candidate]))
  const were = new Set(shown.map((candidate) => candidate.matter))
  return [
    ...shown.map((candidate) => fresh.get(candidate.matter) ?? candidate),
    ...now.filter((candidate) => !were.has(candidate.matter)),
  ]
}

/** The row so many places on; the ends hold. */
export function moved(rows: readonly Row[], selected: string, by: number): string {
  if (rows.length === 0) return ''
  const at = rows.findIndex((row) => row.id === selected)
  if (at < 0) return (by > 0 ? rows[0] : rows[rows.length - 1])?.id ?? ''
  return rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.id ?? ''
}

/** What to select after folded mail was made work: what stood nearest below, else above. */
export function afterUnfolding(before: readonly Row[], after: readonly Row[], acted: string): string {
  const at = before.findIndex((row) => row.id === acted)
  if (after.some((row) => row.id === acted)) return acted
  return nearest(before, after, at)?.id ?? keepSelection(before, after, acted)
}

/** What to select after messages were taken out of the row that acted is, or is within. */
export function afterTaking(
  before: readonly Row[],
  after: readonly Row[],
  acted: Row,
  taken: ReadonlySet<string>,
): string {
  if (acted.message) return inRow(before, after, acted, taken) ?? afterAction(before, after, acted.of ?? '')
  const rest = after.filter((row) => row.section === 'need')
  return follow(acted, rest)?.id ?? afterAction(before, after, acted.id)
}

function nearest(before: readonly Row[], after: readonly Row[], at: number): Row | undefined {
  if (at < 0) return undefined
  const order = [...before.slice(at + 1), ...before.slice(0, at).reverse()]
  for (const old of order) {
    const row = after.find((candidate) => candidate.id === old.id)
    if (row) return row
  }
  return undefined
}
