import { enabled, type Action } from '../../actions/action'
import { count } from '../../format/duration'
import { asksOnly } from './asks'
import type { Day } from './day.svelte'
import { mergeable, splittable } from './divide'
import { acceptAll, mend, mendTyped, settle, takeDay } from './exceptions'
import { fixable } from './findings'
import { doubtful } from './overlap'
import { acceptable, rowsInSight } from './sight'
import { taking } from './taking'
import { accept, discard, restore, safe, stepMinutes, togglePrivate } from './verbs'

/** What can be decided about the row selected, and about the day. */
export function deciding(day: Day): Action[] {
  const group = 'Decide'
  const whole = () => (taking(day) ? undefined : day.open) // messages that are chosen come before their row
  const open = () => whole() !== undefined
  const section = () => day.row?.section
  const homeless = () => whole()?.matter === ''
  const candidate = (i: number): Action => ({
    id: `candidate-${i + 1}`,
    label: `Take matter ${i + 1}`,
    keys: [String(i + 1)],
    group,
    keyboardOnly: true,
    when: () => !doubtful(whole()) && whole()?.candidates[i] !== undefined,
    run: () => day.setMatter(day.selected, day.open?.candidates[i]?.matter ?? ''),
  })
  const reading = (id: string, key: string, label: string, hint: string, attended: boolean): Action => ({
    id,
    label,
    keys: [key],
    hint,
    group,
    when: () => doubtful(whole()),
    run: () => day.open?.overlap && settle(day, day.open.overlap, attended),
  })
  return [
    {
      id: 'choose-matter',
      label: 'Give it a matter',
      keys: ['Enter'],
      hint: 'choose its matter',
      group,
      keyboardOnly: true,
      when: homeless,
      run: () => day.askMatter(day.selected),
    },
    {
      id: 'fill-gap',
      label: 'Say what the gap was',
      keys: ['Enter', 'e'],
      hint: 'say what it was',
      group,
      when: () => section() === 'gap',
      run: () => void (day.typingInto = day.selected),
    },
    {
      id: 'fix-time',
      label: 'Type the time it lacks',
      keys: ['Enter'],
      hint: 'type its time',
      group,
      keyboardOnly: true,
      when: () => open() && !homeless() && (day.open?.billed_minutes ?? 0) <= 0,
      run: () => void (day.timing = day.selected),
    },
    {
      id: 'fix-narrative',
      label: 'Write the narrative it lacks',
      keys: ['Enter'],
      hint: 'write its narrative',
      group,
      keyboardOnly: true,
      when: () => open() && !homeless() && !day.open?.narrative,
      run: () => day.startEditing(),
    },
    {
      id: 'accept',
      label: 'Accept the draft',
      keys: ['Enter'],
      hint: 'accept',
      group,
      when: () => open() && !homeless() && !!day.open && (!day.open.needs || asksOnly(day.open)),
      run: () => accept(day),
    },
    {
      id: 'take-day',
      label: 'Move it to the day that its note names',
      keys: ['d'],
      hint: 'take that day',
      group,
      when: () => open() && Boolean(day.open?.asked_day),
      run: () => takeDay(day),
    },
    reading('as-seen', '1', 'The work took its part of the meeting', 'as seen', false),
    reading('attended', '2', 'You attended all of the meeting', 'attended', true),
    candidate(0),
    candidate(1),
    candidate(2),
    {
      id: 'mend',
      label: 'Apply the fix that the guidelines propose',
      keys: ['f'],
      hint: 'fix',
      group,
      when: () => open() && fixable(day.findings.of(day.selected)) !== undefined,
      run: () => mend(day),
    },
    {
      id: 'mend-typed',
      label: 'Apply the fix to what is being typed',
      keys: ['Mod+f'],
      group,
      keyboardOnly: true,
      whileTyping: true,
      when: () => day.editing !== null && day.findings.typed.some((f) => f.fix?.kind === 'text'),
      run: () => mendTyped(day),
    },
    {
      id: 'narrative',
      label: 'Rewrite the narrative',
      keys: ['e'],
      hint: 'narrative',
      group,
      when: open,
      run: () => day.startEditing(),
    },
    {
      id: 'matter',
      label: 'Choose the matter',
      keys: ['m'],
      hint: 'matter',
      group,
      when: () => open() || section() === 'gap',
      run: () => day.askMatter(day.selected),
    },
    {
      id: 'more',
      label: 'One increment more',
      keys: ['+'],
      hint: 'time',
      group,
      when: open,
      run: () => stepMinutes(day, 1),
    },
    { id: 'less', label: 'One increment less', keys: ['-'], group, when: open, run: () => stepMinutes(day, -1) },
    { id: 'time', label: 'Type the time', keys: ['h'], group, when: open, run: () => void (day.timing = day.selected) },
    {
      id: 'split',
      label: 'Split the draft',
      keys: ['s'],
      hint: 'split',
      group,
      when: open,
      run: async () => {
        if (!splittable(day.open?.billed_minutes ?? 0)) day.toasts.wrong('One increment is too little to split.')
        else await onceSaved(day, (id) => (day.splitting = id))
      },
    },
    {
      id: 'merge',
      label: 'Merge with others of its matter',
      keys: ['g'],
      hint: 'merge',
      group,
      when: () => mergeable(day.rows, whole()).length > 0,
      run: () => onceSaved(day, (id) => (day.merging = id)),
    },
    {
      id: 'private',
      label: 'Private, or not',
      keys: ['p'],
      hint: 'private',
      group,
      when: () => open() || Boolean(day.draft?.private),
      run: () => togglePrivate(day),
    },
    {
      id: 'safe',
      label: 'Word it without names and subjects',
      keys: ['Shift+e'],
      group,
      when: open,
      run: () => safe(day),
    },
    {
      id: 'discard',
      label: 'Discard the draft',
      keys: ['x'],
      hint: 'discard',
      group,
      when: open,
      run: () => discard(day),
    },
    {
      id: 'restore',
      label: 'Restore the draft',
      keys: ['r', 'Enter'],
      hint: 'restore',
      group,
      when: () => section() === 'discarded',
      run: () => restore(day),
    },
    {
      id: 'undo',
      label: 'Undo',
      keys: ['u', 'Mod+z'],
      hint: 'undo',
      group,
      when: () => Boolean(day.view?.can_undo),
      run: () => day.undo(),
    },
    {
      id: 'accept-all',
      label: 'Accept what is on the screen and clean',
      keys: ['Shift+a'],
      hint: 'accept all clean',
      group,
      when: () => day.rows.some((row) => acceptable(row, day.findings)),
      run: () => acceptAll(day, rowsInSight()),
    },
    {
      id: 'approve',
      label: 'Approve the day',
      keys: ['Mod+Enter'],
      hint: () => `Approve ${count(day.view?.summary.ready_count ?? 0, 'entry', 'entries')}`,
      primary: true,
      group,
      whileTyping: true,
      when: () => (day.view?.summary.ready_count ?? 0) > 0,
      run: () => onceSaved(day, () => (day.approving = true)),
    },
  ]
}

/** Opens what rests on the words being typed, once they are saved and if the person is still where the key was struck. */
async function onceSaved(day: Day, opens: (id: string) => void): Promise<void> {
  const [id, journey] = [day.selected, day.reading.journey]
  const saved = await day.finishTyping()
  if (saved && day.selected === id && day.reading.journey === journey) opens(id)
}

/** Does what a key does to the row selected, for a button that shows the key. */
export function strike(day: Day, key: string): void {
  const action = deciding(day).find((a) => a.keys.includes(key) && enabled(a))
  void action?.run()
}
