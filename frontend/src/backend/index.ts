// The only part of the page that knows how the program is reached.
import { BackendError, type Backend, type Transport } from './backend'
import { httpTransport } from './http'
import { withLists } from './lists'
import { plain, withPlainText } from './plain'
import { methodNames } from './types'
import { wailsTransport } from './wails'

export * from './backend'
export * from './latest'
export type * from './types'

/** Returns the program behind the page: the window's own, else the one that served it. */
export function connect(transport: Transport = wailsTransport() ?? httpTransport()): Backend {
  const ask = methodNames.map((name) => [
    name,
    async (...args: unknown[]) => withPlainText(withLists(name, await told(transport.call(name, args)))),
  ])
  return { ...Object.fromEntries(ask), onStale: (tell) => transport.onStale(tell) } as Backend
}

// A refusal may quote what others wrote.
async function told(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (cause) {
    if (cause instanceof BackendError) throw new BackendError(plain(cause.message), { cause })
    throw cause
  }
}
