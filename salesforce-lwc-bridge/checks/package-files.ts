import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with the package's metadata. */
export const PACKAGE = fileURLToPath(new URL('../force-app/main/default', import.meta.url));

export interface PackageFile {
  /** Below PACKAGE, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file of the package that is deployed: tests of components are not. */
export const readPackage = (): readonly PackageFile[] =>
  readdirSync(PACKAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(PACKAGE.length + 1).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }));

/** A file's name without folders and endings. */
export const nameOf = (path: string): string => path.split('/').pop()!.split('.')[0]!;
