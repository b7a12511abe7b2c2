import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { metadataProblems, textsOf } from '../../salesforce-lwc-bridge/checks/metadata-shapes.ts';
import { nameOf, type PackageFile, readPackage } from '../../salesforce-lwc-bridge/checks/package-files.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

const files = readPackage();
const below = (folder: string) => files.filter(({ path }) => path.startsWith(`${folder}/`));
const metadata = files.filter(({ path }) => path.endsWith('-meta.xml'));
const namesIn = (folder: string) => new Set(below(folder).map(({ path }) => nameOf(path)));
const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';

const permissionSets = below('permissionsets');
const fields = below('objects').filter(({ path }) => path.includes('/fields/') && !path.includes('__mdt/'));
const isRequired = ({ text }: PackageFile) => textsOf(text, 'required').includes('true');

test.each(metadata.map(({ path, text }) => [path, text]))(
  '%s has the elements of its type',
  (_path, text) => {
    expect(metadataProblems(text)).toEqual([]);
  },
);

describe('the check of elements', () => {
  const root = (body: string) => `<?xml version="1.0"?><NamedCredential xmlns="x">${body}</NamedCredential>`;
  test.each([
    ['an element that does not exist', '<label>F</label><parameters/>', 'no such element'],
    [
      'a value that is not one of them',
      '<label>F</label><namedCredentialType>Secured</namedCredentialType>',
      'not one of',
    ],
    ['a missing element', '<calloutStatus>Enabled</calloutStatus>', 'label is missing'],
    [
      'no truth value',
      '<label>F</label><allowMergeFieldsInBody>yes</allowMergeFieldsInBody>',
      'not true or false',
    ],
  ])('finds %s', (_what, body, problem) => {
    expect(metadataProblems(root(body)).join('\n')).toContain(problem);
  });
  test('knows what an element has from the kind it is of', () => {
    const start = (body: string) => `<Flow><label>F</label><start>${body}</start></Flow>`;
    expect(metadataProblems(start('<locationX>1</locationX><locationY>left</locationY>'))).toEqual([
      'Flow.start.locationY is left, not a number',
    ]);
    expect(metadataProblems(start('<locationX>1</locationX>'))).toEqual(['Flow.start.locationY is missing']);
  });
  test('finds an unknown type', () => {
    expect(metadataProblems('<Nonsense><a>1</a></Nonsense>')).toEqual(['Nonsense is no metadata type']);
  });
});

test('every class, trigger and component has its metadata, in one version of the API', () => {
  const needing = files
    .filter(({ path }) => /\.(cls|trigger)$/.test(path))
    .map(({ path }) => `${path}-meta.xml`);
  const components = [...new Set(below('lwc').map(({ path }) => path.split('/')[1]!))];
  for (const path of [...needing, ...components.map((name) => `lwc/${name}/${name}.js-meta.xml`)])
    expect(textsOf(textOf(path), 'apiVersion'), path).toEqual(['67.0']);
});

describe('permission sets', () => {
  const granted = (element: string) => new Set(permissionSets.flatMap(({ text }) => textsOf(text, element)));

  test('grant every class that a person, a flow or other code calls', () => {
    const entries = below('classes').filter(({ text }) =>
      /@AuraEnabled\s+public static|@InvocableMethod|implements System\.Callable/.test(text),
    );
    expect(entries.length).toBe(3);
    for (const { path } of entries) expect(granted('apexClass'), path).toContain(nameOf(path));
  });

  test('grant nothing that is not there', () => {
    for (const name of granted('apexClass')) expect(namesIn('classes')).toContain(name);
    for (const name of granted('name')) expect(namesIn('customPermissions')).toContain(name);
    for (const field of granted('field'))
      expect(textOf(`objects/${field.replace('.', '/fields/')}.field-meta.xml`), field).not.toBe('');
    expect([...granted('object')]).toEqual(['Assignment_Decision__c', 'UserExternalCredential']);
  });

  test.each(permissionSets.map(({ path, text }) => [nameOf(path), text]))(
    '%s reads every field, and may use the credential',
    (_name, text) => {
      const readable = textsOf(text, 'field');
      const optional = fields
        .filter((field) => !isRequired(field))
        .map(({ path }) => `${path.split('/').at(-3)}.${nameOf(path)}`);
      expect([...readable].sort()).toEqual([...optional].sort());
      expect(textsOf(text, 'externalCredentialPrincipal')).toEqual(['Fairlead-Service']);
    },
  );

  test('the principal they grant is one of the credential', () => {
    const credential = textOf('externalCredentials/Fairlead.externalCredential-meta.xml');
    expect(credential).toMatch(/<parameterName>Service<\/parameterName>\s*<parameterType>NamedPrincipal/);
    expect(
      textsOf(textOf('namedCredentials/Fairlead.namedCredential-meta.xml'), 'externalCredential'),
    ).toEqual(['Fairlead']);
  });
});

