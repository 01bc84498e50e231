import type { Action } from '../../actions/action'
import type { Notes } from './notes.svelte'

/** Noting down work, from any page. */
export function noteActions(notes: Notes): Action[] {
  return [
    {
      id: 'note',
      label: 'Note down what you did',
      keys: ['n'],
      group: 'Timers and notes',
      run: () => notes.show(),
    },
  ]
}
