/** A narrative being rewritten. */
export interface Editing {
  id: string
  text: string
  was: string
}

/** What was typed into a gap so far. */
export interface GapWords {
  text: string
  matter: string
}

/** Typed words as they are saved. */
export function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/** Whether there are words to save; a narrative cannot be emptied. */
export function changed(editing: Editing): boolean {
  const text = tidy(editing.text)
  return text !== '' && text !== editing.was
}

/** What went wrong, in words. */
export function wordsOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
