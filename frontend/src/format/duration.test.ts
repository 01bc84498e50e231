import { describe, expect, test } from 'vitest'
import { hoursMinutes, parseMinutes, parts, step, stopwatch, sumOfHours, tenths, worked } from './duration'
import { clocks, dayTitle, moment } from './time'

test('time is shown as a lawyer writes it', () => {
  expect(hoursMinutes(552)).toBe('9h12')
  expect(hoursMinutes(5)).toBe('0h05')
  expect(worked(4320)).toBe('1h12')
  expect(worked(1140)).toBe('19 min')
  expect(worked(40)).toBe('40 s')
  expect(tenths(72)).toBe('1.2')
  expect(tenths(414)).toBe('6.9')
  expect(tenths(0)).toBe('0.0')
  expect(tenths(15)).toBe('0.25')
  expect(tenths(20)).toBe('0.33')
})

describe('typed time', () => {
  test.each([
    ['1.2', 72],
    ['1,2', 72],
    ['.5', 30],
    ['2', 120],
    ['1.2h', 72],
    ['0.25', 15],
    ['1h12', 72],
    ['1:12', 72],
    ['1h', 60],
    ['72m', 72],
    ['72 min', 72],
    ['0', 0],
  ])('%s', (typed, minutes) => expect(parseMinutes(typed)).toBe(minutes))
  test.each(['', '-1', 'soon', '25', '1:99', '1.2.3', '.'])('%s is no time', (typed) =>
    expect(parseMinutes(typed)).toBeNull(),
  )
})

test('steps land on whole increments and never on nothing', () => {
  expect(step(72, 1)).toBe(78)
  expect(step(72, -1)).toBe(66)
  expect(step(70, 1)).toBe(72)
  expect(step(70, -1)).toBe(66)
  expect(step(6, -1)).toBe(6)
  expect(step(0, 1)).toBe(6)
})

test('the parts shown add up to the whole', () => {
  const all = { billable_minutes: 410, nonbillable_minutes: 64, private_minutes: 48, unexplained_minutes: 30 }
  expect(parts(all).reduce((sum, part) => sum + part.minutes, 0)).toBe(552)
  expect(parts(all)).toHaveLength(4)
  const quiet = { billable_minutes: 0, nonbillable_minutes: 0, private_minutes: 0, unexplained_minutes: 0 }
  expect(parts(quiet)).toEqual([{ name: 'billable', minutes: 0 }])
})

test('clocks are those of the place, days those of the calendar', () => {
  expect(clocks('2026-11-19T10:02:00-05:00', '2026-11-19T11:14:00-05:00')).toBe('10:02–11:14')
  expect(clocks('2026-11-19T10:02:10-05:00', '2026-11-19T10:02:40-05:00')).toBe('10:02')
  expect(dayTitle('2026-11-19')).toEqual({ text: 'Thursday 19 November', year: '2026' })
  expect(dayTitle('2026-03-01').text).toBe('Sunday 1 March')
  expect(moment('2026-11-19T10:02:00-05:00')).toBe('19 Nov, 10:02')
})

test('a stopwatch shows hours, minutes and seconds', () => {
  expect(stopwatch(0)).toBe('0:00:00')
  expect(stopwatch(754.9)).toBe('0:12:34')
  expect(stopwatch(36_061)).toBe('10:01:01')
})

test('hours add up as they are shown', () => {
  expect(sumOfHours(['0.33', '0.33', '0.33'])).toBe('0.99')
  expect(sumOfHours(['1.2', '0.3'])).toBe('1.5')
  expect(sumOfHours([])).toBe('0.0')
})
