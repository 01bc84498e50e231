import { BackendError, type Topic, type Transport } from './backend'

const SILENT = 'Tenths does not answer. Is it still running?'

/** Reaches the program over loopback, when it serves the page itself. */
export function httpTransport(base = ''): Transport {
  return {
    async call(method, args) {
      const answer = await post(`${base}/call/${method}`, args)
      const text = await answer.text()
      if (answer.ok) return text === '' ? null : JSON.parse(text)
      throw new BackendError(refusal(text) ?? SILENT)
    },
    onStale(tell) {
      const events = new EventSource(`${base}/events`)
      events.onmessage = (event) => tell(String(event.data) as Topic)
      return () => events.close()
    },
  }
}

async function post(url: string, args: unknown[]): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
    })
  } catch (cause) {
    throw new BackendError(SILENT, { cause })
  }
}

function refusal(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message
  } catch {
    return undefined
  }
}
