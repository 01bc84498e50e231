import type { DayView, DraftView, FoldedView, ObservationView } from '../../backend'
import type { Row } from './rows'

/** The row id of the line that all folded mail is behind. */
export const FOLDED = 'folded'

/** The row id of a message, whatever it is within. */
export const messageID = (observation: string) => `mail:${observation}`

/** The row id of folded mail of one sender. */
export const foldID = (fold: FoldedView) => `fold:${fold.sender}:${fold.reason}`

/** Whether a draft is a row of several messages that nobody knows the matter of. */
export function isGathered(draft: DraftView | undefined): boolean {
  return draft?.state === 'drafted' && draft.matter === '' && (draft.row?.messages ?? 0) > 1
}

/** Whether a row opens into others. */
export function opens(row: Row | undefined): boolean {
  return row !== undefined && (row.section === 'folded' || row.fold !== undefined || isGathered(row.draft))
}

/** A row, and when it is open its messages, the newest first. */
export function withMessages(view: DayView, row: Row, opened: ReadonlySet<string>): Row[] {
  if (!opened.has(row.id) || !opens(row)) return [row]
  const ids = new Set(row.fold?.observations ?? row.draft?.evidence)
  const messages = view.observed.filter((o) => ids.has(o.id)).toReversed()
  return [row, ...messages.map((message): Row => messageRow(message, row.id))]
}

function messageRow(message: ObservationView, of: string): Row {
  return { id: messageID(message.id), section: 'message', message, of }
}

/** The line of folded mail, and when it is open a row for each sender with its messages. */
export function foldedRows(view: DayView, opened: ReadonlySet<string>): Row[] {
  if (view.folded.length === 0) return []
  const line: Row = { id: FOLDED, section: 'folded' }
  if (!opened.has(FOLDED)) return [line]
  const fold = (fold: FoldedView): Row => ({ id: foldID(fold), section: 'fold', fold, of: FOLDED })
  return [line, ...view.folded.flatMap((f) => withMessages(view, fold(f), opened))]
}

/** The messages that stand in one row with that one. */
export function besides(rows: readonly Row[], row: Row | undefined): Row[] {
  return rows.filter((other) => other.message && row?.of === other.of)
}

/** The rows that stay open when the day was read again: each as what it became. */
export function stillOpened(opened: ReadonlySet<string>, before: readonly Row[], after: readonly Row[]): Set<string> {
  const became = (id: string): string => {
    const same = after.find((row) => row.id === id)
    if (same) return same.id
    const evidence = new Set(before.find((row) => row.id === id)?.draft?.evidence)
    const shares = (row: Row) => row.draft?.evidence.filter((o) => evidence.has(o)).length ?? 0
    const [most] = after.filter((row) => isGathered(row.draft)).toSorted((a, b) => shares(b) - shares(a))
    return most && shares(most) > 0 ? most.id : id
  }
  return new Set([...opened].map(became))
}

/**
 * Where to be when messages left the row that one is within: on the message where one is, else on the next that stays,
 * else on the one before; where none of them can be seen, on what holds one of them now. undefined when nothing does.
 */
export function inRow(
  before: readonly Row[],
  after: readonly Row[],
  from: Row,
  left: ReadonlySet<string>,
): string | undefined {
  const all = besides(before, from)
  const at = all.findIndex((row) => row.id === from.id)
  const order = [...all.slice(Math.max(at, 0)), ...all.slice(0, Math.max(at, 0)).toReversed()]
  const stay = order.filter((row) => row.message && !left.has(row.message.id))
  for (const old of stay) if (after.some((row) => row.id === old.id)) return old.id
  for (const old of stay) {
    const holder = after.find((row) => row.section === 'need' && holds(row, old))
    if (holder) return holder.id
  }
  return undefined
}

function holds(row: Row, message: Row): boolean {
  return row.draft?.evidence.includes(message.message?.id ?? '') ?? false
}
