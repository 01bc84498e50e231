import type { Action, Found } from '../../actions/action'
import { count } from '../../format/duration'
import type { Day } from './day.svelte'

/** What can be done on the day's page. */
export function dayActions(day: Day): Action[] {
  return [...looking(day), ...deciding(day), ...going(day)]
}

/** The drafts of the day, for the palette. */
export function dayFinds(day: Day): Found[] {
  return day.rows.flatMap((row) =>
    row.draft && row.draft.narrative
      ? {
          id: `draft-${row.id}`,
          label: row.draft.narrative,
          detail: `${row.draft.hours} · ${row.draft.matter_name || 'no matter'}`,
          group: 'Drafts of this day',
          run: () => day.select(row.id),
        }
      : [],
  )
}

function looking(day: Day): Action[] {
  const group = 'Look'
  return [
    {
      id: 'down',
      label: 'Next draft',
      hint: 'move',
      keys: ['j', 'ArrowDown'],
      group,
      keyboardOnly: true,
      when: () => day.rows.length > 1,
      run: () => day.move(1),
    },
    {
      id: 'up',
      label: 'Draft before',
      keys: ['k', 'ArrowUp'],
      group,
      keyboardOnly: true,
      when: () => day.rows.length > 1,
      run: () => day.move(-1),
    },
    {
      id: 'why',
      label: 'Read why, and back to the drafts',
      keys: ['Space'],
      group,
      when: () => day.row !== undefined,
      run: () => toggleWhy(day),
    },
  ]
}

function deciding(day: Day): Action[] {
  const group = 'Decide'
  const open = () => day.open !== undefined
  const section = () => day.row?.section
  const homeless = () => day.open?.matter === ''
  const candidate = (i: number): Action => ({
    id: `candidate-${i + 1}`,
    label: `Take matter ${i + 1}`,
    keys: [String(i + 1)],
    group,
    keyboardOnly: true,
    when: () => day.open?.candidates[i] !== undefined,
    run: () => day.setMatter(day.selected, day.open?.candidates[i]?.matter ?? ''),
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
      run: () => void (day.choosing = day.selected),
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
      when: () => open() && !day.open?.needs && !homeless(),
      run: () => day.accept(),
    },
    candidate(0),
    candidate(1),
    candidate(2),
    {
      id: 'none',
      label: 'None of these matters: choose another',
      keys: ['n'],
      group,
      keyboardOnly: true,
      when: homeless,
      run: () => void (day.choosing = day.selected),
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
      run: () => void (day.choosing = day.selected),
    },
    {
      id: 'more',
      label: 'One increment more',
      keys: ['+'],
      hint: 'time',
      group,
      when: open,
      run: () => day.stepMinutes(1),
    },
    { id: 'less', label: 'One increment less', keys: ['-'], group, when: open, run: () => day.stepMinutes(-1) },
    { id: 'time', label: 'Type the time', keys: ['h'], group, when: open, run: () => void (day.timing = day.selected) },
    {
      id: 'private',
      label: 'Private, or not',
      keys: ['p'],
      hint: 'private',
      group,
      when: () => open() || Boolean(day.draft?.private),
      run: () => day.togglePrivate(),
    },
    {
      id: 'discard',
      label: 'Discard the draft',
      keys: ['x'],
      hint: 'discard',
      group,
      when: open,
      run: () => day.discard(),
    },
    {
      id: 'restore',
      label: 'Restore the draft',
      keys: ['r', 'Enter'],
      hint: 'restore',
      group,
      when: () => section() === 'discarded',
      run: () => day.restore(),
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
      id: 'approve',
      label: 'Approve the day',
      keys: ['Mod+Enter'],
      hint: () => `Approve ${count(day.view?.summary.ready_count ?? 0, 'entry', 'entries')}`,
      primary: true,
      group,
      whileTyping: true,
      when: () => (day.view?.summary.ready_count ?? 0) > 0,
      run: async () => {
        await day.finishTyping()
        day.approving = true
      },
    },
  ]
}

function going(day: Day): Action[] {
  const group = 'Go'
  return [
    {
      id: 'earlier',
      label: 'Earlier day',
      hint: () => (day.rows.length === 0 ? 'earlier day' : ''),
      keys: ['[', 'ArrowLeft'],
      group,
      when: () => Boolean(day.view?.prev_day),
      run: () => day.show(day.view?.prev_day ?? ''),
    },
    {
      id: 'later',
      label: 'Later day',
      hint: () => (day.rows.length === 0 ? 'later day' : ''),
      keys: [']', 'ArrowRight'],
      group,
      when: () => Boolean(day.view?.next_day),
      run: () => day.show(day.view?.next_day ?? ''),
    },
    { id: 'today', label: 'Today', keys: ['t'], group, run: () => day.show(day.view?.today ?? '') },
  ]
}

// The panel scrolls with the arrow keys while it has the focus.
function toggleWhy(day: Day): void {
  const why = document.getElementById('why')
  if (why?.contains(document.activeElement)) {
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(day.selected)}"]`)?.focus()
  } else {
    why?.focus()
  }
}
