/** Something a person can do. The keyboard, the palette and the footer all read this one object. */
export interface Action {
  id: string
  /** In the palette and in the list of keys: "Edit the narrative". */
  label: string
  /** In the footer: "narrative". Absent or empty: not shown there. */
  hint?: string | (() => string)
  /** The one thing that the page is for: a button of its own in the footer. */
  primary?: boolean
  /** See keys.ts. The first is the one shown. */
  keys: readonly string[]
  /** Whether it can be done now. Absent: always. */
  when?: () => boolean
  run: () => void | Promise<void>
  /** Heading in the palette and in the list of keys. */
  group: string
  /** Also while the person types in a field. */
  whileTyping?: boolean
  /** Left out of the palette: it makes no sense there. */
  keyboardOnly?: boolean
}

/** A thing found in the palette that is not an action: a draft, a matter, a day. */
export interface Found {
  id: string
  label: string
  detail: string
  group: string
  run: () => void
}

export function enabled(action: Action): boolean {
  return action.when?.() ?? true
}
