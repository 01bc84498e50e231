import { apart } from '../../format/apart'
import { count } from '../../format/duration'
import type { Day } from './day.svelte'
import { besides } from './gathered'
import type { Taking } from './mail.svelte'
import { afterTaking, afterUnfolding } from './rows'

/** Where messages are put that are taken out of a row: under a matter, aside, or to the person's own time. */
export interface Where {
  matter?: string
  aside?: boolean
  private?: boolean
}

/** What of a row is decided about by itself at the moment. */
export function taking(day: Day): Taking | undefined {
  return day.mail.taking(day.row, day.within)
}

/** The folded messages that are at hand at the moment. */
export function unfolding(day: Day): readonly string[] {
  return day.mail.unfolding(day.row, day.within)
}

/**
 * Decides about messages of a row: about those of the time when it is their turn, or about none but those that were
 * meant when they are given.
 */
export function take(day: Day, to: Where, meant?: Taking): void {
  let taken: readonly string[] = []
  day.act(
    () => {
      const now = taking(day)
      if (!now || (meant && !same(meant, now))) return undefined
      taken = now.ids
      return day.backend
        .TakeOut(now.draft.id, [...now.ids], to.matter ?? '', to.aside ?? false, to.private ?? false)
        .then(() => day.mail.choose([]))
    },
    (acted, before, after) => afterTaking(before, after, acted, new Set(taken)),
    () => `${count(taken.length, 'message')} ${became(day, to)}. U takes it back.`,
  )
}

/** Puts messages under a matter that was chosen for them, if they still stand together. */
export function putUnder(day: Day, asked: Taking, number: string): void {
  const now = taking(day)
  if (now && same(asked, now)) take(day, { matter: number }, asked)
  else day.toasts.wrong('The row changed meanwhile. Look at its messages again.')
}

/** Says that folded messages are work. */
export function unfold(day: Day): void {
  let kept: readonly string[] = []
  day.act(
    () => {
      kept = unfolding(day)
      if (kept.length === 0) return undefined
      return day.backend.Unfold([...kept]).then(() => day.mail.choose([]))
    },
    (acted, before, after) => afterUnfolding(before, after, acted.id),
    () => `${count(kept.length, 'message')} drafted as work. U folds ${kept.length === 1 ? 'it' : 'them'} again.`,
  )
}

function became(day: Day, { matter, aside }: Where): string {
  if (aside) return 'set aside as no work'
  if (matter === undefined) return 'kept as your own time'
  const name = day.view?.matters.find((m) => m.number === matter)?.name
  return `put under ${apart(name || matter)}`
}

function same(a: Taking, b: Taking): boolean {
  return a.ids.length === b.ids.length && a.ids.every((id) => b.ids.includes(id))
}

/** Opens the row selected. */
export function openRow(day: Day): void {
  day.mail.open(day.selected)
  day.revealed++
}

/** Closes the row that is open here, and is on it then. */
export function closeRow(day: Day): void {
  const id = day.mail.opened.has(day.selected) ? day.selected : (day.row?.of ?? '')
  day.select(id)
  day.mail.close(id)
  day.mail.keep(day.rows)
  day.revealed++
}

/** Chooses the message that one is on, or lets go of it. */
export function toggle(day: Day, id = day.row?.message?.id ?? ''): void {
  const row = day.rows.find((r) => r.message?.id === id)
  const beside = besides(day.rows, row).map((r) => r.message?.id ?? '')
  const chosen = day.mail.among(beside)
  day.mail.choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
}

/** Chooses all messages from where a range began to the one below or above. */
export function extend(day: Day, by: 1 | -1): void {
  const beside = besides(day.rows, day.row)
  const anchor = day.mail.anchor || day.selected
  const to = beside[beside.findIndex((row) => row.id === day.selected) + by] ?? day.row
  if (!to) return
  day.select(to.id)
  day.mail.anchor = anchor
  const ends = [anchor, to.id].map((id) => beside.findIndex((row) => row.id === id))
  const range = beside.slice(Math.min(...ends), Math.max(...ends) + 1)
  day.mail.choose(range.map((row) => row.message?.id ?? ''))
}

/** Chooses all messages of the row that are with the same person, besides what is chosen. */
export function chooseAllOf(day: Day): void {
  const who = day.row?.message?.who_at
  const beside = besides(day.rows, day.row).flatMap((row) => row.message ?? [])
  const theirs = beside.filter((o) => o.who_at === who)
  day.mail.choose([...day.mail.among(beside.map((o) => o.id)), ...theirs.map((o) => o.id)])
}
