import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseProjectConfig } from '@hubspot/project-parsing-lib/projects';
import { translate } from '@hubspot/project-parsing-lib/translate';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const SOURCE = join(PROJECT, 'src');
export const CARDS = join(SOURCE, 'app', 'cards');

/** A metafile as it lies there, before a profile's variables are put in. */
export interface Metafile {
  readonly path: string;
  readonly folder: string;
  readonly content: { readonly uid: string; readonly type: string; readonly config: unknown };
}

/** Files below a folder, but for installed packages. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const metafiles = (): readonly Metafile[] =>
  filesBelow(SOURCE)
    .filter((path) => path.endsWith('-hsmeta.json'))
    .map((path) => ({
      path: relative(SOURCE, path),
      folder: relative(SOURCE, join(path, '..')),
      content: readJson(path) as Metafile['content'],
    }));

/** The project as HubSpot's own tools read it, with the variables of a profile. */
export const translated = () => {
  const { name, platformVersion } = parseProjectConfig(PROJECT);
  const place = { projectSourceDir: SOURCE, platformVersion, accountId: 1, projectConfig: { name } };
  return translate(place as never, { skipValidation: true, profile: 'production' });
};

/** The config of the one component of a type, variables put in. */
export const configOf = async (componentType: string): Promise<unknown> => {
  const { intermediateRepresentation } = await translated();
  const nodes = Object.values(intermediateRepresentation.intermediateNodesIndexedByUid);
  return nodes.find((node) => node.componentType === componentType)?.config;
};
