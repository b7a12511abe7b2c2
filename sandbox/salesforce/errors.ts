/** Statuses of codes that do not answer 400. Source: REST API status codes and error responses. */
const STATUS: Readonly<Record<string, number>> = {
  INVALID_SESSION_ID: 401,
  REQUEST_LIMIT_EXCEEDED: 403,
  API_DISABLED_FOR_ORG: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  METHOD_NOT_ALLOWED: 405,
  GONE: 410,
  PRECONDITION_FAILED: 412,
  URI_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNKNOWN_EXCEPTION: 500,
  SERVER_UNAVAILABLE: 503,
};

/** What is wrong, as Salesforce codes it. At the top of a reply it is an array; in a row of a collection `statusCode`. */
export class SalesforceError extends Error {
  readonly code: string;
  readonly status: number;
  /** Only refused values name fields; null: the body has no such member. */
  readonly fields: readonly string[] | null;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    fields: readonly string[] | null = null,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.code = code;
    this.status = STATUS[code] ?? 400;
    this.fields = fields;
    this.more = more;
  }

  /** The body of a reply. */
  get body(): readonly Readonly<Record<string, unknown>>[] {
    const { duplicateResult, ...more } = this.more;
    return [
      {
        // The member's name is misspelt by the vendor here, and rightly spelt in rows of collections.
        ...(duplicateResult === undefined ? {} : { duplicateResut: duplicateResult }),
        ...more,
        message: this.message,
        errorCode: this.code,
        ...(this.fields === null ? {} : { fields: this.fields }),
      },
    ];
  }

  /** One entry of a row's `errors`. */
  get rowError(): Readonly<Record<string, unknown>> {
    return { statusCode: this.code, message: this.message, fields: this.fields ?? [], ...this.more };
  }
}

/** A refused write: the fields are always there, if empty. */
export const refused = (code: string, message: string, fields: readonly string[] = []): SalesforceError =>
  new SalesforceError(code, message, fields);

export const notFound = (message = 'The requested resource does not exist'): SalesforceError =>
  new SalesforceError('NOT_FOUND', message);

export const invalidSession = (): SalesforceError =>
  new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid');

/** An OAuth error is an object, not an array. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }

  get body(): { readonly error: string; readonly error_description: string } {
    return { error: this.error, error_description: this.message };
  }
}
