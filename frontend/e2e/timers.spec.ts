import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { start, startable, type Running } from './program'
import { accessible, open, shot, type Opened } from './window'

// Timers and notes, from any page.
describe.skipIf(!startable)('timers and notes', () => {
  let running: Running
  let opened: Opened
  let page: Page

  beforeAll(async () => {
    running = await start('sample')
    opened = await open(running.url)
    page = opened.page
    await page.locator('[data-row]').first().waitFor()
  })
  afterAll(async () => {
    await opened?.browser.close()
    await running?.stop()
  })

  const timers = () => page.getByRole('dialog', { name: 'Timers' })
  const face = () => page.getByRole('button', { name: /^Timers, .* runs$/ })
  const inThemes = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await shot(page, `${name}-${colorScheme}`)
      await accessible(page)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('T starts one with its label and matter, and it counts', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.getByRole('heading', { level: 1, name: 'Matters' }).waitFor()
    await page.keyboard.press('t')
    await timers().waitFor()
    await page.keyboard.type('Call with opposing counsel')
    await timers()
      .getByRole('button', { name: /^Matter:/ })
      .click()
    await page.keyboard.type('acme')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await timers().waitFor({ state: 'detached' })
    await face().waitFor()
    const seconds = async () => Number((await face().innerText()).match(/\d:\d\d:(\d\d)/)?.[1])
    const before = await seconds()
    await expect.poll(seconds, { timeout: 5000 }).toBeGreaterThan(before)
  })

  test('another pauses it, and the list switches back', async () => {
    await page.keyboard.press('Shift+T')
    await page.keyboard.type('Research on sanctions')
    await page.keyboard.press('Enter')
    await expect.poll(() => face().innerText()).toContain('Research')
    await page.keyboard.press('Shift+T')
    await timers().getByText('Rivera v. Acme Logistics').first().waitFor()
    await inThemes('timers')
    await timers().getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => timers().locator('li.running').innerText()).toContain('Call with opposing counsel')
    await page.keyboard.press('Escape')
  })

  test('T stops it, and what it ran is among the drafts of today', async () => {
    await page.keyboard.press('t')
    await page.getByText(/^Stopped at/).waitFor()
    await page.getByRole('button', { name: 'Timers, 1 paused' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    const title = page.getByRole('heading', { level: 1 })
    const sampled = await title.innerText()
    await page.getByRole('button', { name: 'Today', exact: true }).click()
    await expect.poll(() => title.innerText()).not.toBe(sampled)
    await expect.poll(() => page.getByRole('treegrid').innerText()).toMatch(/opposing counsel/i)
  })

  test('a note shows what it becomes and what it asks, before it is taken', async () => {
    const before = await page.locator('[data-row]').count()
    await page.keyboard.press('n')
    const note = page.getByRole('dialog', { name: 'Note' })
    await note.waitFor()
    await accessible(page)
    await page.keyboard.type(
      'call with opposing counsel re discovery half an hour, then 1.2 drafting the motion to compel for Rivera, and a quick call with the clerk',
    )
    await expect.poll(() => note.locator('li').count()).toBe(3)
    // the only matter that is named is proposed for all of it
    expect(await note.locator('li').nth(0).innerText()).toMatch(/^0\.5[\s\S]*discovery[\s\S]*Rivera/)
    expect(await note.locator('li').nth(2).innerText()).toMatch(/clerk[\s\S]*\?/)
    expect(await note.locator('li').nth(1).innerText()).toMatch(/^1\.2[\s\S]*motion to compel/)
    expect(await page.locator('[data-row]').count(), 'nothing is kept of what is only typed').toBe(before)
    await inThemes('note')
    await page.keyboard.press('Enter')
    await page.getByText('Noted: 3 drafts').waitFor()
    await expect
      .poll(() => page.locator('[data-row]').filter({ hasText: 'motion to compel' }).count())
      .toBeGreaterThan(0)
    await page.keyboard.press('u')
    await expect.poll(() => page.locator('[data-row]').filter({ hasText: 'motion to compel' }).count()).toBe(0)
  })

  test('the day that a note names is taken with D, its minutes are stated, and undo moves it back', async () => {
    await page.keyboard.press('n')
    await page
      .getByRole('textbox', { name: 'What did you do?' })
      .fill('yesterday 0.4 review of order re sanctions, Rivera')
    await page.keyboard.press('Enter')
    await page.getByText(/^Noted: 1 draft/).waitFor()
    const row = page.locator('[data-row].need').filter({ hasText: 'order regarding sanctions' })
    await row.waitFor()
    await row.locator('.narrative').click()
    expect(await row.innerText()).toMatch(/D\s*it was [\s\S]*no, this day[\s\S]*your note · stated/)
    expect(await page.locator('#why dl').innerText()).toContain('24 min stated → 0.4')
    await inThemes('day-asked')
    const title = page.getByRole('heading', { level: 1 })
    const noted = await title.innerText()
    await page.keyboard.press('d')
    await page.getByText(/^On \w+ .* now\. U takes it back\.$/).waitFor()
    await row.waitFor({ state: 'detached' })
    await page.keyboard.press('[')
    await expect.poll(() => title.innerText()).not.toBe(noted)
    const there = page.locator('[data-row].ready').filter({ hasText: 'order regarding sanctions' })
    await there.waitFor()
    await page.keyboard.press('u')
    await there.waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await row.waitFor()
    await page.keyboard.press('u')
    await row.waitFor({ state: 'detached' })
  })

  test('what cannot be is said, and the words stay', async () => {
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'What did you do?' }).fill('0.3')
    await page.getByText(/Say what was done/).waitFor()
    opened.complaints.length = 0 // the browser logs the refusals
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    expect(await page.getByRole('textbox', { name: 'What did you do?' }).inputValue()).toBe('0.3')
    await page.keyboard.press('Escape')
    expect(opened.complaints).toEqual([])
  })
})
