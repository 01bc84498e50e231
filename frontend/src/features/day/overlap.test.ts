import { expect, test } from 'vitest'
import type { DraftView, OverlapView } from '../../backend'
import { asksOnly } from './asks'
import { bears, doubtful, inShort, readings } from './overlap'

const overlap: OverlapView = {
  meeting: 'call',
  narrative: 'Telephone conference with co-counsel regarding motion to compel',
  seconds: 720,
  worked_minutes: 48,
  attended_minutes: 60,
  work: [
    {
      draft: 'letter',
      matter: '2024-0113',
      narrative: 'Draft letter to opposing counsel',
      seconds: 720,
      worked_minutes: 12,
      attended_minutes: 0,
    },
  ],
}
const draft = (id: string, more: Partial<DraftView> = {}) =>
  ({ id, matter: '2024-0113', overlap, ...more }) as unknown as DraftView

test('both readings are told in plain words, with what each bills', () => {
  const [seen, attended] = readings(overlap)
  expect(seen).toEqual({
    key: '1',
    says: 'The letter took 12 min of it',
    bills: [
      { name: 'call', hours: '0.8' },
      { name: 'letter', hours: '0.2' },
    ],
  })
  expect(attended.says).toBe('You were on the call all along')
  expect(attended.bills).toEqual([
    { name: 'call', hours: '1.0' },
    { name: 'letter', hours: 'nothing' },
  ])
})

test('what has no name of its own is other work, and two letters are told apart', () => {
  const work = overlap.work[0]!
  const [one] = readings({ ...overlap, narrative: 'Conference', work: [{ ...work, narrative: 'Cite-check' }] })
  expect(one.says).toBe('The other work took 12 min of it')
  expect(one.bills[0]?.name).toBe('meeting')
  const [two] = readings({ ...overlap, work: [work, { ...work, draft: 'b' }] })
  expect(two.says).toBe('The other work took 12 min of it')
  expect(two.bills.map((b) => b.name)).toEqual(['call', 'letter', 'letter 2'])
})

test('the readings are shown once: where the person is, else at the meeting', () => {
  const [call, letter] = [draft('call'), draft('letter')]
  expect([bears(call, undefined), bears(letter, undefined)]).toEqual([true, false])
  expect([bears(call, letter), bears(letter, letter)]).toEqual([false, true])
  const elsewhere = draft('x', { overlap: { ...overlap, meeting: 'x' } })
  expect([bears(call, elsewhere), bears(letter, elsewhere)]).toEqual([true, false])
})

test('a draft that lacks its matter is asked for that first', () => {
  const lost = draft('letter', { matter: '' })
  expect(doubtful(lost)).toBe(false)
  expect(bears(lost, lost)).toBe(false)
  expect(bears(draft('call'), lost)).toBe(true)
  expect(doubtful(draft('plain', { overlap: undefined }))).toBe(false)
})

test('the other of the two says where it stands', () => {
  expect(inShort(draft('letter'), overlap)).toBe('12 min of it within the call')
  expect(inShort(draft('call'), overlap)).toBe('12 min of other work within it')
})

test('what a draft asks is answered by accepting it, once it lacks nothing else', () => {
  const block = draft('block', {
    overlap: undefined,
    asks: [{ about: 'time', text: 'say how much of this day was work' }],
    billed_minutes: 480,
    narrative: 'Trial',
  })
  expect(asksOnly(block)).toBe(true)
  expect(asksOnly({ ...block, billed_minutes: 0 })).toBe(false)
  expect(asksOnly({ ...block, matter: '' })).toBe(false)
  expect(asksOnly({ ...block, asks: [] })).toBe(false)
})
