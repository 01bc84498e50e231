import type { Action, Found } from '../../actions/action'
import { apart } from '../../format/apart'
import type { Day } from './day.svelte'
import { deciding } from './deciding'
import { arrowsTaken, withinActions } from './within'

/** What can be done on the day's page. */
export function dayActions(day: Day): Action[] {
  return [...withinActions(day), ...looking(day), ...deciding(day), ...going(day)]
}

/** The drafts of the day, for the palette. */
export function dayFinds(day: Day): Found[] {
  return day.rows.flatMap((row) =>
    row.draft && row.draft.narrative
      ? {
          id: `draft-${row.id}`,
          label: row.draft.narrative,
          detail: `${row.draft.hours}${row.draft.estimated ? ' ≈' : ''} · ${apart(row.draft.matter_name) || 'no matter'}`,
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
      when: () => day.row !== undefined && !day.row.message,
      run: () => toggleWhy(day),
    },
  ]
}

function going(day: Day): Action[] {
  const group = 'Go'
  const keysOf = (key: string, arrow: string) => (arrowsTaken(day) ? [key] : [key, arrow]) // rows that open have them
  return [
    {
      id: 'earlier',
      label: 'Earlier day',
      hint: () => (day.rows.length === 0 ? 'earlier day' : ''),
      get keys() {
        return keysOf('[', 'ArrowLeft')
      },
      group,
      when: () => Boolean(day.view?.prev_day),
      run: () => day.show(day.view?.prev_day ?? ''),
    },
    {
      id: 'later',
      label: 'Later day',
      hint: () => (day.rows.length === 0 ? 'later day' : ''),
      get keys() {
        return keysOf(']', 'ArrowRight')
      },
      group,
      when: () => Boolean(day.view?.next_day),
      run: () => day.show(day.view?.next_day ?? ''),
    },
    { id: 'today', label: 'Today', keys: ['g t'], group, run: () => day.show(day.view?.today ?? '') },
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
