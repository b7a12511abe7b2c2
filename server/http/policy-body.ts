import { parseDocument } from 'yaml';
import { z } from 'zod';
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

/** YAML text as a document. Throws `malformed_yaml` naming line and column. */
const parseYaml = (raw: Buffer): Written => {
  const text = raw.toString('utf8');
  const parsed = parseDocument(text, { prettyErrors: true });
  const first = parsed.errors[0];
  if (first) throw problem('malformed_yaml', `Correct the policy: ${first.message.split('\n')[0]}.`);
  try {
    return new Written(parsed.toJS({ maxAliasCount: 100 }), text);
  } catch (error) {
    throw problem('malformed_yaml', `Correct the policy: ${(error as Error).message}.`);
  }
};

/** A policy document as the body of a request, JSON or YAML. */
export const policyBody = {
  limit: 1024 * 1024,
  body: z.unknown().describe('The policy document.'),
  alsoTakes: { 'text/yaml': parseYaml, 'application/yaml': parseYaml },
} as const;
