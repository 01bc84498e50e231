import type { DraftView, ObservationView } from '../../backend'
import { count, tenths, worked } from '../../format/duration'
import { clocks } from '../../format/time'

/** Under a narrative: when, and of what it was made. "10:02–11:14 · 6 saves", "4 messages · estimated". */
export function seen(draft: DraftView, observations: ReadonlyMap<string, ObservationView>): string {
  const evidence = draft.evidence.flatMap((id) => observations.get(id) ?? [])
  const messages = evidence.filter((o) => o.kind.startsWith('mail')).length
  const saves = evidence.reduce((sum, o) => sum + (o.saves ?? 0), 0)
  return [
    draft.start ? clocks(draft.start, draft.end) : '',
    messages > 0 ? count(messages, 'message') : '',
    saves > 0 ? count(saves, 'save') : '',
    evidence.some((o) => o.kind === 'timer') ? 'timer' : '',
    evidence.some((o) => o.kind === 'note') ? 'your note' : '',
    draft.estimated ? 'estimated' : '',
    draft.edited ? 'edited' : '',
    draft.nonbillable ? 'not billed' : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How an observation knows its time. A calendar only knows what was planned; a moment has none. */
export function certainty(o: ObservationView): '' | 'estimated' | 'scheduled' | 'measured' {
  if (o.estimated) return 'estimated'
  if (o.start === o.end) return ''
  return o.kind === 'meeting' ? 'scheduled' : 'measured'
}

/** How the minutes came about: "1h12 measured → 1.2". */
export function arithmetic(draft: DraftView, evidence: readonly ObservationView[]): string {
  const known = evidence.map(certainty)
  const seen = known.includes('measured') ? 'measured' : known.includes('scheduled') ? 'scheduled' : ''
  const how = draft.estimated ? (seen ? 'partly estimated' : 'estimated') : seen || 'measured'
  return `${worked(draft.worked_seconds)} ${how} → ${draft.hours || tenths(draft.billed_minutes)}`
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

/** An inner sentence as a sentence: "it has no matter" → "It has no matter". */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
