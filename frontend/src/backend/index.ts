// The only part of the page that knows how the program is reached.
import type { Backend, Transport } from './backend'
import { httpTransport } from './http'
import { withLists } from './lists'
import { methodNames } from './types'
import { wailsTransport } from './wails'

export * from './backend'
export type * from './types'

/** Returns the program behind the page: the window's own, else the one that served it. */
export function connect(transport: Transport = wailsTransport() ?? httpTransport()): Backend {
  const ask = methodNames.map((name) => [
    name,
    async (...args: unknown[]) => withLists(name, await transport.call(name, args)),
  ])
  return { ...Object.fromEntries(ask), onStale: (tell) => transport.onStale(tell) } as Backend
}
