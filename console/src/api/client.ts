interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** What went wrong, in the service's own words where it had any. `status` 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  /** The service's word for it; null: it had none. */
  readonly code: string | null;
  /** What is wrong with which field, each by its pointer into the request (`/closedLeadsDays`). */
  readonly fields: readonly FieldFault[];
  constructor(
    status: number,
    message: string,
    code: string | null = null,
    fields: readonly FieldFault[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** Fields at fault that are told with a refusal. */
const FIELDS_TOLD = 3;
/** `/line/3` as "Line 3", `/closedLeadsDays` as "Closed leads days": people see forms, not the request's fields. */
const fieldName = (pointer: string): string => {
  const words = pointer
    .slice(1)
    .replaceAll('/', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const fieldText = ({ field, message }: FieldFault): string => `${fieldName(field)} ${message}.`.trim();
/** Speaks of the reply, which nobody sees. */
const OF_FIELDS = /^Correct the fields named in errors[;.] ?/;

/** A refusal: what it says to do, in the service's own words where it had any. */
export const refusalOf = async (response: Response): Promise<ApiError> => {
  const { status } = response;
  const problem: unknown = await response.json().catch(() => null);
  const { detail, errors, code } = (problem ?? {}) as { detail?: unknown; errors?: unknown; code?: unknown };
  if (typeof detail !== 'string') return new ApiError(status, `The service answered ${status}.`);
  const faults: readonly FieldFault[] = Array.isArray(errors) ? errors.slice(0, FIELDS_TOLD) : [];
  const fields = faults.map(fieldText);
  return new ApiError(
    status,
    [fields.length > 0 ? detail.replace(OF_FIELDS, '') : detail, ...fields].filter(Boolean).join(' '),
    typeof code === 'string' ? code : null,
    faults,
  );
};

async function call<T>(path: string, init?: RequestInit, withinMs = 10_000): Promise<T> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(withinMs) }).catch(() => {
    throw new ApiError(0, 'The service cannot be reached.');
  });
  if (!response.ok) throw await refusalOf(response);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

export const getJson = <T>(path: string): Promise<T> => call<T>(path);

export const putJson = <T>(path: string, body: unknown): Promise<T> =>
  call<T>(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export const postJson = <T>(path: string, body?: unknown): Promise<T> =>
  call<T>(path, {
    method: 'POST',
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });

export const deleteJson = <T>(path: string): Promise<T> => call<T>(path, { method: 'DELETE' });
/** Sends text of another kind than JSON, as long as that takes: up to two minutes. */
export const postText = <T>(path: string, type: string, text: string): Promise<T> =>
  call<T>(path, { method: 'POST', headers: { 'content-type': type }, body: text }, 120_000);
