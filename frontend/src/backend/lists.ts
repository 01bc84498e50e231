import { listFields, listMethods } from './types'

const fields = new Set(listFields)
const methods = new Set(listMethods)

/** Go spells an empty list null. This puts [] wherever a list belongs, in place. */
export function withLists<T>(method: string, answer: T): T {
  if (answer === null && methods.has(method)) return [] as T
  fill(answer)
  return answer
}

function fill(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(fill)
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>
    for (const key of Object.keys(record)) {
      if (record[key] === null && fields.has(key)) record[key] = []
      else fill(record[key])
    }
  }
}
