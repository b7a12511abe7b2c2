import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Closes a run with one plain line that any log reader understands: `12 passed, 0 failed, 1 skipped`. It also holds the
 * exit code to it: the library that starts PostgreSQL ends the process by itself, with 0 whatever failed.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      if (module.state() === 'failed' && module.children.size === 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state] += 1;
      }
    }
    const failed = counts.failed > 0 || errors.length > 0 || reason !== 'passed';
    process.on('exit', () => {
      console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
      if (failed) process.exitCode = 1;
    });
  }
}
