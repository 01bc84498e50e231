import type { ApprovalView, DraftView } from '../../backend'
import { count } from '../../format/duration'
import type { Day } from './day.svelte'
import { afterAction } from './rows'

/** What approving the day would freeze now. */
export function preview(day: Day): Promise<ApprovalView> {
  return day.backend.PreviewApproval(day.view?.day ?? '')
}

/**
 * Approves exactly the list with this digest, and calls done once it is locked. Rejects, with words for the person, when
 * it is no longer the list.
 */
export async function approve(day: Day, list: ApprovalView, done: () => void): Promise<void> {
  const journey = day.reading.journey
  const frozen = await day.backend.Approve(list.day, list.digest)
  done()
  const before = day.rows
  if (await day.again(journey)) day.select(afterAction(before, day.rows, day.selected))
  const entries = count(frozen.count, 'entry', 'entries')
  const amount = frozen.amount ? ` · ${frozen.amount}` : ''
  day.toasts.done(`${entries} approved and locked: ${frozen.hours} hours${amount}`)
}

/** A draft that stays behind, and why; the draft itself where the page still has it. */
export interface Behind {
  id: string
  why: string
  draft: DraftView | undefined
}

/** What stays behind when a list is approved, in the order of the day's rows. */
export function behind(day: Day, list: ApprovalView): Behind[] {
  const places = new Map(day.rows.map((row, i) => [row.id, i]))
  const place = (b: Behind) => places.get(b.id) ?? Infinity
  return list.behind
    .map((left) => ({ id: left.draft, why: left.why, draft: day.rows[places.get(left.draft) ?? -1]?.draft }))
    .toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
}

/** The sums of an amount, one a currency: "$1,200.00 and €300.00" is two, which nobody adds up. */
export function sums(amount: string): string[] {
  return amount.split(/, (?=\D)| and /).filter(Boolean)
}
