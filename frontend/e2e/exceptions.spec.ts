import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { start, startable, type Running } from './program'
import { accessible, open, rowOf, selectedID, shot, walkTo, type Opened } from './window'

// What wants a person: a meeting with work in it, one draft that is two, two
// that are one, and what the guidelines object to. On a fresh sample day.
describe.skipIf(!startable)('the exceptions', () => {
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

  const readings = () => page.getByRole('group', { name: 'Which was it?' })
  const hoursOf = async (id: string) => Number(await rowOf(page, id).locator('.hours button').innerText())
  const toBill = async () => Number((await page.locator('.bill b').first().innerText()).trim())
  const inThemes = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await shot(page, `${name}-${colorScheme}`)
      await accessible(page)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const undo = async () => {
    await page.keyboard.press('u')
    await page.waitForTimeout(400)
  }

  test('both readings of a meeting are told once, where the person is', async () => {
    await readings().first().waitFor()
    expect(await readings().count()).toBe(1)
    const bearing = await page.locator('[data-row]', { has: readings() }).getAttribute('data-row')
    expect(await selectedID(page)).toBe(bearing)
    expect(await readings().innerText()).toMatch(/took \d+ min of it[\s\S]*all along/)
    await inThemes('overlap')
    await page.keyboard.press('j')
    expect(await readings().count()).toBe(1)
    expect(await page.locator('[data-row]', { has: readings() }).getAttribute('data-row')).not.toBe(bearing)
  })

  test.each([
    ['1', 'as seen'],
    ['2', 'attended'],
  ])('%s says that it was %s, with the minutes that were told, and undo asks again', async (key) => {
    const id = (await page.locator('[data-row]', { has: readings() }).getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    const told = await readings()
      .getByRole('button')
      .nth(Number(key) - 1)
      .locator('.bills')
      .innerText()
    await page.keyboard.press(key)
    await readings().waitFor({ state: 'detached' })
    const hours = [...told.matchAll(/\d+\.\d+/g)].map((m) => Number(m[0]))
    const narrative = await rowOf(page, id).locator('.narrative').innerText()
    const now = await hoursOf(id)
    expect(hours, `${narrative} bills what was told`).toContain(now)
    await undo()
    await readings().waitFor()
  })

  test('S splits a draft into parts that come to the whole, and undo makes it one', async () => {
    const id =
      (await page.locator('[data-row].ready').filter({ hasText: 'reply brief' }).first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    const [whole, all, drafts] = [await hoursOf(id), await toBill(), await page.locator('[data-row]').count()]
    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'Split' })
    const part = (n: number) => dialog.getByRole('spinbutton', { name: `Hours of part ${n}` })
    await part(1).waitFor()
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    const [first, second] = [Number(await part(1).innerText()), Number(await part(2).innerText())]
    expect(first + second).toBeCloseTo(whole, 5)
    expect(first).toBeGreaterThan(second)
    await dialog.getByRole('textbox', { name: 'Narrative of part 2' }).fill('Cite-check reply brief on objections')
    await dialog.getByRole('button', { name: 'Matter of part 2' }).click()
    await page.keyboard.type('firm admin')
    await page.keyboard.press('Enter')
    await inThemes('split')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('[data-row]').count()).toBe(drafts + 1)
    expect(await hoursOf(id)).toBe(first)
    const cut = page.locator('[data-row]').filter({ hasText: 'Cite-check reply brief' })
    expect(await cut.innerText()).toContain('not billed')
    await undo()
    await expect.poll(() => hoursOf(id)).toBe(whole)
    await expect.poll(() => toBill()).toBe(all)
    expect(await page.locator('[data-row]').count()).toBe(drafts)
  })

  test('G merges with the next of its matter, as shown before, and does not swallow g m', async () => {
    const ready = page.locator('[data-row].ready')
    const id = (await ready.filter({ hasText: 'meet and confer log' }).first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    const drafts = await page.locator('[data-row]').count()
    await page.keyboard.press('g')
    const dialog = page.getByRole('dialog', { name: 'Merge' })
    await dialog.locator('.result b').waitFor()
    const one = await dialog.locator('.result').innerText()
    await page.keyboard.press('j')
    await page.keyboard.press('Space')
    await expect.poll(() => dialog.locator('.result').innerText()).not.toBe(one)
    await inThemes('merge')
    const shown = Number((await dialog.locator('.result b').innerText()).replace('≈', ''))
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('[data-row]').count()).toBe(drafts - 2)
    expect(await hoursOf(id)).toBe(shown)
    await undo()
    await expect.poll(() => page.locator('[data-row]').count()).toBe(drafts)

    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.getByRole('heading', { level: 1, name: 'Matters' }).waitFor()
    expect(await page.locator('dialog').count()).toBe(0)
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await rowOf(page, id).waitFor()
  })

  test('what is typed is checked while it is typed', async () => {
    const id =
      (await page
        .locator('[data-row].ready')
        .filter({ hasText: 'Draft and revise response' })
        .first()
        .getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    await expect.poll(() => page.locator('#why').innerText()).toMatch(/None\. Checked against [\w ]+/)
    await page.keyboard.press('e')
    await page.getByRole('textbox', { name: 'Narrative' }).fill('T/c w/ client re settlement of claim; travel to court')
    const found = page.locator('#typed-findings')
    await expect.poll(() => found.innerText()).toMatch(/entry of its own/i)
    expect(await page.locator('.mirror span').count()).toBeGreaterThan(0)
    await inThemes('typing')
    await page.keyboard.press('Control+f')
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Narrative' }).inputValue())
      .toMatch(/^Telephone conference with/)
    await page.keyboard.press('Enter')
    await expect.poll(() => rowOf(page, id).locator('.narrative').innerText()).toMatch(/^Telephone conference with/)
  })

  test('a row says that something is wrong, and F applies the fix and keeps the time', async () => {
    const id = await selectedID(page)
    await rowOf(page, id)
      .getByLabel(/entry of its own/)
      .waitFor()
    const [whole, all, drafts] = [await hoursOf(id), await toBill(), await page.locator('[data-row]').count()]
    await inThemes('findings')
    expect(await page.locator('#why').innerText()).toMatch(/\d\.\d.* \+ \d\.\d.* = \d\.\d/)
    await page.keyboard.press('f')
    await expect.poll(() => page.locator('[data-row]').count()).toBe(drafts + 1)
    expect(await hoursOf(id)).toBeLessThan(whole)
    expect(await toBill()).toBe(all)
    await undo()
    await expect.poll(() => hoursOf(id)).toBe(whole)
  })

  test('Shift+A accepts what is in sight and clean, and leaves the rest', async () => {
    const faulty = page.locator('[data-row].ready').filter({ has: page.locator('.side .warning, .side .error') })
    expect(await faulty.count()).toBeGreaterThan(0)
    const id = (await faulty.first().getAttribute('data-row')) ?? ''
    await rowOf(page, id).scrollIntoViewIfNeeded()
    await page.keyboard.press('Shift+A')
    await page.getByText(/drafts? accepted\./).waitFor()
    expect(await page.locator('[data-row].ready .tick').count()).toBeGreaterThan(1)
    expect(await faulty.locator('.tick').count()).toBe(0)
    const below = page.locator('[data-row].ready').last()
    expect(await below.locator('.tick').count(), 'what is out of sight is not accepted').toBe(0)
    expect(opened.complaints).toEqual([])
  })
})
