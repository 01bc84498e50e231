import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

// The page is served by the window's asset server or, in tests, over loopback:
// every address in it is relative, and nothing is fetched from elsewhere.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    target: ['es2022', 'safari16'],
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  server: {
    host: '127.0.0.1',
    proxy: process.env.TENTHS_DEV_URL
      ? { '/call': process.env.TENTHS_DEV_URL, '/events': process.env.TENTHS_DEV_URL }
      : undefined,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
