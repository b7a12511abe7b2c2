import pg from 'pg';

const { builtins } = pg.types;

const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
};

type Parse = (text: string) => unknown;

/**
 * How columns come back, the same from both databases: bigint and numeric as numbers (a bigint that does not fit one
 * exactly is an error), timestamptz as Date, a date as its text, json parsed.
 */
const PARSERS = new Map<number, Parse>([
  [builtins.INT8, integer],
  [builtins.NUMERIC, Number],
  [builtins.DATE, String],
]);

/** For node-postgres: our parsers first, its own for the rest. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary' = 'text') =>
    PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
