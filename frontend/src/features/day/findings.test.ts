import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DayFindings, DraftFinding, DraftView } from '../../backend'
import { clean, fixable, listed, runs, worst } from './findings'
import { Findings } from './findings.svelte'

const finding = (severity: string, from = 0, to = 0, more: Partial<DraftFinding> = {}) =>
  ({ draft: 'a', severity, from, to, message: 'wrong', also: [], ...more }) as DraftFinding

test('only what is worse than a note keeps a draft from being clean', () => {
  expect(worst([finding('note'), finding('error'), finding('warning')])).toBe('error')
  expect(clean([])).toBe(true)
  expect(clean([finding('note')])).toBe(true)
  expect(clean([finding('note'), finding('warning')])).toBe(false)
})

test('the offending words are cut out, the worst where findings overlap', () => {
  const text = 'Attention to file; review exhibits'
  const cut = runs(text, [finding('note', 0, 17), finding('error', 0, 9), finding('warning', 19, 99)])
  expect(cut).toEqual([
    { text: 'Attention', severity: 'error' },
    { text: ' to file', severity: 'note' },
    { text: '; review exhibits', severity: '' },
  ])
  expect(runs('', [])).toEqual([])
  expect(runs(text, [finding('error', 0, text.length)])).toEqual([{ text, severity: '' }])
  expect(runs(text, [finding('error')]).map((r) => r.text)).toEqual([text])
})

test('whatever is found, the runs come to the text', () => {
  const text = 'Révision 📝 of the motion'
  for (let a = 0; a <= text.length; a++)
    for (let b = 0; b <= text.length; b++)
      expect(
        runs(text, [finding('note', a, b), finding('error', b, a + 2)])
          .map((r) => r.text)
          .join(''),
      ).toBe(text)
})

test('the first finding with a fix is the one that a key mends', () => {
  const fix = { kind: 'text', label: 'Name it', parts: [] }
  expect(fixable([finding('error'), finding('note', 0, 0, { fix })])?.fix?.label).toBe('Name it')
  expect(fixable([finding('error')])).toBeUndefined()
  expect(listed(['A', 'B', 'C'])).toBe('A, B and C')
})

describe('checking', () => {
  const backend = {
    CheckDay: vi.fn<(day: string) => Promise<DayFindings>>(),
    CheckDraft: vi.fn<(id: string, narrative: string) => Promise<DraftFinding[]>>(),
  }
  const all: DayFindings = {
    findings: [finding('error')],
    problems: [],
    guidelines: [
      { title: 'General', clients: [], matters: [], from: '', until: '' },
      { title: 'Insurer', clients: ['Harbor'], matters: [], from: '', until: '' },
      { title: 'Old', clients: [], matters: [], from: '', until: '2020-01-01' },
      { title: 'Matter', clients: [], matters: ['M1'], from: '', until: '' },
    ],
  }
  beforeEach(() => {
    vi.useFakeTimers()
    vi.resetAllMocks()
  })
  afterEach(() => void vi.useRealTimers())

  test('nothing counts as clean before the day was checked, nor when it could not be', async () => {
    const findings = new Findings(backend)
    backend.CheckDay.mockResolvedValueOnce(all)
    const reading = findings.read('2026-11-20')
    expect(findings.known).toBe(false)
    await reading
    expect([findings.known, findings.of('a').length, findings.of('b').length]).toEqual([true, 1, 0])
    backend.CheckDay.mockRejectedValueOnce(new Error('no'))
    await findings.read('2026-11-20')
    expect(findings.known).toBe(false)
  })

  test('what a draft was checked against is named', async () => {
    const findings = new Findings(backend)
    backend.CheckDay.mockResolvedValueOnce(all)
    await findings.read('2026-11-20')
    const draft = (matter: string, client: string) => ({ matter, client, day: '2026-11-20' }) as DraftView
    expect(findings.against(draft('M1', 'harbor'))).toEqual(['General', 'Insurer', 'Matter'])
    expect(findings.against(draft('', ''))).toEqual(['General'])
  })

  test('typing is checked when the person pauses, and the latest words count', async () => {
    const findings = new Findings(backend)
    backend.CheckDraft.mockImplementation((_, text) => Promise.resolve(text === 'vague' ? [finding('error')] : []))
    findings.type('a', 'vag')
    await vi.advanceTimersByTimeAsync(100)
    findings.type('a', 'vague')
    await vi.advanceTimersByTimeAsync(150)
    expect(backend.CheckDraft.mock.calls).toEqual([['a', 'vague']])
    expect(findings.typed).toHaveLength(1)
    findings.type('a', 'Draft motion')
    await vi.advanceTimersByTimeAsync(150)
    expect(findings.typed).toEqual([])
  })
})
