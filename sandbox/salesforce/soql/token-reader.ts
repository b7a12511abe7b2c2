import type { Path } from './ast.ts';
import { unexpectedToken } from './query-error.ts';
import { type Token, tokenize } from './tokenize.ts';

const CLAUSES = new Set(['from', 'where', 'group', 'order', 'limit', 'offset', 'having', 'for', 'with']);

/** Reads a query token by token. Words are matched without case. */
export const createTokenReader = (soql: string) => {
  const tokens = tokenize(soql);
  let position = 0;
  const peek = (ahead = 0): Token =>
    tokens[Math.min(position + ahead, tokens.length - 1)] ?? { kind: 'end', text: '<EOF>', at: soql.length };
  const next = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const is = (text: string, ahead = 0): boolean =>
    ['word', 'mark'].includes(peek(ahead).kind) && peek(ahead).text.toLowerCase() === text;
  const fail = (token: Token = peek()): never => {
    throw unexpectedToken(soql, token.at, token.text);
  };
  const take = (text: string): boolean => {
    if (!is(text)) return false;
    position++;
    return true;
  };
  const expect = (...texts: readonly string[]): void => {
    for (const text of texts) if (!take(text)) fail();
  };
  return {
    soql,
    peek,
    next,
    is,
    take,
    expect,
    fail,
    /** A field, perhaps through relationships. */
    path: (): Path => {
      const token = next();
      if (token.kind !== 'word' || CLAUSES.has(token.text.toLowerCase())) fail(token);
      return { names: token.text.split('.'), at: token.at };
    },
    /** What a query reads from: any word, for `Group` is an object too. */
    objectName: (): Path => {
      const token = next();
      if (token.kind !== 'word') fail(token);
      return { names: token.text.split('.'), at: token.at };
    },
    /** A word that can be an alias: none that begins a clause. */
    alias: (): string | null => {
      const token = peek();
      return token.kind === 'word' && !CLAUSES.has(token.text.toLowerCase()) ? next().text : null;
    },
    /** Items with commas between them. */
    list: <T>(read: () => T): readonly T[] => {
      const items = [read()];
      while (take(',')) items.push(read());
      return items;
    },
  };
};

export type TokenReader = ReturnType<typeof createTokenReader>;
