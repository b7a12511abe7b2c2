/**
 * The Lightning components' own tests: their templates are compiled by Jest's transformer for Salesforce, so Jest runs
 * them, and each of them stands here with its outcome.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const FOLDER = fileURLToPath(new URL('../../salesforce-lwc-bridge', import.meta.url));

/** Runs them all; a failing test is part of the report, not an error. */
const runJest = (): Promise<JestReport> =>
  new Promise((resolve, reject) => {
    const jest = createRequire(import.meta.url)
      .resolve('@salesforce/sfdx-lwc-jest/package.json')
      .replace(/package\.json$/, '');
    const bin = createRequire(jest).resolve('jest/bin/jest');
    const args = [bin, '--config', 'jest.config.cjs', '--json', '--silent', '--runInBand'];
    execFile(process.execPath, args, { cwd: FOLDER, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as JestReport);
      } catch {
        reject(error ?? new Error(stderr));
      }
    });
  });

const { testResults } = await runJest();

test('there are component tests, and every file of them could be run', () => {
  expect(testResults.length).toBeGreaterThan(4);
  expect(
    testResults.filter(({ assertionResults }) => assertionResults.length === 0).map(({ message }) => message),
  ).toEqual([]);
});

describe.each(testResults.map((file) => [basename(file.name), file.assertionResults] as const))(
  '%s',
  (_name, results) => {
    test.each(results.map((result) => [result.fullName, result] as const))(
      '%s',
      (_title, { failureMessages, status }) => {
        expect(failureMessages).toEqual([]);
        expect(status).toBe('passed');
      },
    );
  },
);
