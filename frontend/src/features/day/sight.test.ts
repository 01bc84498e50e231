import { expect, test } from 'vitest'
import type { DraftFinding, DraftView } from '../../backend'
import type { Row, Section } from './rows'
import { acceptable } from './sight'

const row = (id: string, section: Section, more: Partial<DraftView> = {}) =>
  ({ id, section, draft: { id, state: 'drafted', accepted: false, ...more } }) as Row
const findings = (known: boolean, ...severities: string[]) => ({
  known,
  of: () => severities.map((severity) => ({ severity }) as DraftFinding),
})

test('only what is ready, checked and clean is accepted without a look', () => {
  expect(acceptable(row('a', 'ready'), findings(true))).toBe(true)
  expect(acceptable(row('a', 'ready'), findings(true, 'note'))).toBe(true)
  expect(acceptable(row('a', 'ready'), findings(true, 'warning'))).toBe(false)
  expect(acceptable(row('a', 'ready'), findings(true, 'note', 'error'))).toBe(false)
  expect(acceptable(row('a', 'ready'), findings(false))).toBe(false)
  expect(acceptable(row('a', 'need'), findings(true))).toBe(false)
  expect(acceptable(row('a', 'ready', { accepted: true }), findings(true))).toBe(false)
  expect(acceptable(row('a', 'done', { state: 'approved' }), findings(true))).toBe(false)
})
