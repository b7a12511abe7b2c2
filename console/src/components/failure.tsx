interface FailureProps {
  readonly error: { readonly message: string } | null | undefined;
}

/** What went wrong, in the service's words, told to a screen reader at once; nothing where nothing did. */
export const Failure = ({ error }: FailureProps) =>
  error ? (
    <p className="alert" role="alert">
      {error.message}
    </p>
  ) : null;