describe('the sample flow', () => {
  const flow = textOf('flows/Fairlead_Assign_New_Leads.flow-meta.xml');
  test('calls the flow action after the lead is saved, where a callout is allowed', () => {
    expect(textsOf(flow, 'actionName')).toEqual(['FairleadAssignLeads']);
    expect(textsOf(flow, 'triggerType')).toEqual(['RecordAfterSave']);
    const [path = ''] = /<scheduledPaths>[\s\S]*<\/scheduledPaths>/.exec(flow) ?? [];
    expect(textsOf(path, 'pathType')).toEqual(['AsyncAfterCommit']);
    // Nothing leaves the start on the immediate path, and the owner we write starts nothing.
    expect(textsOf(flow, 'targetReference')).toEqual(textsOf(path, 'targetReference'));
    expect(textsOf(flow, 'recordTriggerType')).toEqual(['Create']);
    expect(textsOf(flow, 'name')).toContain(textsOf(path, 'targetReference')[0]);
  });
  test('gives only inputs that the action has, and all it needs', () => {
    const [, inputs = ''] =
      /class Input \{([\s\S]*?)\n {4}\}/.exec(textOf('classes/FairleadAssignLeads.cls')) ?? [];
    const declared = [...inputs.matchAll(/@InvocableVariable\(([^)]*)\)\s+public \w+ (\w+);/g)];
    const given = [...flow.matchAll(/<inputParameters>\s*<name>(\w+)</g)].map(([, name]) => name);
    expect(declared.map(([, , name]) => name)).toEqual(expect.arrayContaining(given));
    for (const [, options, name] of declared)
      if (options!.includes('required=true')) expect(given).toContain(name);
  });
  test('is a draft: nothing is routed before somebody says so', () => {
    expect(textsOf(flow, 'status')).toEqual(['Draft']);
  });
});

test('the sample page is a lead’s, and places a component that may stand there', () => {
  const page = textOf('flexipages/Fairlead_Lead_Record_Page.flexipage-meta.xml');
  const placed = textsOf(page, 'componentName').filter((name) => !name.includes(':'));
  expect(placed).toEqual(['fairleadCard']);
  const component = textOf('lwc/fairleadCard/fairleadCard.js-meta.xml');
  expect(textsOf(component, 'target')).toContain('lightning__RecordPage');
  expect(textsOf(component, 'object')).toContain(textsOf(page, 'sobjectType')[0]);
  expect(new Set(textsOf(page, 'identifier')).size).toBe(textsOf(page, 'componentName').length);
});

test('the switch sets every one of its fields', () => {
  const set = textsOf(textOf('customMetadata/Fairlead_Setting.Default.md-meta.xml'), 'field');
  const declared = below('objects/Fairlead_Setting__mdt/fields').map(({ path }) => nameOf(path));
  expect([...set].sort()).toEqual([...declared].sort());
});

test('a component uses labels that exist, and no label is left over', () => {
  const declared = textsOf(textOf('labels/CustomLabels.labels-meta.xml'), 'fullName');
  const used = below('lwc').flatMap(({ text }) =>
    [...text.matchAll(/@salesforce\/label\/c\.(\w+)/g)].map(([, name]) => name!),
  );
  expect([...new Set(used)].sort()).toEqual([...declared].sort());
  const words = textOf('lwc/fairleadText/fairleadText.js')
    .match(/export const text = \{([^}]*)\}/)![1]!
    .match(/\w+/g)!;
  const elsewhere = below('lwc')
    .filter(({ path }) => !path.includes('fairleadText'))
    .map(({ text }) => text)
    .join('\n');
  for (const word of words) expect(elsewhere, word).toMatch(new RegExp(`text\\.${word}\\b`));
});

test('no secret and no address of ours is in the package', () => {
  for (const { path, text } of files) {
    expect(text, path).not.toMatch(/Bearer [A-Za-z0-9_-]{8,}|-----BEGIN|consumerSecret/);
    expect(text.match(/https:\/\/(?!fairlead\.example\.com)[\w.]+/g) ?? [], path).toEqual([]);
  }
});

/** Salesforce's registry of types. */
const registryFile = vendorSpecs('salesforce/sdr-metadataRegistry-12.37.2.json') ?? '';

test.skipIf(registryFile === '')('folders and endings are those of the registry', () => {
  type Type = { readonly directoryName?: string; readonly suffix?: string };
  const { types } = JSON.parse(readFileSync(registryFile, 'utf8')) as { types: Record<string, Type> };
  const known = new Set(
    Object.values(types).map(({ directoryName, suffix }) => `${directoryName}/${suffix}`),
  );
  const tops = metadata.filter(({ path }) => !/^(lwc|objects)\//.test(path));
  for (const { path } of tops) {
    const suffix = path.replace('-meta.xml', '').split('.').pop();
    expect(known, path).toContain(`${path.split('/')[0]}/${suffix}`);
  }
});
