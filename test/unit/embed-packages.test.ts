import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dynamicsFiles, zohoFiles } from '../../scripts/embed-packages.ts';
import { zip } from '../../scripts/zip.ts';
import { REASON_COLUMNS } from '../../server/crm/dynamics/facts.ts';
import { REASON_FIELDS } from '../../server/crm/zoho/facts.ts';

/** Files a page or a script of a package names beside itself. */
const named = (text: string): readonly string[] =>
  [...text.matchAll(/(?:src|href|from)[= ]["'](?:\.\/)?([\w-]+\.(?:js|css))["']/g)].map(([, name]) => name!);

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

describe.each([
  ['Dynamics 365', dynamicsFiles(), Object.values(REASON_COLUMNS)],
  ['Zoho CRM', zohoFiles(), Object.values(REASON_FIELDS)],
] as const)('what is uploaded to %s', (_, files, fields) => {
  const all = Object.values(files).join('\n');

  test('holds every file that its pages name', () => {
    const there = Object.keys(files).map(baseOf);
    const wanted = Object.values(files).flatMap(named);
    expect(wanted.length).toBeGreaterThan(2);
    expect(wanted.filter((name) => !there.includes(name))).toEqual([]);
  });

  test('reads the fields that Fairlead writes', () => {
    for (const field of fields) expect(all).toContain(`'${field}'`);
  });

  test('writes nothing as markup, and holds no secret', () => {
    expect(all).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(|Bearer|secret/i);
  });
});

test('an archive is one that others open, and the same each time', () => {
  const files = { 'plugin-manifest.json': '{}', 'app/ümlaut.txt': 'text '.repeat(1000) };
  const archive = zip(files);
  expect(zip(files)).toEqual(archive);
  const path = join(mkdtempSync(join(tmpdir(), 'embeds-')), 'widget.zip');
  writeFileSync(path, archive);
  // The first entry by the format's own offsets.
  const [packed, nameLength] = [archive.readUInt32LE(18), archive.readUInt16LE(26)];
  const from = 30 + nameLength;
  expect(inflateRawSync(readFileSync(path).subarray(from, from + packed)).toString()).toBe('{}');
  const python = (() => {
    try {
      return execFileSync('python3', [
        '-c',
        `import zipfile;z=zipfile.ZipFile(${JSON.stringify(path)});print(z.testzip(), z.namelist())`,
      ]).toString();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  })();
  if (python !== null) expect(python).toContain("None ['plugin-manifest.json', 'app/ümlaut.txt']");
});
