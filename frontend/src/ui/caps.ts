const SYMBOLS: Record<string, string> = {
  Enter: '↵',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/** The caps to show for a key written as in src/actions/keys.ts: "Mod+Enter" is "Ctrl ↵", "⌘↵" on a Mac. */
export function caps(key: string, mac: boolean): string[] {
  const cap = (part: string) => {
    if (part === 'Shift') return '⇧'
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
    return SYMBOLS[part] ?? (part.length === 1 ? part.toUpperCase() : part)
  }
  return key.split(' ').map((stroke) =>
    stroke
      .split(/\+(?=.)/)
      .map(cap)
      .join(mac ? '' : ' '),
  )
}

/** Whether this machine's keyboard has ⌘ where others have Ctrl. */
export const onMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)
