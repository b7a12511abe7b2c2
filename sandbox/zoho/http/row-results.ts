import { tooMany, ZohoError } from '../errors.ts';
import type { Call, Reply } from './call.ts';

const MOST_ROWS = 100;
const ROWS_PER_CREDIT = 10;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of a body. Throws where there are none, or too many. */
export const rowsOf = ({ body }: Pick<Call, 'body'>): readonly Readonly<Record<string, unknown>>[] => {
  const { data } = body;
  if (!Array.isArray(data))
    throw new ZohoError('MANDATORY_NOT_FOUND', 'required field not found', {
      api_name: 'data',
      json_path: '$.data',
    });
  if (data.length === 0)
    throw new ZohoError('INVALID_DATA', 'invalid data', {
      api_name: 'data',
      json_path: '$.data',
      expected_data_type: 'jsonarray',
    });
  if (data.length > MOST_ROWS) throw tooMany(MOST_ROWS, { api_name: 'data' });
  return data.map((row, index) => {
    if (isObject(row)) return row;
    throw new ZohoError('INVALID_DATA', 'invalid data', {
      expected_data_type: 'jsonobject',
      json_path: `$.data[${index}]`,
    });
  });
};

const countOf = ({ body }: Call): number => (Array.isArray(body.data) ? body.data.length : 1);

/** Ten rows cost a credit. */
export const rowCredits = (call: Call): number => Math.max(1, Math.ceil(countOf(call) / ROWS_PER_CREDIT));

export const manyRows = (call: Call): boolean => countOf(call) > ROWS_PER_CREDIT;

/** Each row for itself: a verdict in its place, whatever became of the others. A status of 2xx is no success. */
export const eachRow = <T>(
  rows: readonly T[],
  success: number,
  write: (row: T, index: number) => Readonly<Record<string, unknown>>,
): Reply => {
  const data = rows.map((row, index) => {
    try {
      return write(row, index);
    } catch (error) {
      if (error instanceof ZohoError) return error.body;
      throw error;
    }
  });
  const failed = data.filter(({ status }) => status === 'error').length;
  const status = failed === 0 ? success : failed === data.length ? 202 : 207;
  return { status, body: { data } };
};
