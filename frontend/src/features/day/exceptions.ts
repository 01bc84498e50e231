import type { DraftFinding, OverlapView } from '../../backend'
import { count } from '../../format/duration'
import { dayTitle } from '../../format/time'
import type { Day } from './day.svelte'
import { fixable } from './findings'
import { afterAction, filled } from './rows'
import { acceptable } from './sight'

/** Says how a meeting was spent within which other work was seen: attended all along, or as it was seen. */
export function settle(day: Day, overlap: OverlapView, attended: boolean): void {
  const doing = () => (attended ? day.backend.Attend(overlap.meeting) : day.backend.Accept(overlap.meeting))
  const says = attended ? 'The meeting has its time. U takes it back.' : 'As seen. U takes it back.'
  day.act(doing, 'next', says, day.selected)
}

/** Moves the draft selected to the day that its note names. */
export function takeDay(day: Day): void {
  const draft = day.open
  if (!draft?.asked_day) return
  const says = `On ${dayTitle(draft.asked_day).text} now. U takes it back.`
  day.act(() => day.backend.TakeDay(draft.id), 'next', says, draft.id)
}

/** Makes a draft of what was typed into a gap, and selects it: the next key is about the same work. */
export function explain(day: Day, id: string): void {
  const gap = day.rows.find((row) => row.id === id)?.gap
  const words = day.wordsFor(id)
  const text = words.text.trim()
  if (!gap || text === '') return
  void day.enqueue(async () => {
    const before = day.rows
    const here = day.reading.journey
    await day.backend.Explain(gap.start, gap.end, text, words.matter)
    if (words.text.trim() === text)
      day.gapWords = Object.fromEntries(Object.entries(day.gapWords).filter(([key]) => key !== id))
    if (!(await day.again(here))) return
    day.select(filled(before, day.rows, gap)?.id ?? afterAction(before, day.rows, id))
    day.revealed++
  })
}

/** Applies the fix of a finding on the draft selected; of the first that has one, when none is given. */
export function mend(day: Day, of?: DraftFinding): void {
  const f = of ?? (day.open && fixable(day.findings.of(day.open.id)))
  if (!f?.fix) return
  const doing = () => day.backend.MendDraft(f.draft, f.guideline, f.rule, f.place)
  day.act(doing, 'stay', `${f.fix.label}: done. U takes it back.`, f.draft)
}

/** Applies the fix of a finding to the words in the field; not to words that were not checked yet, which it would drop. */
export function mendTyped(day: Day, of?: DraftFinding): void {
  const f = of ?? day.findings.typed.find((found) => found.fix?.kind === 'text')
  const text = f?.fix?.parts[0]?.narrative
  if (!day.editing || text === undefined || day.findings.words !== day.editing.text) return
  day.editing.text = text
  day.findings.type(day.editing.id, text)
}

/** Accepts the ready drafts among the rows in sight in which nothing was found. */
export function acceptAll(day: Day, inSight: ReadonlySet<string>): void {
  void day.enqueue(async () => {
    const waiting = day.rows.filter((row) => row.section === 'ready' && !row.draft?.accepted && inSight.has(row.id))
    const clean = waiting.filter((row) => acceptable(row, day.findings))
    for (const row of clean) await day.backend.Accept(row.id)
    if (clean.length > 0) await day.refresh()
    const left = waiting.length - clean.length
    const rest = left > 0 ? ` ${count(left, 'other wants', 'others want')} a look.` : ''
    day.toasts.done(
      clean.length > 0
        ? `${count(clean.length, 'draft')} accepted.${rest}`
        : `Nothing in sight is ready and clean.${rest}`,
    )
  })
}
