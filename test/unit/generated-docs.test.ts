import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatedDocs } from '../../scripts/generated-docs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(generatedDocs(root).map(([path, text]) => ({ path, text })))(
  '$path is current: otherwise run `npm run docs`',
  ({ path, text }) => {
    expect(readFileSync(`${root}${path}`, 'utf8') === text).toBe(true);
  },
);
