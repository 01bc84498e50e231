import { enabled, type Action } from './action'
import { StrokeReader, type Stroke } from './keys'

/** Where a key was struck. */
export interface Place {
  /** in a field that takes text */
  typing: boolean
  /** on a button or link, which Enter and Space belong to */
  pressable: boolean
}

/** Picks the action for a stroke, or undefined when it means nothing here. */
export function pick(actions: readonly Action[], names: readonly string[], place: Place): Action | undefined {
  for (const name of names) {
    if (place.pressable && (name === 'Enter' || name === 'Space')) continue
    const found = actions.find((a) => a.keys.includes(name) && (!place.typing || a.whileTyping) && enabled(a))
    if (found) return found
  }
  return undefined
}

/** Feeds the page's key strokes to whatever actions there are at that moment. */
export class Keyboard {
  #reader = new StrokeReader()

  constructor(private readonly actions: () => readonly Action[]) {}

  /** Runs the action for e, if any, and takes the stroke from the page then. */
  handle(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || MODIFIERS.has(e.key)) return
    const action = pick(this.actions(), this.#reader.read(e as Stroke, e.timeStamp), placeOf(e.target))
    if (!action) return
    this.#reader.reset()
    e.preventDefault()
    void action.run()
  }
}

const MODIFIERS = new Set(['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock'])

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return { typing: false, pressable: false }
  return {
    typing: target.closest('input, textarea, select, [contenteditable=true]') !== null,
    pressable: target.closest('button, a[href], summary') !== null,
  }
}
