import type { DraftView, ObservationView } from '../../backend'
import { count, tenths, worked } from '../../format/duration'
import { clocks } from '../../format/time'

/** Under a narrative: when, and of what it was made. "10:02–11:14 · 6 saves", "4 messages · estimated", "your note · stated". */
export function seen(draft: DraftView, observations: ReadonlyMap<string, ObservationView>): string {
  const evidence = draft.evidence.flatMap((id) => observations.get(id) ?? [])
  const messages = evidence.filter((o) => o.kind.startsWith('mail')).length
  const saves = evidence.reduce((sum, o) => sum + (o.saves ?? 0), 0)
  const noted = draft.stated || evidence.some((o) => o.kind === 'note')
  return [
    draft.start ? clocks(draft.start, draft.end) : '',
    messages > 0 ? count(messages, 'message') : '',
    saves > 0 ? count(saves, 'save') : '',
    evidence.some((o) => o.kind === 'timer') ? 'timer' : '',
    noted ? 'your note' : '',
    surely(draft, evidence, noted && draft.worked_seconds > 0),
    draft.edited ? 'edited' : '',
    draft.nonbillable ? 'not billed' : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How sure a draft's time is, where it was not simply seen. */
function surely(draft: DraftView, evidence: readonly ObservationView[], stated: boolean): string {
  if (!stated) return draft.estimated ? 'estimated' : ''
  if (!draft.estimated) return 'stated'
  return allSaid(draft, evidence) ? ROUGHLY : 'partly estimated'
}

/**
 * How an observation knows its time. What a note says is stated, roughly where it says "about"; a calendar only knows
 * what was planned; a moment has no time, but a note that says how long and not when.
 */
export function certainty(o: ObservationView): '' | 'estimated' | 'scheduled' | 'measured' | 'stated' | typeof ROUGHLY {
  const moment = o.start === o.end
  if (o.kind === 'note' && !moment) return o.estimated ? ROUGHLY : 'stated'
  if (o.estimated) return untimed(o) ? 'stated' : 'estimated'
  if (moment) return ''
  return o.kind === 'meeting' ? 'scheduled' : 'measured'
}

/** Whether an observation is a note of a day on which nobody said when it was. No time of day is made up for it. */
export function untimed(o: ObservationView): boolean {
  return o.kind === 'note' && o.estimated && o.start === o.end
}

const ROUGHLY = 'roughly stated'

/** Whether all that a draft rests on is the person's word. */
function allSaid(draft: DraftView, evidence: readonly ObservationView[]): boolean {
  return draft.stated || (evidence.length > 0 && evidence.every((o) => o.kind === 'note'))
}

/** How the minutes came about: "1h12 measured → 1.2". */
export function arithmetic(draft: DraftView, evidence: readonly ObservationView[]): string {
  const hours = draft.hours || tenths(draft.billed_minutes)
  if (draft.worked_seconds === 0) return draft.billed_minutes > 0 ? `${hours}, typed by you` : 'Not known yet'
  return [worked(draft.worked_seconds), knownBy(draft, evidence), '→', hours].filter(Boolean).join(' ')
}

/** How a draft's time is known, "" when its evidence is no longer kept. */
function knownBy(draft: DraftView, evidence: readonly ObservationView[]): string {
  if (allSaid(draft, evidence)) return draft.estimated ? ROUGHLY : 'stated'
  const known = new Set(evidence.map(certainty))
  const sure = [known.has('measured') ? 'measured' : '', known.has('stated') || known.has(ROUGHLY) ? 'stated' : '']
  const how = sure.filter(Boolean).join(' and ') || (known.has('scheduled') ? 'scheduled' : '')
  if (draft.estimated) return how ? 'partly estimated' : 'estimated'
  return how
}

/** What the mark of an estimate stands for, beside a draft's time. */
export function estimateOf(draft: DraftView, observations: ReadonlyMap<string, ObservationView>): string {
  const evidence = draft.evidence.flatMap((id) => observations.get(id) ?? [])
  return allSaid(draft, evidence) ? 'Said to be about as long' : 'Partly estimated'
}

/** The codes, the task's before the activity's. */
export function codes(draft: DraftView): string {
  return [draft.task_code, draft.activity_code].filter(Boolean).join(' · ')
}

/** How an approved entry stands with the practice management system. */
export function standing(draft: DraftView): string {
  switch (draft.posting) {
    case 'waiting':
      return 'waiting to post'
    case 'sending':
      return 'posting'
    case 'unknown':
      return 'unknown, checking'
    case 'needs_you':
      return `needs you: ${draft.message || 'see Posting'}`
    case 'posted':
      return draft.remote_id ? `posted · ${draft.remote_id}` : 'posted'
  }
  if (draft.state === 'posted') return draft.remote_id ? `posted · ${draft.remote_id}` : 'posted'
  return draft.private ? 'private' : draft.state
}

const KINDS: Record<string, string> = {
  meeting: 'Meeting',
  mail_sent: 'Sent',
  mail_received: 'Received',
  edit: 'Edited',
  review: 'Opened',
  export: 'Exported',
  timer: 'Timer',
  note: 'Your note',
}

/** What an observation saw, in a word. */
export function kindOf(o: ObservationView): string {
  return KINDS[o.kind] ?? o.kind
}

/** What an observation is called: never what a private one is about. */
export function subjectOf(o: ObservationView): string {
  return o.private ? 'Private' : o.subject || 'No subject'
}

/** Who a message is with: who wrote it, or whom it was sent to. */
export function whoOf(o: ObservationView): string {
  if (o.private) return ''
  const who = o.who || 'nobody known'
  return o.kind === 'mail_sent' ? `to ${who}` : who
}

/** An inner sentence as a sentence: "it has no matter" → "It has no matter". */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
