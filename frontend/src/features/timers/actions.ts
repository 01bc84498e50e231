import type { Action } from '../../actions/action'
import { called, type Timers } from './timers.svelte'

/** What can be done with timers, from any page. */
export function timerActions(timers: Timers): Action[] {
  const group = 'Timers and notes'
  return [
    {
      id: 'timer-start',
      label: 'Start a timer',
      keys: ['t'],
      group,
      when: () => !timers.running,
      run: () => timers.show(),
    },
    {
      id: 'timer-stop',
      label: 'Stop the timer',
      keys: ['t'],
      group,
      when: () => timers.running !== undefined,
      run: async () => {
        if (timers.running) await timers.stop(timers.running)
      },
    },
    {
      id: 'timer-list',
      label: 'Switch timers, or see them',
      keys: ['Shift+t'],
      group,
      run: () => timers.show(),
    },
  ]
}

/** Paused timers by name, for the palette: choosing one has it run. */
export function timerFinds(timers: Timers) {
  return timers.paused.map((timer) => ({
    id: `timer-${timer.id}`,
    label: `Switch to ${called(timer)}`,
    detail: timer.matter_name,
    group: 'Paused timers',
    run: () => void timers.goOn(timer),
  }))
}
