import { enabled, type Action } from '../../actions/action'
import { apart } from '../../format/apart'
import type { Day } from './day.svelte'
import { besides, opens } from './gathered'
import { doubtful } from './overlap'
import { chooseAllOf, closeRow, extend, openRow, take, taking, toggle, unfold, unfolding } from './taking'

/** What can be done with rows that open, and with what stands in them. */
export function withinActions(day: Day): Action[] {
  return [...opening(day), ...choosing(day), ...deciding(day)]
}

function opening(day: Day): Action[] {
  const group = 'Look'
  const closed = () => opens(day.row) && !day.mail.opened.has(day.selected)
  return [
    {
      id: 'open-row',
      label: 'Open the row',
      keys: ['ArrowRight', 'o'],
      hint: 'open',
      group,
      keyboardOnly: true,
      when: closed,
      run: () => openRow(day),
    },
    {
      id: 'into-row',
      label: 'Go into the row that is open',
      keys: ['ArrowRight'],
      group,
      keyboardOnly: true,
      when: () => opens(day.row) && !closed(),
      run: () => day.move(1),
    },
    {
      id: 'unchoose',
      label: 'Let go of what is chosen',
      keys: ['Escape'],
      group,
      keyboardOnly: true,
      when: () => arrowsTaken(day) && day.mail.chosen.size > 0,
      run: () => day.mail.choose([]),
    },
    {
      id: 'close-row',
      label: 'Close the row',
      keys: ['ArrowLeft', 'o', 'Escape'],
      hint: 'close',
      group,
      keyboardOnly: true,
      when: () => arrowsTaken(day) && !closed(),
      run: () => closeRow(day),
    },
  ]
}

function choosing(day: Day): Action[] {
  const group = 'Choose messages'
  const inside = () => day.row?.message !== undefined
  return [
    {
      id: 'choose-message',
      label: 'Choose the message, or not',
      keys: ['Space'],
      hint: 'choose',
      group,
      keyboardOnly: true,
      when: inside,
      run: () => toggle(day),
    },
    {
      id: 'choose-down',
      label: 'Choose down to the next',
      keys: ['Shift+ArrowDown', 'Shift+j'],
      hint: 'several',
      group,
      keyboardOnly: true,
      when: () => inside() && besides(day.rows, day.row).length > 1,
      run: () => extend(day, 1),
    },
    {
      id: 'choose-up',
      label: 'Choose up to the one before',
      keys: ['Shift+ArrowUp', 'Shift+k'],
      group,
      keyboardOnly: true,
      when: () => inside() && besides(day.rows, day.row).length > 1,
      run: () => extend(day, -1),
    },
    {
      id: 'choose-person',
      label: 'Choose all of that person',
      keys: ['a'],
      hint: () => (day.row?.message?.who ? `all of ${apart(day.row.message.who)}` : ''),
      group,
      keyboardOnly: true,
      when: () => Boolean(day.row?.message?.who_at),
      run: () => chooseAllOf(day),
    },
  ]
}

function deciding(day: Day): Action[] {
  const group = 'Decide about messages'
  const some = () => taking(day) !== undefined
  const candidate = (i: number): Action => ({
    id: `take-candidate-${i + 1}`,
    label: `Put the messages under matter ${i + 1}`,
    keys: [String(i + 1)],
    group,
    keyboardOnly: true,
    when: () => !doubtful(taking(day)?.draft) && taking(day)?.draft.candidates[i] !== undefined,
    run: () => {
      const meant = taking(day)
      if (meant) take(day, { matter: meant.draft.candidates[i]?.matter ?? '' }, meant)
    },
  })
  return [
    candidate(0),
    candidate(1),
    candidate(2),
    {
      id: 'take-matter',
      label: 'Choose the matter of the messages',
      keys: ['m', 'Enter'],
      hint: 'matter',
      group,
      when: some,
      run: () => day.askMatter(day.selected, taking(day)),
    },
    {
      id: 'take-aside',
      label: 'The messages are not work',
      keys: ['x'],
      hint: 'not work',
      group,
      when: some,
      run: () => take(day, { aside: true }),
    },
    {
      id: 'take-private',
      label: 'The messages are your own time',
      keys: ['p'],
      hint: 'private',
      group,
      when: some,
      run: () => take(day, { private: true }),
    },
    {
      id: 'unfold',
      label: 'The folded messages are work',
      keys: ['w'],
      hint: 'this is work',
      group,
      when: () => unfolding(day).length > 0,
      run: () => unfold(day),
    },
  ]
}

/** Does what a key does here, for a button that shows the key. */
export function strikeWithin(day: Day, key: string): void {
  const action = deciding(day).find((a) => a.keys.includes(key) && enabled(a))
  void action?.run()
}

/** Whether the arrow keys are for the row selected, and not for other days. */
export function arrowsTaken(day: Day): boolean {
  return opens(day.row) || day.row?.of !== undefined
}
