import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { start, startable, type Running } from './program'
import { accessible, open, selected, selectedID, shot, walkTo, type Opened } from './window'

// A day of strangers' mail, by keyboard alone: rows that open, and what is folded.
describe.skipIf(!startable)('rows of mail', () => {
  let running: Running
  let opened: Opened
  let page: Page

  beforeAll(async () => {
    running = await start('strangers')
    opened = await open(running.url)
    page = opened.page
    await page.locator('[data-row]').first().waitFor()
  })
  afterAll(async () => {
    await opened?.browser.close()
    await running?.stop()
  })

  const row = () => page.locator('[data-row].need[aria-expanded]').first()
  const messages = () => page.locator('[data-row^="mail:"]')
  const focused = () => selected(page).evaluate((node) => node === document.activeElement)
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const pictures = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await shot(page, `${name}-${colorScheme}`)
      await accessible(page)
    }
    await page.emulateMedia({ colorScheme: 'light' })
    for (const [size, width, height] of [
      ['1024', 1024, 700],
      ['twice', 680, 430],
    ] as const) {
      await page.setViewportSize({ width, height })
      await shot(page, `${name}-${size}`)
      const outside = await page
        .locator('main [data-row] *')
        .evaluateAll((nodes) =>
          nodes
            .filter((n) => n.getBoundingClientRect().right > window.innerWidth + 1)
            .map((n) => n.outerHTML.slice(0, 90)),
        )
      expect(outside).toEqual([])
      await accessible(page)
    }
    await page.setViewportSize({ width: 1360, height: 860 })
  }

  test('what fits no matter is one row with its messages and its time', async () => {
    await expect.poll(() => row().innerText()).toMatch(/7 messages · 0h\d\d/)
    expect(await row().getAttribute('aria-expanded')).toBe('false')
    expect(await page.locator('[data-row].need').count()).toBe(1)
    await page.getByText('3 messages folded').waitFor()
  })

  test('it opens, and messages are chosen in it', async () => {
    await walkTo(page, (await row().getAttribute('data-row')) ?? '')
    await press('ArrowRight')
    await expect.poll(() => messages().count()).toBe(7)
    expect(await row().getAttribute('aria-expanded')).toBe('true')
    expect(await messages().first().innerText()).toMatch(/09:55\s+Eve Lund\s+Parking next Tuesday/)
    await press('j', 'j', 'a')
    expect(await page.getByText('3 of 7 chosen').count()).toBe(1)
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(3)
    await expect.poll(focused).toBe(true)
    await pictures('rows')
  })

  test('M puts those under a matter, the next message has the focus, and undo gives all back', async () => {
    await press('m')
    await page.getByRole('dialog', { name: 'Choose a matter for 3 messages' }).waitFor()
    await page.keyboard.type('rivera')
    await press('Enter')
    await page.getByText('3 messages put under Rivera v. Acme. U takes it back.').waitFor()
    await expect.poll(() => messages().count()).toBe(4)
    expect(await selectedID(page)).toMatch(/^mail:/)
    await expect.poll(focused).toBe(true)
    expect(await page.locator('[data-row].ready').count()).toBe(1)
    await press('u')
    await expect.poll(() => messages().count()).toBe(7)
    expect(await page.locator('[data-row].ready').count()).toBe(0)
  })

  test('one message is set aside, and then all of the row', async () => {
    await press('x')
    await page.getByText('1 message set aside as no work').waitFor()
    await expect.poll(() => messages().count()).toBe(6)
    await press('Escape')
    await expect.poll(() => messages().count()).toBe(0)
    await expect.poll(focused).toBe(true)
    await press('x')
    await expect.poll(() => page.locator('[data-row].need').count()).toBe(0)
    await press('u')
    await expect.poll(() => row().innerText()).toMatch(/6 messages/)
    await press('u')
    await expect.poll(() => row().innerText()).toMatch(/7 messages/)
  })

  test('folded mail opens by sender with the reason, W makes work of it, and undo folds it again', async () => {
    await walkTo(page, 'folded')
    await press('o', 'j')
    expect(await selected(page).innerText()).toMatch(/Bench & Brief[\s\S]*2 messages · can be unsubscribed from/)
    await press('ArrowRight')
    await expect.poll(() => messages().count()).toBe(2)
    expect(await page.locator('.block.dim').count()).toBeGreaterThan(0)
    await pictures('folded')
    await press('w')
    await page.getByText('2 messages drafted as work').waitFor()
    await page.getByText('1 message folded').waitFor()
    await expect.poll(() => row().innerText()).toMatch(/9 messages/)
    expect(await selectedID(page)).toMatch(/^fold:Parking/)
    await press('u')
    await page.getByText('3 messages folded').waitFor()
    expect(opened.complaints).toEqual([])
  })
})
