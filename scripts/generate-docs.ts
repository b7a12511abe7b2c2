/** Writes the generated documents: `npm run docs`. A test fails when one is out of date. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './generated-docs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const [path, text] of generatedDocs(root)) writeFileSync(`${root}${path}`, text);
