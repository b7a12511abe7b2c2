import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOWED_TOP_LEVEL_FIELDS, Components } from '@hubspot/project-parsing-lib/constants';
import { expect, test } from 'vitest';
import { SCOPES } from '../../server/crm/hubspot/scopes.ts';
import { configSchemas } from './support/config-schemas.ts';
import {
  CARDS,
  configOf,
  filesBelow,
  metafiles,
  PROJECT,
  readJson,
  SOURCE,
  translated,
} from './support/project.ts';

interface AppConfig {
  readonly auth: { readonly requiredScopes: string[]; readonly optionalScopes: string[] };
  readonly permittedUrls: { readonly fetch: string[] };
}

const profile = () =>
  readJson(join(SOURCE, 'hsprofile.production.json')) as { variables: Record<string, string> };

test('HubSpot’s own tools read the project and skip no metafile', async () => {
  const { intermediateRepresentation, skippedHsMetaFiles } = await translated();
  expect(skippedHsMetaFiles).toEqual([]);
  expect(Object.keys(intermediateRepresentation.intermediateNodesIndexedByUid).sort()).toEqual([
    'fairlead_app',
    'fairlead_assign_lead',
    'fairlead_record_card',
    'fairlead_webhooks',
  ]);
});

test('every component belongs to the app', async () => {
  const { intermediateRepresentation } = await translated();
  for (const node of Object.values(intermediateRepresentation.intermediateNodesIndexedByUid))
    if (node.componentType !== 'APPLICATION') expect(node.componentDeps.app).toBe('fairlead_app');
});

test.each(metafiles())(
  '$path has a proper uid, no unknown member, and lies where its type belongs',
  (file) => {
    const { uid, type } = file.content;
    expect(uid).toMatch(/^[A-Za-z0-9_.-]{1,64}$/);
    expect(Object.keys(file.content).filter((key) => !ALLOWED_TOP_LEVEL_FIELDS.has(key as never))).toEqual(
      [],
    );
    const component = Components[type]!;
    expect(file.folder).toBe(
      component.parentComponent ? join(component.parentComponent, component.dir) : component.dir,
    );
  },
);

test('of what an app may have once there is one', () => {
  const types = metafiles().map(({ content }) => content.type);
  for (const type of new Set(types))
    if (Components[type]!.singularComponent) expect(types.filter((one) => one === type)).toHaveLength(1);
});

test('every config is one HubSpot takes', async () => {
  const { intermediateRepresentation } = await translated();
  for (const { componentType, config } of Object.values(
    intermediateRepresentation.intermediateNodesIndexedByUid,
  ))
    expect(configSchemas[componentType]!.safeParse(config)).toMatchObject({ success: true });
});

test('the schemas notice what HubSpot’s parser lets pass', async () => {
  const card = (await configOf('CARD')) as object;
  for (const wrong of [
    { location: 'crm.record.middle' },
    { objectTypes: ['CONTACT'] },
    { title: 'Fairlead' },
  ])
    expect(configSchemas.CARD!.safeParse({ ...card, ...wrong }).success).toBe(false);
});

test('the card’s entrypoint is there', async () => {
  const { entrypoint } = (await configOf('CARD')) as { entrypoint: string };
  expect(existsSync(join(SOURCE, entrypoint))).toBe(true);
});

test('the app asks for the scopes the code needs, and no other', async () => {
  const { auth } = (await configOf('APPLICATION')) as AppConfig;
  expect(auth.requiredScopes).toEqual([...SCOPES.required]);
  expect(auth.optionalScopes).toEqual([...SCOPES.optional]);
});

test('the address of the service stands in one place', async () => {
  const { SERVICE_URL } = profile().variables;
  const holding = filesBelow(SOURCE).filter((path) => readFileSync(path, 'utf8').includes(SERVICE_URL!));
  expect(holding.map((path) => path.slice(SOURCE.length + 1)).sort()).toEqual([
    'app/local.json',
    'hsprofile.production.json',
  ]);
  expect(readJson(join(SOURCE, 'app/local.json'))).toEqual({ proxy: { [SERVICE_URL!]: expect.any(String) } });
});

test('the card may fetch from the service, and fetches from nowhere else', async () => {
  const { permittedUrls } = (await configOf('APPLICATION')) as AppConfig;
  expect(permittedUrls.fetch).toEqual([profile().variables.SERVICE_URL]);
  for (const path of filesBelow(CARDS).filter((file) => /\.tsx?$/.test(file)))
    expect(readFileSync(path, 'utf8')).not.toMatch(/https?:\/\//);
});

test('the card uses what every sidebar has, and nothing else is bundled with it', () => {
  const sources = filesBelow(CARDS).filter((file) => /\.tsx?$/.test(file));
  const imported = sources.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/ from '([^.][^']*)'/g),
  ]);
  expect(new Set(imported.map(([, name]) => name))).toEqual(new Set(['@hubspot/ui-extensions', 'react']));
});

test('what HubSpot installs for the card is what is tested here', () => {
  const card = readJson(join(CARDS, 'package.json')) as { dependencies: Record<string, string> };
  const tested = readJson(join(PROJECT, 'package.json')) as { devDependencies: Record<string, string> };
  expect(tested.devDependencies).toMatchObject(card.dependencies);
});
