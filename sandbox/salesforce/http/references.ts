import { SalesforceError } from '../errors.ts';

const REFERENCE = /@\{(\w+)(?:\[(\d+)\])?((?:\.\w+(?:\[\d+\])?)*)\}/g;

const halted = (reference: string, path: string): SalesforceError =>
  new SalesforceError(
    'PROCESSING_HALTED',
    `Invalid reference specified. No value for ${reference}${path} found in ${reference}`,
  );

/** Takes what a reference such as @{leads.records[0].Id} means out of an earlier answer. */
const lookUp = (answers: ReadonlyMap<string, unknown>, reference: string, path: string): unknown => {
  if (!answers.has(reference)) throw halted(reference, path);
  const steps = path.match(/\w+/g) ?? [];
  const value = steps.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[step] : undefined,
    answers.get(reference),
  );
  if (value === undefined || value === null) throw halted(reference, path);
  return value;
};

/** Fills the references in a text. */
export const fillText = (answers: ReadonlyMap<string, unknown>, text: string): string =>
  text.replace(REFERENCE, (_all, reference: string, index: string | undefined, path: string) =>
    String(lookUp(answers, reference, `${index === undefined ? '' : `[${index}]`}${path}`)),
  );

/** Fills the references in every text of a body. */
export const fillBody = (answers: ReadonlyMap<string, unknown>, body: unknown): unknown => {
  if (typeof body === 'string') return fillText(answers, body);
  if (Array.isArray(body)) return body.map((item) => fillBody(answers, item));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fillBody(answers, value)]));
};
