import { describe, expect, test } from 'vitest'
import type { ObservationView } from '../../backend'
import { hoursOf, layout, scaleFor, type Block } from './timeline'

const at = (hhmm: string) => `2026-11-19T${hhmm}:00-05:00`
let next = 0
const seen = (kind: string, start: string, end = start, more: Partial<ObservationView> = {}): ObservationView =>
  ({
    id: `o${next++}`,
    kind,
    start: at(start),
    end: at(end),
    subject: kind,
    all_day: false,
    ...more,
  }) as ObservationView
const scale = scaleFor([seen('edit', '08:00', '18:00')], [], 600)!
const overlap = (a: Block, b: Block) =>
  a.left < b.left + b.width - 1e-9 &&
  b.left < a.left + a.width - 1e-9 &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height

describe('the scale', () => {
  test('fits whole hours around what was seen', () => {
    const fit = scaleFor([seen('edit', '08:20', '17:40')], [], 1000)!
    expect(fit.perHour).toBe(100)
    expect(hoursOf(fit, 'America/New_York').map((h) => h.label)).toEqual(
      ['08', '09', '10', '11', '12', '13', '14', '15', '16', '17', '18'], // prettier-ignore
    )
  })
  test('scrolls rather than squeeze', () =>
    expect(scaleFor([seen('edit', '00:00', '23:59')], [], 300)!.perHour).toBe(56))
  test('is none for a day without anything', () => expect(scaleFor([], [], 600)).toBeNull())
  test('counts the hours of a day that springs forward', () => {
    const spring = { ...seen('edit', '00:00'), start: '2026-03-08T01:00:00-05:00', end: '2026-03-08T04:00:00-04:00' }
    const fit = scaleFor([spring], [], 300)!
    expect(hoursOf(fit, 'America/New_York').map((h) => h.label)).toEqual(['01', '03', '04', '05'])
  })
  test('starts on a whole local hour where the zone is half an hour off', () => {
    const india = { ...seen('edit', '00:00'), start: '2026-11-19T09:10:00+05:30', end: '2026-11-19T11:00:00+05:30' }
    expect(hoursOf(scaleFor([india], [], 300)!, 'Asia/Kolkata')[0]?.label).toBe('09')
  })
})

describe('the layout', () => {
  test('puts what overlaps side by side and nothing on top of another', () => {
    const blocks = layout(
      [
        seen('meeting', '09:00', '10:00'),
        seen('edit', '09:30', '11:00'),
        seen('timer', '09:45', '10:15'),
        seen('edit', '11:30', '12:00'),
      ],
      [],
      scale,
    )
    expect(blocks.map((b) => Math.round(b.left))).toEqual([0, 33, 67, 0])
    expect(blocks[3]?.width).toBe(100)
    for (const a of blocks) for (const b of blocks) if (a !== b) expect(overlap(a, b)).toBe(false)
  })
  test('what only touches shares a lane', () => {
    const blocks = layout([seen('meeting', '09:00', '10:00'), seen('edit', '10:00', '11:00')], [], scale)
    expect(blocks.map((b) => b.width)).toEqual([100, 100])
  })
  test('what is no time leaves the work most of the room', () => {
    const called = { status: 'declined', ignored: 'declined' }
    const [work, aside] = layout(
      [seen('meeting', '09:00', '10:00'), seen('meeting', '09:30', '10:30', called)],
      [],
      scale,
    )
    expect(work!.width).toBeGreaterThan(aside!.width)
    expect(overlap(work!, aside!)).toBe(false)
  })
  test('whatever the day, nothing is drawn on top of another', () => {
    let seed = 7
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    for (let day = 0; day < 40; day++) {
      const things = Array.from({ length: 30 }, () => {
        const start = 8 * 60 + random(540)
        const end = Math.min(start + (random(3) ? random(120) : 0), 18 * 60)
        const hhmm = (m: number) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
        const kind = ['meeting', 'mail_sent', 'edit', 'timer'][random(4)]!
        return seen(kind, hhmm(start), hhmm(end), random(4) ? {} : { ignored: 'declined' })
      }).sort((a, b) => a.start.localeCompare(b.start))
      const blocks = layout(things, [], scale)
      expect(blocks.reduce((n, b) => n + b.observations.length, 0)).toBe(30)
      for (const a of blocks) for (const b of blocks) if (a !== b) expect(overlap(a, b)).toBe(false)
    }
  })
  test('piles up messages that are close, and says how many', () => {
    const mail = ['09:00', '09:04', '09:09', '13:00'].map((t) => seen('mail_sent', t))
    const blocks = layout(mail, [], scale)
    expect(blocks.map((b) => b.label)).toEqual(['3 messages', 'mail_sent'])
    expect(blocks[0]?.observations).toHaveLength(3)
  })
  test('a pile stays small however many messages come', () => {
    const mail = Array.from({ length: 60 }, (_, i) => seen('mail_received', `10:${String(i).padStart(2, '0')}`))
    const blocks = layout(mail, [], scale)
    expect(Math.max(...blocks.map((b) => b.height))).toBeLessThanOrEqual(44)
    expect(blocks.reduce((n, b) => n + b.observations.length, 0)).toBe(60)
  })
  test('never piles what counts with what does not', () => {
    const blocks = layout(
      [seen('mail_received', '09:00'), seen('mail_received', '09:01', '09:01', { ignored: 'an invitation' })],
      [],
      scale,
    )
    expect(blocks).toHaveLength(2)
  })
  test('strikes what was called off, hides what is private, leaves all-day events out', () => {
    const blocks = layout(
      [
        seen('meeting', '09:00', '10:00', { status: 'cancelled', ignored: 'cancelled' }),
        seen('meeting', '10:00', '11:00', { private: true, ignored: 'private', subject: 'Dentist' }),
        seen('meeting', '00:00', '23:59', { all_day: true }),
      ],
      [],
      scale,
    )
    expect(blocks.map((b) => [b.struck, b.dim, b.label])).toEqual([
      [true, true, 'meeting'],
      [false, true, 'Private'],
    ])
  })
})
