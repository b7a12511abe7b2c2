import { z } from 'zod';

const named = z.looseObject({ name: z.string() }).nullable();

/** What the package's Apex reads of one decision; the rest is kept as it came. */
const decision = z.looseObject({
  record: z.string(),
  outcome: z.string(),
  /** Whom the caller is to write as owner; null: leave it alone. */
  ownerId: z.string().nullable().optional(),
  id: z.string().optional(),
  rule: named.optional(),
  pool: named.optional(),
  rep: named.optional(),
  queue: named.optional(),
  logOnly: z.boolean().optional(),
  reason: z.string().optional(),
  decidedAt: z.string().optional(),
  error: z.looseObject({ code: z.string(), detail: z.string() }).optional(),
});

const reply = z.object({ decisions: z.array(decision) });

export type FlowDecision = z.infer<typeof decision>;

/** Fairlead's answer about these records, or what is wrong with it: it must have as many decisions, in order. */
export const readDecisions = (
  text: string,
  asked: readonly string[],
): { readonly decisions: readonly FlowDecision[] } | { readonly problem: string } => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'the reply is no JSON' };
  }
  const parsed = reply.safeParse(json);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { decisions } = parsed.data;
  if (decisions.length !== asked.length)
    return { problem: `${asked.length} records were sent and ${decisions.length} decisions came back` };
  const other = decisions.findIndex((one, index) => one.record.slice(0, 15) !== asked[index]?.slice(0, 15));
  if (other >= 0) return { problem: `decision ${other} is about another record than the one sent` };
  return { decisions };
};
