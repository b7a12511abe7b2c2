import { parseDocument } from 'yaml';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';

/** A document with the text it was written as. */
class Written {
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

/** Checks a policy and makes it the live one. */
export const putPolicy = defineEndpoint({
  method: 'put',
  path: '/api/v1/policy',
  summary: 'Publish a policy, as JSON or YAML',
  limit: 1024 * 1024,
  body: z.unknown().describe('The policy document.'),
  alsoTakes: { 'text/yaml': parseYaml, 'application/yaml': parseYaml },
  reply: z.object({ version: z.int() }),
  problems: ['malformed_yaml', 'approval_needed', 'check_not_clean'],
  handle: ({ body, caller }, { useCases }) =>
    useCases.publishPolicy({
      tenantId: caller.tenantId,
      by: caller.subject,
      ...(body instanceof Written ? body : { document: body }),
    }),
});
