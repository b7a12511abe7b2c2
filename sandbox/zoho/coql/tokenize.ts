import { syntaxError } from './query.ts';

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'sign';
  /** Of words: as written; of texts: without quotes and escapes. */
  readonly text: string;
  readonly at: number;
}

const PATTERN =
  /\s*(?:'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_$][\w$.]*)|(<=|>=|!=|[=<>(),]))/y;

/** Cuts a query into words. Texts stand in single quotes; a backslash escapes one. Throws SYNTAX_ERROR. */
export const tokenize = (query: string): readonly Token[] => {
  const tokens: Token[] = [];
  const text = query.trim();
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const found = PATTERN.exec(text);
    if (!found) throw syntaxError(text.slice(at, at + 20), at + 1);
    const [, quoted, number, word, sign] = found;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/\\(.)/g, '$1'), at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else tokens.push({ kind: 'sign', text: sign ?? '', at });
  }
  return tokens;
};

/** Walks over the words of a query. */
export const createReader = (tokens: readonly Token[]) => {
  let place = 0;
  const peek = (): Token | undefined => tokens[place];
  const fail = (): never => {
    const token = peek();
    throw syntaxError(token?.text ?? '', (token?.at ?? 0) + 1);
  };
  const is = (text: string, ahead = 0): boolean => {
    const token = tokens[place + ahead];
    return token !== undefined && token.kind !== 'text' && token.text.toLowerCase() === text;
  };
  return {
    is,
    fail,
    done: (): boolean => place >= tokens.length,
    /** Takes these words in a row, if they are next. */
    take: (...texts: readonly string[]): boolean => {
      if (!texts.every((text, index) => is(text, index))) return false;
      place += texts.length;
      return true;
    },
    next: (...kinds: readonly Token['kind'][]): Token => {
      const token = peek();
      if (!token || !kinds.includes(token.kind)) return fail();
      place += 1;
      return token;
    },
  };
};

export type Reader = ReturnType<typeof createReader>;
