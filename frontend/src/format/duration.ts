/** Minutes in one increment of a tenth of an hour. */
export const INCREMENT = 6

/** 552 → "9h12"; 48 → "0h48". */
export function hoursMinutes(minutes: number): string {
  const sign = minutes < 0 ? '-' : ''
  const whole = Math.abs(minutes)
  return `${sign}${Math.floor(whole / 60)}h${String(whole % 60).padStart(2, '0')}`
}

/** Worked time to read: 4320 s → "1h12"; 1140 s → "19 min"; 40 s → "40 s". */
export function worked(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : hoursMinutes(minutes)
}

/** A stopwatch: 754 s → "0:12:34". */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

/** Billed minutes in hours: 72 → "1.2"; 15 → "0.25". To the hundredth, as they are billed. */
export function tenths(minutes: number): string {
  return inHours(Math.round((minutes * 100) / 60))
}

/** The sum of hours as they are shown: what is shown adds up. */
export function sumOfHours(shown: readonly string[]): string {
  return inHours(shown.reduce((sum, hours) => sum + Math.round(Number(hours) * 100), 0))
}

function inHours(hundredths: number): string {
  return hundredths % 10 === 0 ? (hundredths / 100).toFixed(1) : (hundredths / 100).toFixed(2)
}

/**
 * Minutes that a person typed as time: "1.2" and "1,2" are hours, "1:12", "1h12" and "1h" hours and minutes, "72m"
 * and "72 min" minutes. null when it is none of these, or more than a day.
 */
export function parseMinutes(typed: string): number | null {
  const text = typed.trim().toLowerCase()
  const sum = minutesOf(text)
  return sum === null || sum > 24 * 60 ? null : sum
}

function minutesOf(text: string): number | null {
  let m = /^(\d{0,2}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?)?$/.exec(text)
  if (m?.[1]) return Math.round(Number(m[1].replace(',', '.')) * 60)
  m = /^(\d{1,4})\s*(?:m|mins?|minutes?)$/.exec(text)
  if (m) return Number(m[1])
  m = /^(\d{1,2})\s*(?::|h)\s*([0-5]?\d)\s*(?:m|min)?$/.exec(text)
  return m ? Number(m[1]) * 60 + Number(m[2]) : null
}

/** One increment more or less, landing on whole increments; never under one. */
export function step(minutes: number, direction: 1 | -1): number {
  const steps = minutes / INCREMENT
  const next = direction > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1
  return Math.max(1, next) * INCREMENT
}

/** A part of the day's sum. */
export interface Part {
  name: string
  minutes: number
}

/** The parts to show: billable always, the others when there is any. */
export function parts(s: {
  billable_minutes: number
  nonbillable_minutes: number
  private_minutes: number
  unexplained_minutes: number
}): Part[] {
  return [
    { name: 'billable', minutes: s.billable_minutes },
    { name: 'non-billable', minutes: s.nonbillable_minutes },
    { name: 'private', minutes: s.private_minutes },
    { name: 'unexplained', minutes: s.unexplained_minutes },
  ].filter((part) => part.name === 'billable' || part.minutes !== 0)
}

/** "1 entry", "9 entries". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
