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

/** Whether a key begins a sequence that could be finished now, as g does in "g d". */
export function begins(actions: readonly Action[], key: string): boolean {
  return actions.some((a) => enabled(a) && a.keys.some((keys) => keys.startsWith(`${key} `)))
}

/** Feeds the page's key strokes to whatever actions there are at that moment. */
export class Keyboard {
  #reader = new StrokeReader()
  #waiting: { run: () => void; timer: ReturnType<typeof setTimeout> } | undefined

  constructor(
    private readonly actions: () => readonly Action[],
    private readonly patience = 450, // ms that a key with a meaning of its own waits for a second one
  ) {}

  /** Runs the action for e, if any, and takes the stroke from the page then. */
  handle(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || MODIFIERS.has(e.key)) return
    const names = this.#reader.read(e as Stroke, e.timeStamp)
    const place = placeOf(e.target)
    const sequence = names.find((name) => / ./.test(name))
    const finishes = sequence !== undefined && pick(this.actions(), [sequence], place) !== undefined
    this.#settle(!finishes)
    const action = pick(this.actions(), names, place)
    if (!action) return
    e.preventDefault()
    const alone = names.at(-1) ?? ''
    if (!finishes && action.keys.includes(alone) && begins(this.actions(), alone)) return this.#wait(action)
    this.#reader.reset()
    void action.run()
  }

  // A key that both means something and begins a sequence: it means itself when nothing follows.
  #wait(action: Action): void {
    const run = () => {
      this.#waiting = undefined
      this.#reader.reset()
      if (enabled(action)) void action.run()
    }
    this.#waiting = { run, timer: setTimeout(run, this.patience) }
  }

  #settle(itself: boolean): void {
    const waiting = this.#waiting
    if (!waiting) return
    this.#waiting = undefined
    clearTimeout(waiting.timer)
    if (itself) waiting.run()
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
