import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join(ROOT, 'docs/security/asvs.md');
const text = readFileSync(PAGE, 'utf8');

/** Requirements of levels 1 and 2 of ASVS 5.0.0: each section with its numbers. */
const NUMBERS = `
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1-1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2
4.1:1-3 4.2:1-1 4.3:1-2 4.4:1-4 5.1:1-1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3
6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1-1 8.4:1-1 9.1:1-3 9.2:1-4 10.1:1-2
10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1-1 11.6:1-1
12.1:1-3 12.2:1-2 12.3:1-4 13.1:1-1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3
15.3:1-7 16.1:1-1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3 17.1:1-1 17.2:1-4 17.3:1-2`;

const WANTED = NUMBERS.trim()
  .split(/\s+/)
  .flatMap((section) => {
    const [, name, from, to] = /^([\d.]+):(\d+)-(\d+)$/.exec(section)!;
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${name}.${Number(from) + at}`);
  });

const ROWS = [...text.matchAll(/^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, number, asks, state, where]) => ({ number, asks: asks!, state: state!, where: where! }),
);
const linksIn = (part: string): string[] => [...part.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to!);

describe('the checklist', () => {
  test('has every requirement of levels 1 and 2 once, in order', () => {
    expect(WANTED).toHaveLength(253);
    expect(ROWS.map(({ number }) => number)).toEqual(WANTED);
  });

  test.each(ROWS.map((row) => [row.number, row] as const))('%s says what stands and why', (_, row) => {
    expect(['met', 'n/a', 'open']).toContain(row.state);
    expect(row.asks.length).toBeGreaterThan(5);
    expect(row.where.length).toBeGreaterThan(3);
    if (row.state === 'open') expect(row.where).toMatch(/Meanwhile: /);
  });

  test('names files and headings that are there', () => {
    for (const to of linksIn(text).filter((link) => !link.startsWith('https://'))) {
      const [path = '', heading] = to.split('#');
      const file = resolve(dirname(PAGE), path);
      expect(existsSync(file), to).toBe(true);
      if (heading === undefined) continue;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, words]) =>
        words!
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replace(/\s/g, '-'),
      );
      expect(headings, to).toContain(heading);
    }
  });

  test('counts what it says, here and in SECURITY.md', () => {
    const count = (state: string) => ROWS.filter((row) => row.state === state).length;
    const all = `| all | ${count('met')} | ${count('n/a')} | ${count('open')} |`;
    expect(text).toContain(all);
    for (const chapter of text.matchAll(/^## V(\d+) (.+)$/gm)) {
      const own = ROWS.filter(({ number }) => number!.startsWith(`${chapter[1]}.`));
      const of = (state: string) => own.filter((row) => row.state === state).length;
      const line = `| V${chapter[1]} ${chapter[2]} | ${of('met')} | ${of('n/a')} | ${of('open')} |`;
      expect(text).toContain(line);
      expect(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).toContain(line);
    }
    expect(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).toContain(all);
  });
});
