/** Statuses of codes that do not answer 400. Source: API status codes; those of rows are told in the row. */
const STATUS: Readonly<Record<string, number>> = {
  INVALID_TOKEN: 401,
  AUTHENTICATION_FAILURE: 401,
  OAUTH_SCOPE_MISMATCH: 401,
  NO_PERMISSION: 403,
  INVALID_URL_PATTERN: 404,
  INVALID_REQUEST_METHOD: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

export type Details = Readonly<Record<string, unknown>>;

/** What is wrong, as Zoho says it: of a whole request, or of one row of it. */
export class ZohoError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Details;

  constructor(code: string, message: string, details: Details = {}, status = STATUS[code] ?? 400) {
    super(message);
    this.code = code;
    this.details = details;
    this.status = status;
  }

  get body() {
    return { code: this.code, details: this.details, message: this.message, status: 'error' } as const;
  }
}

export const invalidToken = (): ZohoError => new ZohoError('INVALID_TOKEN', 'invalid oauth token');

export const scopeMismatch = (): ZohoError =>
  new ZohoError('OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');

export const invalidUrl = (): ZohoError =>
  new ZohoError('INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one');

export const invalidModule = (index = 0): ZohoError =>
  new ZohoError('INVALID_MODULE', 'The module name given seems to be invalid', {
    resource_path_index: index,
  });

/** The id in a path is no record's. */
export const invalidPathId = (index = 1): ZohoError =>
  new ZohoError('INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: index });

export const paramMissing = (name: string): ZohoError =>
  new ZohoError('REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: name });

export const invalidParam = (name: string): ZohoError =>
  new ZohoError('PATTERN_NOT_MATCHED', 'Please check whether the input values are correct', {
    param_name: name,
  });

export const tooMany = (limit: number, where: Details = {}): ZohoError =>
  new ZohoError('LIMIT_EXCEEDED', 'Record count exceeded', { ...where, limit });

/** A value a row may not have. `field`: its API name; `row`: its place among the rows. */
export const invalidValue = (field: string, row: number, expected?: string): ZohoError =>
  new ZohoError('INVALID_DATA', 'invalid data', {
    ...(expected === undefined ? {} : { expected_data_type: expected }),
    api_name: field,
    json_path: `$.data[${row}].${field}`,
  });

export const mandatory = (field: string, row: number): ZohoError =>
  new ZohoError('MANDATORY_NOT_FOUND', 'required field not found', {
    api_name: field,
    json_path: `$.data[${row}].${field}`,
  });

export const invalidRowId = (row: number): ZohoError =>
  new ZohoError('INVALID_DATA', 'the id given seems to be invalid', {
    api_name: 'id',
    json_path: `$.data[${row}].id`,
  });

export const convertedRecord = (id: string): ZohoError =>
  new ZohoError('CONVERTED_RECORD', "can't update the converted record", { id });
