import type { ButtonProps, LoadingButtonProps } from '@hubspot/ui-extensions';

/** Handlers get the event and the overlay reactions in HubSpot; the card uses neither. */
type Press = () => unknown;

export function Button({
  variant = 'secondary',
  size = 'md',
  disabled,
  type = 'button',
  onClick,
  children,
}: ButtonProps) {
  return (
    <button
      className="button"
      data-variant={variant}
      data-size={size}
      disabled={disabled}
      type={type}
      onClick={() => void (onClick as Press | undefined)?.()}
    >
      {children}
    </button>
  );
}

export function LoadingButton({ loading, disabled, children, ...props }: LoadingButtonProps) {
  return (
    <Button {...props} disabled={Boolean(disabled || loading)}>
      {loading && <span className="spinner" data-size="xs" aria-hidden="true" />}
      {children}
    </Button>
  );
}
