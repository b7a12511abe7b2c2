import { queryError, unexpectedToken } from './query-error.ts';

export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'moment' | 'mark' | 'end';
  /** As written; of a text its content. */
  readonly text: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['moment', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?/y],
  ['number', /[+-]?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?::\d+)?/y],
  ['mark', /<=|>=|!=|<>|[=<>(),]/y],
];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The content of a text that starts at `at`, and where it ends. `\%` and `\_` stay, for LIKE. */
const readText = (soql: string, at: number): { readonly text: string; readonly end: number } => {
  let text = '';
  for (let index = at + 1; index < soql.length; index++) {
    const letter = soql[index] ?? '';
    if (letter === "'") return { text, end: index + 1 };
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const next = soql[++index] ?? '';
    if (next === '%' || next === '_') text += `\\${next}`;
    else if (/['"\\]/.test(next)) text += next;
    else if (ESCAPES[next] !== undefined) text += ESCAPES[next];
    else throw queryError('MALFORMED_QUERY', soql, index, `Illegal string literal: \\${next}`);
  }
  throw queryError('MALFORMED_QUERY', soql, at, 'missing closing quote');
};

/** The words, values and marks of a query. Throws SalesforceError MALFORMED_QUERY. */
export const tokenize = (soql: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < soql.length) {
    if (/\s/.test(soql[at] ?? '')) {
      at++;
      continue;
    }
    if (soql[at] === "'") {
      const { text, end } = readText(soql, at);
      tokens.push({ kind: 'string', text, at });
      at = end;
      continue;
    }
    const token = PATTERNS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      const found = pattern.exec(soql);
      return found ? { kind, text: found[0], at } : null;
    }).find((one) => one !== null);
    if (!token) throw unexpectedToken(soql, at, soql[at] ?? '');
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', at: soql.length }];
};
