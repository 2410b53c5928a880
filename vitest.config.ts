import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A machine that is busy with others takes its time; a second would be a test of that.
    expect: { poll: { timeout: 20_000 } },
  },
})
