import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { files, run } from '../support/command-line.ts';
import { exampleText } from '../support/example.ts';

const FOLDER = fileURLToPath(new URL('../../examples/gallery/', import.meta.url));
const policies = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

test('has ten policies', () => expect(policies).toHaveLength(10));

test.each(policies)('%s does what its tests say, and nothing is proven against it', async (name) => {
  const { tests } = parse(exampleText('gallery', name)) as { readonly tests: readonly unknown[] };
  expect(tests.length).toBeGreaterThan(0);
  const { code, out } = await run('check', '--policy', `${FOLDER}${name}`, '--json');
  const findings = out
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { readonly severity: string; readonly message: string });
  expect({ code, errors: findings.filter(({ severity }) => severity === 'error') }).toEqual({
    code: 0,
    errors: [],
  });
});

test.each(policies)('a test of %s that says otherwise fails', async (name) => {
  const text = exampleText('gallery', name).replace(/expect: \{[^}]*\}/, 'expect: { outcome: not_routed }');
  const { policy } = files({ policy: text });
  const { code, out } = await run('check', '--policy', policy, '--json');
  expect([code, out]).toEqual([1, expect.stringContaining('test_failed')]);
});
