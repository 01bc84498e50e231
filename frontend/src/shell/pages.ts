/** The pages there are, in the order of the rail. The key follows g. */
export const pages = [
  { id: 'day', label: 'Day', key: 'd' },
  { id: 'posting', label: 'Posting', key: 'p' },
  { id: 'matters', label: 'Matters', key: 'm' },
  { id: 'sources', label: 'Sources', key: 's' },
] as const

export type PageID = (typeof pages)[number]['id']
