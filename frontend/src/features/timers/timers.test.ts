import { beforeEach, expect, test, vi } from 'vitest'
import type { Backend, TimerView } from '../../backend'
import type { Toasts } from '../../ui/toasts.svelte'
import { timerActions } from './actions'
import { called, face, leftOut, Timers } from './timers.svelte'

const timer = (id: number, state: string, more: Partial<TimerView> = {}) =>
  ({
    id,
    label: `T${id}`,
    matter: '',
    matter_name: '',
    state,
    seconds: 60,
    segments: [],
    asleep: [],
    ...more,
  }) as TimerView

const backend = {
  Timers: vi.fn<() => Promise<TimerView[]>>(),
  StopTimer: vi.fn<(id: number) => Promise<TimerView>>(),
  StartTimer: vi.fn<(label: string, matter: string) => Promise<TimerView>>(),
  Matters: () => Promise.resolve([]),
}
const toasts = { done: vi.fn(), wrong: vi.fn() }
let now = 0
let timers: Timers

beforeEach(() => {
  vi.resetAllMocks()
  now = 0
  timers = new Timers(backend as unknown as Backend, toasts as unknown as Toasts, () => now)
})

test('a running timer counts between two answers, a paused one does not', async () => {
  backend.Timers.mockResolvedValue([timer(1, 'running'), timer(2, 'paused')])
  await timers.refresh()
  now = 12_400
  timers.tick()
  expect(timers.list.map((t) => timers.seconds(t))).toEqual([72.4, 60])
  expect(face(timers)).toBe('0:01:12')
  now = 61_000
  timers.tick()
  expect(backend.Timers, 'it is asked again: the machine may have slept').toHaveBeenCalledTimes(2)
})

test('T stops the one that runs, and else begins one', async () => {
  const can = () =>
    timerActions(timers)
      .filter((action) => action.keys.includes('t') && (action.when?.() ?? true))
      .map((action) => action.id)
  backend.Timers.mockResolvedValue([timer(2, 'paused')])
  await timers.refresh()
  expect(can()).toEqual(['timer-start'])
  backend.Timers.mockResolvedValue([timer(1, 'running'), timer(2, 'paused')])
  await timers.refresh()
  expect(can()).toEqual(['timer-stop'])
})

test('what went wrong is told in the dialog while it is open, and else in passing', async () => {
  backend.StartTimer.mockRejectedValue(new Error('matter 7 is closed'))
  backend.Timers.mockResolvedValue([])
  timers.show()
  expect(await timers.start(' call ', '7')).toBe(false)
  expect([backend.StartTimer.mock.calls[0], timers.problem]).toEqual([['call', '7'], 'Matter 7 is closed'])
  expect(toasts.wrong).not.toHaveBeenCalled()
  timers.open = false
  await timers.start('call', '7')
  expect(toasts.wrong).toHaveBeenCalledWith('Matter 7 is closed')
})

test('a timer is called by its label, else by its matter', () => {
  expect(called(timer(1, 'running'))).toBe('T1')
  expect(called(timer(1, 'running', { label: '', matter_name: 'Rivera' }))).toBe('Rivera')
  const slept = { start: '', end: '', seconds: 60, reason: 'asleep', kept: false, can_keep: true, says: '' }
  expect(leftOut(timer(1, 'running', { asleep: [slept] }))).toBe(true)
  expect(leftOut(timer(1, 'running', { asleep: [{ ...slept, can_keep: false }] }))).toBe(false)
})
