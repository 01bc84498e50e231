import type { ApprovalView } from '../../backend'
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
