// Instants reach the page as RFC 3339 with the day's own offset, so that the
// clock to show is in the text itself.

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "10:02", the clock where it happened; "" for no instant. */
export function clock(instant: string): string {
  return instant.slice(11, 16)
}

/** "10:02–11:14", or "10:02" for a moment. */
export function clocks(start: string, end: string): string {
  return clock(start) === clock(end) ? clock(start) : `${clock(start)}–${clock(end)}`
}

/** Milliseconds since 1970. */
export function millis(instant: string): number {
  return Date.parse(instant)
}

/** "Thursday 19 November" and its year, for a day YYYY-MM-DD. */
export function dayTitle(day: string): { text: string; year: string } {
  const at = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(at.getTime())) return { text: day, year: '' }
  return {
    text: `${WEEKDAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`,
    year: String(at.getUTCFullYear()),
  }
}

/** "19 Nov, 10:02" for an instant; "" for none. */
export function moment(instant: string): string {
  if (instant.length < 16) return ''
  const month = MONTHS[Number(instant.slice(5, 7)) - 1] ?? ''
  return `${Number(instant.slice(8, 10))} ${month.slice(0, 3)}, ${clock(instant)}`
}

/** "19 Nov 2026" for a day YYYY-MM-DD. */
export function shortDay(day: string): string {
  const month = MONTHS[Number(day.slice(5, 7)) - 1]
  return month ? `${Number(day.slice(8, 10))} ${month.slice(0, 3)} ${day.slice(0, 4)}` : day
}
