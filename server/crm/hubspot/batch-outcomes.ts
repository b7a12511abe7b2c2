import { cutText } from '../../routing/render/cut-text.ts';
import type { Written } from '../bisect.ts';
import type { Reply } from './client.ts';
import { refusalOf } from './failures.ts';
import { type BatchError, batchReply } from './shapes.ts';

interface Traced {
  readonly recordId: string | null;
  readonly traceId: string;
}

/**
 * What a batch reply of 200, 201 or 207 says of each input. Inputs named by neither a result nor an error are `unknown`
 * and have to be looked at. An input is named by our trace id, or by its record's id.
 */
export const batchOutcomes = (inputs: readonly Traced[], reply: Reply): readonly Written[] => {
  const parsed = batchReply.safeParse(reply.body);
  if (!parsed.success) return inputs.map(() => ({ kind: 'unknown' }));
  const { results, errors } = parsed.data;
  const complete = errors.length === 0 && results.length >= inputs.length;
  const written = new Set(
    results.flatMap(({ id, objectWriteTraceId }) => [
      id,
      ...(objectWriteTraceId ? [objectWriteTraceId] : []),
    ]),
  );
  return inputs.map((input): Written => {
    const refusal = errors.find((error) => names(error, input));
    if (refusal) return refused(refusal);
    const known = written.has(input.traceId) || (input.recordId !== null && written.has(input.recordId));
    return complete || known ? { kind: 'written' } : { kind: 'unknown' };
  });
};

const names = ({ context }: BatchError, { recordId, traceId }: Traced): boolean =>
  (context.objectWriteTraceId ?? []).includes(traceId) ||
  (recordId !== null && [...(context.ids ?? []), ...(context.id ?? [])].includes(recordId));

const refused = ({ category, message }: BatchError): Written => {
  if (/NOT_FOUND/.test(category))
    return {
      kind: 'refused',
      code: 'record_gone',
      remedy: 'The record is no longer in HubSpot: nothing needs to be done.',
    };
  const refusal = refusalOf(cutText(message, 300));
  if (/RATE_LIMIT|INTERNAL|CONFLICT/.test(category) && refusal.code === 'rejected')
    return { kind: 'retry', code: category.toLowerCase(), afterMs: null };
  return refusal;
};
