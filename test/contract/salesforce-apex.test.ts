import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { apexProblems, fieldsSelected } from '../../salesforce-lwc-bridge/checks/apex-rules.ts';
import { apexFile, apexFiles, syntaxProblems } from '../../salesforce-lwc-bridge/checks/apex-source.ts';
import { nameOf, readPackage } from '../../salesforce-lwc-bridge/checks/package-files.ts';

const files = readPackage();
const apex = apexFiles(files);
const product = apex.filter(({ isTest, isTrigger }) => !isTest && !isTrigger);

/** Fields of standard objects that the package reads; those of its own objects are its own files. */
const STANDARD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Lead: ['Id', 'OwnerId', 'IsConverted'],
  Profile: ['Id', 'Name'],
  PermissionSet: ['Id', 'Name'],
  UserRecordAccess: ['RecordId', 'UserId', 'HasReadAccess'],
};
const ownFields = (object: string) =>
  files.filter(({ path }) => path.startsWith(`objects/${object}/fields/`)).map(({ path }) => nameOf(path));

test.each(apex.map((file) => [file.name, file] as const))('%s is Apex', (_name, file) => {
  expect(syntaxProblems(file)).toEqual([]);
});

test('keeps the rules that no compiler here checks', () => {
  expect(apexProblems(apex)).toEqual([]);
});

describe('the rules find', () => {
  const method = (signature: string) =>
    `public with sharing class X { @InvocableMethod(callout=true) ${signature} {} }`;
  test.each([
    ['no sharing', 'public class X { }', 'whose records'],
    ['an invocable that is not static', method('public List<Out> m(List<In> i)'), 'one invocable'],
    ['an invocable without lists', method('public static Out m(In i)'), 'one invocable'],
    [
      'a second invocable',
      method('public static List<A> m(List<B> i) {} @InvocableMethod public static List<A> n(List<B> i)'),
      'one invocable',
    ],
    [
      'a component method that is not static',
      'public with sharing class X { @AuraEnabled public String m() { } }',
      'for components',
    ],
    [
      'a query in nobody’s mode',
      'public with sharing class X { List<Lead> l = [SELECT Id FROM Lead]; }',
      'whose mode',
    ],
    ['a change in nobody’s mode', 'public with sharing class X { void m() { update leads; } }', 'user mode'],
    [
      'a change without an access level',
      'public with sharing class X { void m() { Database.update(leads, false); } }',
      'user mode',
    ],
    ['a log', 'public with sharing class X { void m() { System.debug(token); } }', 'nothing is logged'],
    [
      'an address',
      "public with sharing class X { String a = 'https://x.example'; }",
      'addresses and secrets',
    ],
  ])('%s', (_what, source, rule) => {
    expect(apexProblems([apexFile('classes/X.cls', source)]).join('\n')).toContain(rule);
  });
  test('a syntax error', () => {
    expect(syntaxProblems(apexFile('classes/X.cls', 'public class X { void m( { }'))).not.toEqual([]);
  });
});

test('selects only fields that exist', () => {
  const selected = apex.flatMap((file) => fieldsSelected(file).map((each) => ({ ...each, file: file.name })));
  expect(selected.length).toBeGreaterThan(10);
  for (const { object, field, file } of selected)
    expect(
      [...(STANDARD_FIELDS[object] ?? []), ...ownFields(object)],
      `${file}: ${object}.${field}`,
    ).toContain(field);
});

test('sees more than the person may in one place only, which checks first', () => {
  const beyond = apex.filter(({ code }) => /without sharing|SYSTEM_MODE/.test(code)).map(({ name }) => name);
  expect(beyond).toEqual(['FairleadStoredReason']);
});

test('calls out through the named credential of the package only', () => {
  const named = apex.flatMap(({ source }) => [...source.matchAll(/callout:(\w+)/g)].map(([, name]) => name));
  expect([...new Set(named)]).toEqual(['Fairlead']);
  expect(product.filter(({ code }) => /new Http\(/.test(code)).map(({ name }) => name)).toEqual([
    'FairleadClient',
  ]);
});

test('every class is used by a test class', () => {
  const tests = apex
    .filter(({ isTest }) => isTest)
    .map(({ code }) => code)
    .join('\n');
  const reached = new Set(product.filter(({ name }) => tests.includes(name)).map(({ name }) => name));
  // Classes that entry points use are run by the tests of those.
  for (const { name, code } of product.filter((file) => reached.has(file.name)))
    for (const other of product)
      if (other.name !== name && code.includes(other.name)) reached.add(other.name);
  expect(
    product
      .map(({ name }) => name)
      .filter((name) => !reached.has(name))
      .filter((name) => !/Handler$/.test(name)),
  ).toEqual([]);
});

test('components pass Salesforce’s own lint', async () => {
  const cwd = fileURLToPath(new URL('../../salesforce-lwc-bridge', import.meta.url));
  const eslint = new ESLint({ cwd, overrideConfigFile: 'eslint.config.cjs' });
  const results = await eslint.lintFiles(['force-app/**/lwc/**/*.js']);
  expect(results.length).toBeGreaterThan(15);
  expect(
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${filePath}:${line} ${message}`),
    ),
  ).toEqual([]);
}, 60_000);

test('the lint finds an unknown decorator use', async () => {
  const cwd = fileURLToPath(new URL('../../salesforce-lwc-bridge', import.meta.url));
  const eslint = new ESLint({ cwd, overrideConfigFile: 'eslint.config.cjs' });
  const [result] = await eslint.lintText(
    "import { LightningElement, api } from 'lwc';\nexport default class X extends LightningElement { @api Wrong; @api disabled = true; m() { setTimeout(() => 1, 5); } }\n",
    { filePath: 'force-app/main/default/lwc/x/x.js' },
  );
  expect(result!.messages.map(({ ruleId }) => ruleId)).toContain('@lwc/lwc/no-async-operation');
}, 60_000);
