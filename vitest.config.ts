import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/support/summary-reporter.ts';

export default defineConfig({
  test: {
    include: ['{test,hubspot-app/test}/**/*.test.{ts,tsx}'],
    reporters: ['default', new SummaryReporter()],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What a test waits for may take its time on a loaded machine.
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
  },
});
