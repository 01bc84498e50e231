import { describe, expect, test } from 'vitest'
import type { DraftView, ObservationView } from '../../backend'
import { arithmetic, certainty, estimateOf, seen, standing, untimed } from './words'

const at = (hhmm: string) => `2026-11-19T${hhmm}:00-05:00`
const draft = (more: Partial<DraftView>) =>
  ({ evidence: [], worked_seconds: 4320, hours: '1.2', state: 'drafted', ...more }) as unknown as DraftView
const observation = (kind: string, start: string, end: string, more: Partial<ObservationView> = {}) =>
  ({ id: kind, kind, start: at(start), end: at(end), estimated: false, ...more }) as ObservationView

test('minutes say how they are known', () => {
  const edit = observation('edit', '10:02', '11:14')
  const meeting = observation('meeting', '09:00', '10:00')
  const mail = observation('mail_sent', '12:00', '12:00')
  expect(arithmetic(draft({}), [edit, meeting])).toBe('1h12 measured → 1.2')
  expect(arithmetic(draft({}), [meeting])).toBe('1h12 scheduled → 1.2')
  expect(arithmetic(draft({ estimated: true }), [edit, mail])).toBe('1h12 partly estimated → 1.2')
  expect(arithmetic(draft({ estimated: true }), [mail])).toBe('1h12 estimated → 1.2')
})

describe('what a note says is stated', () => {
  const timed = observation('note', '14:00', '14:20')
  const bare = observation('note', '12:00', '12:00', { estimated: true }) // of another day: when it was is not known
  const about = observation('note', '14:00', '14:20', { estimated: true })
  const edit = observation('edit', '10:02', '11:14')
  const known = (...all: ObservationView[]) => new Map(all.map((o) => [o.id, o]))

  test('in the detail, whether or not it was said when', () => {
    for (const note of [timed, bare]) {
      expect(certainty(note)).toBe('stated')
      expect(arithmetic(draft({}), [note])).toBe('1h12 stated → 1.2')
    }
  })
  test('only where it says how long', () => {
    const open = observation('note', '12:00', '12:00')
    expect(certainty(open)).toBe('')
    expect(seen(draft({ evidence: ['note'], worked_seconds: 0 }), known(open))).toBe('your note')
    expect([untimed(bare), untimed(open), untimed(timed), untimed(about)]).toEqual([true, false, false, false])
  })
  test('roughly, where it says about', () => {
    expect(certainty(about)).toBe('roughly stated')
    expect(arithmetic(draft({ estimated: true }), [about])).toBe('1h12 roughly stated → 1.2')
    expect(seen(draft({ estimated: true, evidence: ['note'] }), known(about))).toBe('your note · roughly stated')
    expect(estimateOf(draft({ estimated: true, evidence: ['note'] }), known(about))).toBe('Said to be about as long')
  })
  test('in the row, and nothing there calls it measured or estimated', () => {
    for (const note of [timed, bare]) {
      const line = seen(draft({ evidence: ['note'] }), known(note))
      expect(line).toBe('your note · stated')
    }
    expect(seen(draft({ evidence: ['note'], worked_seconds: 0 }), known(bare))).toBe('your note')
  })
  test('beside what was measured', () => {
    expect(arithmetic(draft({}), [edit, timed])).toBe('1h12 measured and stated → 1.2')
    const mixed = draft({ estimated: true, evidence: ['note', 'mail_sent'] })
    const mail = observation('mail_sent', '12:00', '12:00', { estimated: true })
    expect(seen(mixed, known(timed, mail))).toBe('1 message · your note · partly estimated')
    expect(estimateOf(mixed, known(timed, mail))).toBe('Partly estimated')
  })
})

test('time of which nobody knows how it came about is not called measured', () => {
  expect(arithmetic(draft({}), [])).toBe('1h12 → 1.2')
  expect(arithmetic(draft({ worked_seconds: 0, hours: '0.0', billed_minutes: 0 }), [])).toBe('Not known yet')
  expect(arithmetic(draft({ worked_seconds: 0, billed_minutes: 72 }), [])).toBe('1.2, typed by you')
})

test('a line says of what a draft was made', () => {
  const all = [observation('edit', '10:02', '11:14', { saves: 6 }), observation('mail_sent', '10:40', '10:40')]
  const observations = new Map(all.map((o) => [o.id, o]))
  const made = draft({ start: at('10:02'), end: at('11:14'), evidence: ['edit', 'mail_sent', 'gone'], edited: true })
  expect(seen(made, observations)).toBe('10:02–11:14 · 1 message · 6 saves · edited')
})

test('an entry says where it stands', () => {
  expect(standing(draft({ state: 'approved' }))).toBe('approved')
  expect(standing(draft({ state: 'approved', posting: 'waiting' }))).toBe('waiting to post')
  expect(standing(draft({ state: 'approved', posting: 'unknown' }))).toBe('unknown, checking')
  expect(standing(draft({ state: 'posted', posting: 'posted', remote_id: '12345' }))).toBe('posted · 12345')
  expect(standing(draft({ state: 'approved', posting: 'needs_you', message: 'the matter is closed' }))).toBe(
    'needs you: the matter is closed',
  )
  expect(standing(draft({ state: 'discarded', private: true }))).toBe('private')
})
