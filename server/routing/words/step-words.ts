import { isObject, type Json, type JsonObject, valueWords } from './value-words.ts';

/** What a policy's parts are called. `rep`: by id or e-mail address, as written. */
export interface PolicyNames {
  readonly rep: (reference: string) => string;
  readonly pool: (id: string) => string;
  readonly queue: (id: string) => string;
}

/** A step as it is written, in words: `pool Enterprise, offered to one after the other with 10 minutes to claim it`. */
export const stepWords = (step: Json, names: PolicyNames): string => {
  if (!isObject(step)) return valueWords(step);
  const { pool, rep, queue, wait, owner, give, claimWithin, clock, attempts, meanwhile, convert, ...others } =
    step;
  const parts = [
    targetWords({ pool, rep, queue, wait, owner } as JsonObject, names),
    give === 'offer' && `offered to one after the other${claimWords(claimWithin, clock)}`,
    give === 'broadcast' && `offered to all at once${claimWords(claimWithin, clock)}`,
    attempts !== undefined && `${valueWords(attempts)} times at most`,
    isObject(meanwhile) && `meanwhile held by ${targetWords(meanwhile, names)}`,
    convert === true && 'then converted',
    ...Object.entries(others).map(([key, value]) => `${key} ${valueWords(value)}`),
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
};

const claimWords = (within: Json | undefined, clock: Json | undefined): string =>
  within === undefined
    ? ''
    : ` with ${valueWords(within)}${clock === 'elapsed' ? '' : ' of working time'} to claim it`;

const OWNERS: Readonly<Record<string, string>> = {
  account: 'the owner of the account',
  sticky: 'whoever had the person before',
  duplicate: 'whoever has an earlier lead of the person',
};

const targetWords = ({ pool, rep, queue, wait, owner }: JsonObject, names: PolicyNames): string => {
  if (typeof pool === 'string') return `pool ${names.pool(pool)}`;
  if (typeof rep === 'string') return names.rep(rep);
  if (typeof queue === 'string') return `queue ${names.queue(queue)}`;
  if (wait !== undefined) return `wait ${valueWords(wait)}`;
  if (isObject(owner)) return `whom ${valueWords(owner.field)} names`;
  return owner === undefined ? '' : (OWNERS[String(owner)] ?? `owner ${valueWords(owner)}`);
};

/** Steps in the order they are tried. */
export const stepsWords = (steps: Json | undefined, names: PolicyNames): string =>
  Array.isArray(steps) && steps.length > 0
    ? steps.map((step) => stepWords(step as Json, names)).join('; then ')
    : 'nothing';
