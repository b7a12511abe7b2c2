import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

type Node = { readonly [name: string]: readonly (Node | string)[] };
interface Field {
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
}

/** Elements that the types have as a whole and the files take apart, or that every type has. */
const EVERYWHERE = new Set(['fullName']);
const UNTYPED = new Set(['LightningComponentBundle.targetConfigs']);

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, isArray: () => true });

/** Every metadata type and enumeration that @salesforce/types knows. */
function readTypes() {
  const file = createRequire(import.meta.url).resolve('@salesforce/types/metadata');
  const source = readFileSync(join(file, '../metadata.d.ts'), 'utf8');
  const shapes = new Map<string, Map<string, Field>>();
  const bases = new Map<string, readonly string[]>();
  for (const [, name, above, body] of source.matchAll(
    /^export type (\w+) = ((?:\w+ & )*)\{\n([\s\S]*?)^\};/gm,
  )) {
    bases.set(name!, above!.split(' & ').slice(0, -1));
    const fields = [...body!.matchAll(/^ {4}(\w+)(\??): ([\w]+)(\[\])?;/gm)].map(
      ([, field, optional, type, list]): [string, Field] => [
        field!,
        { type: type!, isList: list !== undefined, isRequired: optional === '' && list === undefined },
      ],
    );
    shapes.set(name!, new Map(fields));
  }
  const inherit = (name: string): ReadonlyMap<string, Field> => {
    const own = shapes.get(name) ?? new Map<string, Field>();
    for (const base of bases.get(name) ?? [])
      for (const [field, shape] of inherit(base)) own.set(field, shape);
    return own;
  };
  for (const name of shapes.keys()) inherit(name);
  const choices = new Map<string, ReadonlySet<string>>();
  for (const [, name, values] of source.matchAll(/^export type (\w+) = ('[^;]*');/gm))
    choices.set(name!, new Set([...values!.matchAll(/'([^']*)'/g)].map(([, value]) => value!)));
  return { shapes, choices };
}

const types = readTypes();

function valueProblem(path: string, type: string, value: string): string | null {
  const choices = types.choices.get(type);
  if (choices && !choices.has(value)) return `${path} is ${value}, not one of ${[...choices].join(', ')}`;
  if (type === 'boolean' && !/^(true|false)$/.test(value)) return `${path} is ${value}, not true or false`;
  if (type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) return `${path} is ${value}, not a number`;
  return null;
}

function fieldProblems(path: string, field: Field, values: readonly (Node | string)[]): readonly string[] {
  const repeated = values.length > 1 && !field.isList ? [`${path} stands ${values.length} times`] : [];
  const inner = values.flatMap((value) => {
    if (typeof value === 'object' && types.shapes.has(field.type))
      return nodeProblems(path, field.type, value);
    const problem = typeof value === 'string' ? valueProblem(path, field.type, value) : null;
    return problem === null ? [] : [problem];
  });
  return [...repeated, ...inner];
}

function nodeProblems(path: string, type: string, node: Node): readonly string[] {
  const shape = types.shapes.get(type)!;
  const known = Object.entries(node).flatMap(([name, values]) => {
    if (EVERYWHERE.has(name) || UNTYPED.has(`${type}.${name}`)) return [];
    const field = shape.get(name);
    return field
      ? fieldProblems(`${path}.${name}`, field, values)
      : [`${path}.${name}: ${type} has no such element`];
  });
  const missing = [...shape].filter(
    ([name, { isRequired }]) => isRequired && !(name in node) && !EVERYWHERE.has(name),
  );
  return [...known, ...missing.map(([name]) => `${path}.${name} is missing`)];
}

/** What is wrong with a metadata file's elements, by the types Salesforce publishes. */
export function metadataProblems(xml: string): readonly string[] {
  const document = parser.parse(xml) as Node;
  const [root, ...others] = Object.keys(document).filter((name) => !name.startsWith('?'));
  if (root === undefined || others.length > 0) return ['the file has not one root element'];
  if (!types.shapes.has(root)) return [`${root} is no metadata type`];
  const [content] = document[root]!;
  return typeof content === 'object' ? nodeProblems(root, root, content) : [`${root} is empty`];
}

/** The text of every element with this name, at any depth. */
export function textsOf(xml: string, element: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, value]) => value!);
}
