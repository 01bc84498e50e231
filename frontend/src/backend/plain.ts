// Subjects, names and paths are what others wrote. They may hold characters that are not seen but obeyed.

// Line ends and tabs are harmless in a page.
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g
const MARKS = /[\u200e\u200f\u061c]/g

/**
 * A text as it may be shown: what would turn or break a line is seen instead, and marks of direction give way to what
 * is neither seen nor obeyed. The length stays, so that places in the text are the same as in the program.
 */
export function plain(text: string): string {
  return text.replace(OBEYED, '\ufffd').replace(MARKS, '\u2060')
}

/** Makes all texts in an answer plain, in place. */
export function withPlainText<T>(answer: T): T {
  if (typeof answer === 'string') return plain(answer) as T
  if (typeof answer === 'object' && answer !== null) {
    const record = answer as Record<string, unknown>
    for (const key of Object.keys(record)) record[key] = withPlainText(record[key])
  }
  return answer
}
