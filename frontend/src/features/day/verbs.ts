import { step } from '../../format/duration'
import type { Day } from './day.svelte'

/** Agrees with the draft selected. */
export function accept(day: Day): void {
  day.act((row) => {
    if (!row.draft || row.draft.state !== 'drafted') return undefined
    return row.draft.accepted ? Promise.resolve() : day.backend.Accept(row.id)
  }, 'next')
}

/** Words it without names and subjects. */
export function safe(day: Day): void {
  day.act(
    (row) => row.draft && day.backend.SafeWording(row.id),
    'stay',
    'Worded without names and subjects. U takes it back.',
  )
}

/** Sets it aside. */
export function discard(day: Day): void {
  day.act((row) => row.draft && day.backend.Discard(row.id), 'next', 'Discarded. U brings it back.')
}

/** Makes a draft again of what was set aside. */
export function restore(day: Day): void {
  day.act((row) => row.draft && day.backend.Restore(row.id), 'stay', 'Back among the drafts.')
}

/** Sets a draft aside as the person's own time, or takes that back. */
export function togglePrivate(day: Day): void {
  if (day.draft?.private)
    day.act((row) => row.draft && day.backend.SetPrivate(row.id, false), 'stay', 'Back among the drafts.')
  else
    day.act(
      (row) => row.draft && day.backend.SetPrivate(row.id, true),
      'next',
      'Your own time: not billed. U takes it back.',
    )
}

/** Bills one increment more or less. */
export function stepMinutes(day: Day, direction: 1 | -1): void {
  day.act((row) => {
    if (!row.draft) return undefined
    const minutes = step(row.draft.billed_minutes, direction)
    if (minutes !== row.draft.billed_minutes) return day.backend.SetMinutes(row.id, minutes)
    day.toasts.done('One increment is the least. X discards the draft.')
    return undefined
  }, 'stay')
}

/** Bills that many minutes for a draft. */
export function setMinutes(day: Day, id: string, minutes: number): void {
  day.timing = ''
  day.enqueue(async () => {
    await day.backend.SetMinutes(id, minutes)
    await day.refresh()
  })
}
