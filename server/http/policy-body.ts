import { z } from 'zod';
import { parseYaml } from '../base/parse-yaml.ts';
import { problem } from './problem.ts';

/** A document with the text it was written as. */
export class Written {
  readonly document: unknown;
  readonly source: string;
  constructor(document: unknown, source: string) {
    this.document = document;
    this.source = source;
  }
}

/** YAML text as a document. Throws `malformed_yaml` naming the line of the first mistake. */
const readYaml = (raw: Buffer): Written => {
  const text = raw.toString('utf8');
  const yaml = parseYaml(text);
  if (yaml.ok) return new Written(yaml.value, text);
  const [first] = yaml.mistakes;
  throw problem('malformed_yaml', `Correct the policy at line ${first?.line}: ${first?.message}.`);
};

/** A policy document as the body of a request, JSON or YAML. */
export const policyBody = {
  limit: 1024 * 1024,
  body: z.unknown().describe('The policy document.'),
  alsoTakes: { 'text/yaml': readYaml, 'application/yaml': readYaml },
} as const;
