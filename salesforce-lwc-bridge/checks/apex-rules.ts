import type { ApexFile } from './apex-source.ts';

/** Rules that no compiler here checks: what an org refuses on deploy or at run time, and what a security review does. */
interface Rule {
  readonly name: string;
  readonly appliesTo: (file: ApexFile) => boolean;
  /** What breaks it. */
  readonly breaks: (file: ApexFile) => readonly string[];
}

const everywhere = () => true;
const inClasses = ({ isTrigger }: ApexFile) => !isTrigger;
const inProduct = ({ isTest }: ApexFile) => !isTest;

/** Matches of a pattern in the code, each told by its beginning. */
const matches = ({ code }: ApexFile, pattern: RegExp): readonly string[] =>
  [...code.matchAll(pattern)].map(([match]) => match.replace(/\s+/g, ' ').slice(0, 60));

const invocableMethods = (file: ApexFile) => matches(file, /@InvocableMethod\b[\s\S]*?\{/gi);

const queries = ({ code }: ApexFile) => [...code.matchAll(/\[\s*SELECT\b[^\]]*\]/gi)].map(([query]) => query);

export const RULES: readonly Rule[] = [
  {
    name: 'a class says whose records it sees',
    appliesTo: inClasses,
    breaks: ({ code }) =>
      /\b(with|without|inherited) sharing class\b/i.test(code) ? [] : ['no sharing declared'],
  },
  {
    name: 'one invocable method to a class, static, a list in and a list out',
    appliesTo: inClasses,
    breaks: (file) => {
      const methods = [...file.code.matchAll(/@InvocableMethod\b[\s\S]*?\{/gi)].map(([text]) => text);
      const shape = /\b(public|global)\s+static\s+List<[\w.]+>\s+\w+\(\s*List<[\w.]+>\s+\w+\s*\)/;
      return [
        ...(methods.length > 1 ? [`${methods.length} invocable methods`] : []),
        ...methods.filter((text) => !shape.test(text)).map(() => 'not static List m(List)'),
      ];
    },
  },
  {
    name: 'invocable methods are seen as callouts by flows',
    appliesTo: inProduct,
    breaks: (file) =>
      invocableMethods(file).length > 0 && !/callout\s*=\s*true/.test(file.code)
        ? ['callout=true is missing']
        : [],
  },
  {
    name: 'methods for components are public and static',
    appliesTo: inClasses,
    breaks: (file) => matches(file, /@AuraEnabled(\([^)]*\))?\s+(?!\s|public\s+static)[\w<>., ]+\(/gi),
  },
  {
    name: 'a query says in whose mode it runs',
    appliesTo: inProduct,
    breaks: (file) => queries(file).filter((query) => !/\bWITH (USER|SYSTEM)_MODE\b/i.test(query)),
  },
  {
    name: 'changes are made in user mode',
    appliesTo: inProduct,
    breaks: (file) => [
      ...matches(file, /(^|[;{}]\s*)(insert|update|upsert|delete)\s+\w+/gim),
      ...matches(file, /\bDatabase\.(insert|update|upsert|delete)\([^;]*/gi).filter(
        (call) =>
          !new RegExp(`${call.slice(0, 20).replace(/[.()]/g, '\\$&')}[^;]*USER_MODE`, 'i').test(
            file.code.replace(/\s+/g, ' '),
          ),
      ),
    ],
  },
  {
    name: 'nothing is logged, and no session leaves the org',
    appliesTo: everywhere,
    breaks: (file) => matches(file, /\bSystem\.debug\b|\bgetSessionId\b/gi),
  },
  {
    name: 'addresses and secrets stand in the named credential only',
    appliesTo: inProduct,
    breaks: ({ source }) =>
      [...source.matchAll(/'https?:[^']*'|'Authorization'|'Bearer /g)].map(([text]) => text),
  },
  {
    name: 'no query or type is put together from text',
    appliesTo: inProduct,
    breaks: (file) => matches(file, /\bDatabase\.(query|queryWithBinds|countQuery)\b|\bType\.forName\b/gi),
  },
  {
    name: 'a trigger hands over to one method',
    appliesTo: ({ isTrigger }) => isTrigger,
    breaks: ({ code }) =>
      (code.match(/;/g) ?? []).length === 1 && !/\b(Http|Database|for|if)\b/.test(code)
        ? []
        : ['more than one call'],
  },
  {
    name: 'tests make their own data',
    appliesTo: ({ isTest }) => isTest,
    breaks: (file) => matches(file, /SeeAllData\s*=\s*true/gi),
  },
];

/** Each breach of a rule, as `file: rule (what)`. */
export const apexProblems = (files: readonly ApexFile[]): readonly string[] =>
  files.flatMap((file) =>
    RULES.filter(({ appliesTo }) => appliesTo(file)).flatMap(({ name, breaks }) =>
      breaks(file).map((what) => `${file.name}: ${name} (${what})`),
    ),
  );

/** What is selected of what: fields by object. Relationship fields and functions are left out. */
export const fieldsSelected = (file: ApexFile): readonly { object: string; field: string }[] =>
  queries(file).flatMap((query) => {
    const [, fields = '', object = ''] = /SELECT\s+([\s\S]*?)\s+FROM\s+(\w+)/i.exec(query) ?? [];
    const conditions = [...query.matchAll(/(?:WHERE|AND|OR|BY)\s+(\w+)\s*(?:=|!=|IN\b|DESC|ASC)/gi)].map(
      ([, field]) => field!,
    );
    return [...fields.split(',').map((field) => field.trim()), ...conditions]
      .filter((field) => /^\w+$/.test(field))
      .map((field) => ({ object, field }));
  });
