import { randomUUID } from 'node:crypto';

/** A reply that is no success, with HubSpot's status, body and headers. */
export class HubSpotError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(String(body.message ?? status));
    this.status = status;
    this.body = { status: 'error', ...body, correlationId: randomUUID() };
    this.headers = headers;
  }
}

/** 400, category VALIDATION_ERROR. */
export const validationError = (
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): HubSpotError => new HubSpotError(400, { message, category: 'VALIDATION_ERROR', ...more });

/** 404, category OBJECT_NOT_FOUND. */
export const notFound = (message = 'resource not found'): HubSpotError =>
  new HubSpotError(404, { message, category: 'OBJECT_NOT_FOUND' });

/** 409, category CONFLICT: a unique value is taken. */
export const conflict = (message: string): HubSpotError =>
  new HubSpotError(409, { message, category: 'CONFLICT' });

/** One property that was refused. `error` is HubSpot's code. */
export interface PropertyProblem {
  readonly name: string;
  readonly error: string;
  readonly message: string;
}

/** 400 for refused property values: the message holds the problems as JSON, `errors` holds them one by one. */
export const propertyError = (problems: readonly PropertyProblem[], portalId: number): HubSpotError => {
  const details = problems.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return validationError(`Property values were not valid: ${JSON.stringify(details)}`, {
    errors: problems.map(({ name, error, message }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    })),
  });
};

/** 429 as the usage guidelines show it. `policy` also gives the message. */
export const rateLimitError = (
  policy: 'TEN_SECONDLY_ROLLING' | 'SECONDLY',
  headers: Readonly<Record<string, string>> = {},
): HubSpotError =>
  new HubSpotError(
    429,
    {
      message: `You have reached your ${policy.toLowerCase()} limit.`,
      errorType: 'RATE_LIMIT',
      policyName: policy,
      requestId: randomUUID(),
    },
    headers,
  );
