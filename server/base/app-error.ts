/** A field at fault in an input: where it is, what is wrong, what to do. */
export interface FieldProblem {
  /** JSON pointer-like path, such as `/fields/employees`. */
  readonly field: string;
  readonly message: string;
}

/**
 * An error with a stable lower_snake `code` that callers may rely on. `status` is what HTTP answers; `retryable`
 * says whether the same call may succeed later; `message` says what to do next and never holds a secret.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly problems: readonly FieldProblem[];
  /** How long to wait before the same call may succeed; null: nobody knows. Milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    code: string,
    message: string,
    options: {
      status?: number;
      retryable?: boolean;
      problems?: readonly FieldProblem[];
      retryAfterMs?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = options.status ?? 500;
    this.retryable = options.retryable ?? false;
    this.problems = options.problems ?? [];
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
