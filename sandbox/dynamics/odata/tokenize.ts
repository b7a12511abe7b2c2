import { badQuery } from '../errors.ts';

export interface Token {
  readonly kind: 'word' | 'string' | 'guid' | 'moment' | 'number' | 'mark' | 'end';
  readonly text: string;
}

const GUID = /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/y;
const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['guid', GUID],
  ['moment', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][\w.]*(?:\/[A-Za-z_]\w*)*/y],
  ['string', /'(?:[^']|'')*'/y],
  ['mark', /[(),[\]=]/y],
];

const tokenAt = (text: string, at: number): Token | null => {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found };
  }
  return null;
};

/** The words, values and marks of a filter. Throws DynamicsError. */
export const tokenize = (filter: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    if (/\s/.test(filter[at] ?? '')) {
      at++;
      continue;
    }
    const token = tokenAt(filter, at);
    if (!token) throw badQuery(`Syntax error at position ${at} in '${filter}'.`);
    at += token.text.length;
    tokens.push(token.kind === 'string' ? { ...token, text: unquoted(token.text) } : token);
  }
  return [...tokens, { kind: 'end', text: '' }];
};

const unquoted = (text: string): string => text.slice(1, -1).replace(/''/g, "'");
