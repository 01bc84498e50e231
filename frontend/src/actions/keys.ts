// A key is written as it is said: "j", "?", "ArrowDown", "Enter", "Mod+Enter",
// or two in a row: "g d". Mod is Ctrl, and ⌘ on a Mac.

export type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

// = is + without Shift, − is what some keyboards have for -.
const SAME: Record<string, string> = { ' ': 'Space', '=': '+', '−': '-' }

/** Names a key stroke. Letters are lower-case; Shift counts with them and with named keys: "?" is "?" on any keyboard. */
export function strokeName(e: Stroke): string {
  const key = SAME[e.key] ?? (e.key.length === 1 ? e.key.toLowerCase() : e.key)
  const mod = e.ctrlKey || e.metaKey ? 'Mod+' : ''
  const alt = e.altKey ? 'Alt+' : ''
  const shift = e.shiftKey && (key.length > 1 || /^[a-z]$/.test(key)) ? 'Shift+' : ''
  return mod + alt + shift + key
}

/** Reads strokes one by one and knows the sequences of two. */
export class StrokeReader {
  #first = ''
  #at = -Infinity

  constructor(private readonly within = 1200) {}

  /** Returns the names that the stroke may stand for, the longest first. A letter with Shift may be the letter. */
  read(e: Stroke, now: number): string[] {
    const exact = strokeName(e)
    const plain = exact.replace(/^Shift\+(?=[a-z]$)/, '')
    const names = exact === plain ? [exact] : [exact, plain]
    const pair = this.#first && now - this.#at <= this.within ? `${this.#first} ${plain}` : ''
    this.#first = plain
    this.#at = now
    return pair ? [pair, ...names] : names
  }

  /** Forgets a sequence that was begun: its second key has been used. */
  reset(): void {
    this.#first = ''
  }
}
