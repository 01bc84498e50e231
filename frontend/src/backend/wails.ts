import { BackendError, type Topic, type Transport } from './backend'

type Bound = Record<string, (...args: unknown[]) => Promise<unknown>>

interface WailsWindow {
  go?: { bridge?: { Window?: Bound } }
  runtime?: { EventsOn(event: string, tell: (topic: Topic) => void): () => void }
}

/** Reaches the program from inside its own window, or null anywhere else. */
export function wailsTransport(): Transport | null {
  const { go, runtime } = window as unknown as WailsWindow
  const bound = go?.bridge?.Window
  if (!bound || !runtime) return null
  return {
    async call(method, args) {
      const ask = bound[method]
      if (!ask) throw new BackendError(`This window is older than the program: it has no ${method}. Restart Tenths.`)
      try {
        return await ask(...args)
      } catch (cause) {
        throw new BackendError(messageOf(cause), { cause })
      }
    },
    onStale: (tell) => runtime.EventsOn('stale', tell),
  }
}

// Wails rejects with the error's text, or with an object when the program formats its errors.
function messageOf(cause: unknown): string {
  if (typeof cause === 'string') return cause
  const message = (cause as { message?: unknown } | null)?.message
  return typeof message === 'string' ? message : 'Something went wrong, and the program did not say what.'
}
