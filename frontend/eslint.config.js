import { readdirSync } from 'node:fs'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

// The walls of the page, each with its reason. A folder may use what stands
// below it: shell > features > actions > ui, format; all may use backend's types.
const features = readdirSync(new URL('./src/features', import.meta.url))
const walls = [
  wall('src/ui/**', ['**/features/**', '**/actions/**', '**/backend/**', '**/shell/**'], 'src/ui knows no feature.'),
  wall('src/format/**', ['../*'], 'src/format is pure and stands alone.'),
  wall('src/actions/**', ['**/features/**', '**/backend/**', '**/shell/**'], 'src/actions knows no feature.'),
  wall('src/backend/**', ['../*'], 'src/backend stands alone.'),
  wall('src/shell/**', [], 'The shell may use everything.'),
  ...features.map((feature) =>
    wall(
      `src/features/${feature}/**`,
      ['**/shell/**', ...features.filter((other) => other !== feature).map((other) => `**/${other}/**`)],
      'Features never import each other.',
    ),
  ),
]

function wall(files, group, message) {
  const inside = ['**/backend/*', '!**/backend/index']
  const patterns = [{ group: inside, message: 'Import from src/backend itself, not from its parts.' }]
  if (group.length > 0) patterns.push({ group, message })
  return { files: [files], rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

const reach = ['go', 'runtime', 'fetch', 'EventSource', 'XMLHttpRequest', 'WebSocket']

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/backend/types.ts'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'svelte/prefer-svelte-reactivity': 'off', // sets and maps here are replaced, never changed
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['src/**'],
    ignores: ['src/backend/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...reach.map((name) => ({ name, message: 'Only src/backend reaches the program.' })),
      ],
      'no-restricted-properties': [
        'error',
        ...reach.map((property) => ({ object: 'window', property, message: 'Only src/backend reaches the program.' })),
      ],
      'max-lines': ['error', 300],
    },
  },
  ...walls,
)
