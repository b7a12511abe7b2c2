import type { FieldProblem } from './app-error.ts';

/** Nobody means more; programs that go down step by step run out of stack somewhere beyond. */
const DEEPEST = 100;
/** So many faults are named; the rest follows once those are corrected. */
const MOST_NAMED = 20;
const NUL = '\0';

/** Whether a parsed document holds nothing that `unusableIn` would name. Costs next to nothing. */
export const isPlain = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return isUsable(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEEPEST) return false;
  if (Array.isArray(value)) return value.every((one) => isPlain(one, depth + 1));
  return Object.entries(value).every(
    ([key, one]) => key !== '__proto__' && isUsable(key) && isPlain(one, depth + 1),
  );
};

/**
 * What of a parsed document no database column, no log and no other program takes: NUL, halves of a surrogate pair,
 * members called `__proto__`, and nesting without end. `root` is put before each path.
 */
export const unusableIn = (value: unknown, root = ''): readonly FieldProblem[] => {
  if (isPlain(value)) return [];
  const found: FieldProblem[] = [];
  look(value, root, 0, found);
  return found.slice(0, MOST_NAMED);
};

const look = (value: unknown, at: string, depth: number, found: FieldProblem[]): void => {
  if (found.length >= MOST_NAMED) return;
  if (typeof value === 'string') {
    if (!isUsable(value)) found.push({ field: at || '/', message: UNUSABLE });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= DEEPEST) {
    found.push({ field: '/', message: `is nested deeper than ${DEEPEST} levels` });
    return;
  }
  for (const [key, one] of Object.entries(value)) {
    const path = `${at}/${pointerPart(key)}`;
    if (key === '__proto__' || !isUsable(key))
      found.push({ field: usable(path), message: 'is no name for a member: remove it' });
    else look(one, path, depth + 1, found);
  }
};

const UNUSABLE = 'holds a NUL character or half of a surrogate pair: remove it';

const isUsable = (text: string): boolean => !text.includes(NUL) && text.isWellFormed();

/** Escapes one part of a JSON pointer (RFC 6901). */
export const pointerPart = (part: PropertyKey): string =>
  String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/** The same document with a replacement character for what cannot be stored: nobody can ask a vendor to correct it. */
export const madeUsable = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return usable(value);
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => madeUsable(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, one]) => [usable(key), madeUsable(one, depth + 1)]),
  );
};

const usable = (text: string): string => text.replaceAll(NUL, '\ufffd').toWellFormed();
