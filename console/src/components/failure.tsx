import { ApiError } from '../api/client.ts';
import { signInAgainPath } from '../lib/sign-in-again.ts';

interface FailureProps {
  readonly error: { readonly message: string } | null | undefined;
}

/** What went wrong, in the service's words, told to a screen reader at once; nothing where nothing did. */
export const Failure = ({ error }: FailureProps) =>
  error ? (
    <p className="alert" role="alert">
      {error.message}
      {isTooLongAgo(error) && (
        <>
          {' '}
          <a href={signInAgainPath()}>Sign in again</a>
        </>
      )}
    </p>
  ) : null;

/** Whether the service asks for a sign-in that is less long ago. */
export const isTooLongAgo = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'sign_in_again';
