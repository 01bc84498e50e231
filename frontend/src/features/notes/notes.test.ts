import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Backend, NotePartView } from '../../backend'
import type { Toasts } from '../../ui/toasts.svelte'
import { Notes, said } from './notes.svelte'

const part = (more: Partial<NotePartView> = {}) =>
  ({ text: '', narrative: 'Call', worked_seconds: 1080, asks: [], draft: 'd', needs: '', ...more }) as NotePartView

const backend = {
  ReadNote: vi.fn<(text: string, day: string) => Promise<NotePartView[]>>(),
  TakeNote: vi.fn<(text: string, day: string) => Promise<NotePartView[]>>(),
  Matters: () => Promise.resolve([]),
}
const done = vi.fn()
const wrong = vi.fn()
let notes: Notes

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  notes = new Notes(backend as unknown as Backend, { done, wrong } as unknown as Toasts)
  notes.show()
})
afterEach(() => void vi.useRealTimers())

const type = (text: string) => {
  notes.text = text
  notes.typed()
}

test('what is typed is read when the person pauses, once', async () => {
  backend.ReadNote.mockResolvedValue([part()])
  type('0.3 c')
  await vi.advanceTimersByTimeAsync(100)
  type('0.3 call')
  await vi.advanceTimersByTimeAsync(149)
  expect(backend.ReadNote).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(backend.ReadNote.mock.calls).toEqual([['0.3 call', '']])
  expect(notes.parts).toHaveLength(1)
})

test('an answer to what was typed before is not shown', async () => {
  let answer: (parts: NotePartView[]) => void = () => {}
  backend.ReadNote.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  type('first')
  await vi.advanceTimersByTimeAsync(150)
  backend.ReadNote.mockResolvedValue([part({ narrative: 'Second' })])
  type('second')
  await vi.advanceTimersByTimeAsync(150)
  answer([part({ narrative: 'First' })])
  await vi.advanceTimersByTimeAsync(0)
  expect(notes.parts[0]?.narrative).toBe('Second')
})

test('a refusal keeps the words, and taking them clears the line', async () => {
  backend.TakeNote.mockRejectedValueOnce(new Error('that time has not passed yet'))
  notes.text = '23:00-23:30 call'
  await notes.take()
  expect([notes.open, notes.text, notes.problem]).toEqual([true, '23:00-23:30 call', 'That time has not passed yet'])
  backend.TakeNote.mockResolvedValueOnce([part(), part()])
  await notes.take()
  expect([notes.open, notes.text]).toEqual([false, ''])
  expect(done).toHaveBeenCalledWith('Noted: 2 drafts. U takes it back.')
})

test('words typed while others are taken are another note, and stay', async () => {
  let taken: (parts: NotePartView[]) => void = () => {}
  backend.TakeNote.mockReturnValue(new Promise((resolve) => (taken = resolve)))
  notes.text = '0.3 call'
  const taking = notes.take()
  notes.close()
  notes.show()
  notes.text = '0.5 brief'
  taken([part()])
  await taking
  expect([notes.open, notes.text], 'the dialog that is open now was opened for them').toEqual([true, '0.5 brief'])
  expect(done).toHaveBeenCalledWith('Noted: 1 draft. U takes it back.')
})

test('a note that is refused after it was put aside says so in passing, not beside other words', async () => {
  let refuse: (cause: Error) => void = () => {}
  backend.TakeNote.mockReturnValue(new Promise((_, reject) => (refuse = reject)))
  notes.text = '0.3 call'
  const taking = notes.take()
  notes.close()
  notes.show()
  refuse(new Error('the disk is full'))
  await taking
  expect([notes.problem, notes.text]).toEqual(['', '0.3 call'])
  expect(wrong).toHaveBeenCalledWith('The disk is full')
})

test('what became of it is told, with the question when it is the only one', () => {
  expect(said([part()])).toBe('Noted: 1 draft. U takes it back.')
  expect(said([part({ asks: ['Which matter?'], needs: 'it has no matter' })])).toBe(
    'Noted: 1 draft. U takes it back. It has no matter.',
  )
  const held = 'others hold 10 of the 30 minutes that you said, so it has 20: say whether that is right'
  expect(said([part({ needs: held }), part()])).toBe(
    'Noted: 2 drafts. U takes it back. Others hold 10 of the 30 minutes that you said, so it has 20: say whether that is right.',
  )
  expect(said([part({ needs: held }), part({ needs: 'Who was the call with?' })])).toBe(
    'Noted: 2 drafts. U takes it back. They ask you something.',
  )
  expect(said([part({ draft: '' })])).toBe('Noted. Better evidence has that time already.')
})
