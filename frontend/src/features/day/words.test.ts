import { expect, test } from 'vitest'
import type { DraftView, ObservationView } from '../../backend'
import { arithmetic, seen, standing } from './words'

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
