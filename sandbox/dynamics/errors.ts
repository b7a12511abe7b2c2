/** An error of the Web API: a status, and a code of the platform in hexadecimal. */
export class DynamicsError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  get body(): { readonly error: { readonly code: string; readonly message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}

const PARSING = '0x80060888';

/** The query or the address is none the service understands. */
export const badQuery = (message: string): DynamicsError => new DynamicsError(400, PARSING, message);

/** The body is none the service understands. */
export const badPayload = (message: string): DynamicsError =>
  new DynamicsError(400, '0x80048d19', `Error identified in Payload provided by the user: ${message}`);

/** A value is refused by the platform's rules. */
export const refused = (message: string, code = '0x80040203'): DynamicsError =>
  new DynamicsError(400, code, message);

export const noProperty = (name: string, table: string): DynamicsError =>
  badQuery(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table}'.`);

export const noSegment = (segment: string): DynamicsError =>
  new DynamicsError(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);

export const noRecord = (table: string, id: string): DynamicsError =>
  new DynamicsError(404, '0x80040217', `Entity '${table}' With Id = ${id} Does Not Exist`);

export const versionMismatch = (): DynamicsError =>
  new DynamicsError(
    412,
    '0x80060882',
    "The version of the existing record doesn't match the RowVersion property provided.",
  );

export const alreadyThere = (): DynamicsError =>
  new DynamicsError(412, '0x80040237', 'A record with matching key values already exists.');

export const notAMember = (): DynamicsError =>
  new DynamicsError(403, '0x80072560', 'The user is not a member of the organization.');

/** The caller's role does not allow it. */
export const missingPrivilege = (userId: string, privilege: string, table: string): DynamicsError =>
  new DynamicsError(
    403,
    '0x80040220',
    `Principal user (Id=${userId}, type=8, roleCount=1, privilegeCount=120, accessMode=4) is missing ${privilege} privilege on OTC=4 for entity '${table}'.`,
  );

/** An error of Entra's endpoints: an OAuth code and the number behind `AADSTS`. */
export class EntraError extends Error {
  readonly status: number;
  readonly error: string;
  readonly number: number;

  constructor(status: number, error: string, number: number, message: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.number = number;
  }

  body(now: number, traceId: string): Readonly<Record<string, unknown>> {
    const timestamp = new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, '');
    return {
      error: this.error,
      error_description: `AADSTS${this.number}: ${this.message} Trace ID: ${traceId} Correlation ID: ${traceId} Timestamp: ${timestamp}`,
      error_codes: [this.number],
      timestamp,
      trace_id: traceId,
      correlation_id: traceId,
      error_uri: `https://login.microsoftonline.com/error?code=${this.number}`,
    };
  }
}
