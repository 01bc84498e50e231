import type { Action } from '../actions/action'
import type { Backend } from '../backend'
import { clock } from '../format/time'
import type { Toasts } from '../ui/toasts.svelte'

/** What the pill says in a pause: "Paused until 18:00". */
export function pausedWords(until: string): string {
  return until === 'resumed' ? 'Paused until you resume' : `Paused until ${clock(until)}`
}

/** Milliseconds from now until the pause is over; undefined when only the person ends it, or none lasts. */
export function pauseLeft(until: string, now: number): number | undefined {
  const at = Date.parse(until)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/** Pausing and resuming, for the keyboard and the palette. */
export function pauseActions(backend: Backend, toasts: Toasts, paused: () => boolean): Action[] {
  const group = 'Discretion'
  const say = async (doing: Promise<void>, done: string) => {
    try {
      await doing
      toasts.done(done)
    } catch (cause) {
      toasts.wrong(cause instanceof Error ? cause.message : String(cause))
    }
  }
  return [
    {
      id: 'pause',
      label: 'Pause for an hour',
      keys: ['g h'],
      group,
      when: () => !paused(),
      run: () => say(backend.Pause(60), 'Paused. Nothing of this hour is recorded.'),
    },
    {
      id: 'pause-open',
      label: 'Pause until I resume',
      keys: [],
      group,
      when: () => !paused(),
      run: () => say(backend.Pause(0), 'Paused until you resume. Nothing of this time is recorded.'),
    },
    {
      id: 'resume',
      label: 'Resume observing',
      keys: ['g h'],
      group,
      when: paused,
      run: () => say(backend.Resume(), 'Observing again. The pause stays unrecorded.'),
    },
  ]
}
