import { type DestinationStream, type Logger, pino } from 'pino';

/** Members that are cut out wherever they stand, at most two levels down. */
const SECRET = [
  'token',
  'tokens',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'password',
  'secret',
  'apiKey',
];
const PERSONAL = ['email', 'phone', 'person', 'fields', 'values', 'properties', 'body'];

/** A log of JSON lines on standard output. Ids and codes are fine in it; secrets and values of leads never are. */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: { name: 'fairlead' },
      redact: {
        paths: [...SECRET, ...PERSONAL].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        remove: true,
      },
      serializers: { err: describeError },
    },
    destination ?? pino.destination({ sync: false }),
  );

interface Described {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string | undefined;
  readonly cause?: Described;
}

/** Only what says where and why: a database's or a vendor's error carries the values it failed on. */
const describeError = (error: unknown): Described | undefined => {
  if (error === undefined || error === null) return undefined;
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code } = error as { code?: unknown };
  const cause = describeError(error.cause);
  // What is no JSON is quoted by the parser, around where it broke: it may be a token or a lead's value.
  const message = error instanceof SyntaxError ? error.message.replace(/".*"/s, '…') : error.message;
  return {
    type: error.name,
    message,
    ...(code !== undefined && { code }),
    stack: error.stack?.replace(error.message, () => message),
    ...(cause && { cause }),
  };
};
