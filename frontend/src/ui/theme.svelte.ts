export type Theme = 'system' | 'light' | 'dark'

const DARK = matchMedia('(prefers-color-scheme: dark)')
const KEY = 'tenths.theme' // read by public/theme.js before the first paint

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

/** The theme that was chosen; "system" follows the machine. */
class Themes {
  chosen = $state<Theme>(stored())
  #system = $state(DARK.matches)

  constructor() {
    DARK.addEventListener('change', (e) => (this.#system = e.matches))
  }

  /** What the page looks like now. */
  get dark(): boolean {
    if (this.chosen !== 'system') return this.chosen === 'dark'
    return this.#system
  }

  choose(theme: Theme): void {
    this.chosen = theme
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    try {
      if (theme === 'system') localStorage.removeItem(KEY)
      else localStorage.setItem(KEY, theme)
    } catch {
      // the choice then lasts as long as the window
    }
  }
}

export const themes = new Themes()
