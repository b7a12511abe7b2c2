import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkArchitecture } from '../../scripts/architecture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let planted: string;

beforeEach(async () => {
  planted = await mkdtemp(join(root, 'data-architecture-'));
});
afterEach(() => rm(planted, { recursive: true, force: true }));

const plant = async (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(planted, path)), { recursive: true });
    await writeFile(join(planted, path), text);
  }
  const { violations } = await checkArchitecture(planted, [
    ...new Set(Object.keys(files).map((path) => path.split('/')[0]!)),
  ]);
  return violations.map(({ rule }) => rule);
};

const target = { 'server/storage/open-storage.ts': 'export const open = 1;\n' };

test.each([
  [
    'routing-is-pure',
    {
      ...target,
      'server/routing/decide.ts':
        "import { open } from '../storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'routing-is-pure',
    {
      ...target,
      'server/routing/decide.ts':
        "import type { open } from '../storage/open-storage.ts';\nexport type X = typeof open;\n",
    },
  ],
  [
    'routing-libraries',
    {
      'server/routing/decide.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
    },
  ],
  [
    'assignments-know-ports',
    {
      ...target,
      'server/assignments/claim.ts':
        "import { open } from '../storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'http-calls-use-cases',
    {
      ...target,
      'server/http/leads.ts': "import { open } from '../storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'rounds-call-use-cases',
    {
      'server/crm/zoho/facts.ts': 'export const z = 1;\n',
      'server/rounds/look.ts': "import { z } from '../crm/zoho/facts.ts';\nexport const x = z;\n",
    },
  ],
  [
    'no-crm-imports-another',
    {
      'server/crm/zoho/facts.ts': 'export const z = 1;\n',
      'server/crm/hubspot/client.ts': "import { z } from '../zoho/facts.ts';\nexport const x = z;\n",
    },
  ],
  [
    'command-line-decides-alone',
    {
      ...target,
      'server/command-line/route.ts':
        "import { open } from '../storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'nobody-calls-the-command-line',
    {
      'server/command-line/route.ts': 'export const route = 1;\n',
      'server/http/leads.ts': "import { route } from '../command-line/route.ts';\nexport const x = route;\n",
    },
  ],
  [
    'sandbox-stands-alone',
    {
      ...target,
      'sandbox/main.ts':
        "import { open } from '../server/storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'slack-calls-use-cases',
    {
      ...target,
      'slack/home.ts': "import { open } from '../server/storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'hubspot-card-stands-alone',
    {
      ...target,
      'hubspot-app/src/app/cards/card.ts':
        "import type { open } from '../../../../server/storage/open-storage.ts';\nexport type X = typeof open;\n",
    },
  ],
  [
    'hubspot-preview-knows-the-card',
    {
      ...target,
      'hubspot-app/preview/page.ts':
        "import { open } from '../../server/storage/open-storage.ts';\nexport const x = open;\n",
    },
  ],
  [
    'no-circular',
    {
      'server/base/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'server/base/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    },
  ],
])('a planted violation is found: %s', async (rule, files) => {
  expect(await plant(files)).toContain(rule);
});

test('imports along the arrows pass', async () => {
  const files = {
    'server/routing/lead.ts': 'export const lead = 1;\n',
    'server/assignments/claim.ts': "import { lead } from '../routing/lead.ts';\nexport const x = lead;\n",
  };
  expect(await plant(files)).toEqual([]);
});
