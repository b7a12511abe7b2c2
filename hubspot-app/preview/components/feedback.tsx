import type {
  AlertProps,
  EmptyStateProps,
  ErrorStateProps,
  LoadingSpinnerProps,
} from '@hubspot/ui-extensions';
import { EmptyDrawing, ErrorDrawing } from './drawings.tsx';

export function Alert({ title, variant = 'info', children }: AlertProps) {
  return (
    <div className="alert" data-variant={variant} role={variant === 'danger' ? 'alert' : 'status'}>
      <p className="alert-title">{title}</p>
      <div className="alert-body">{children}</div>
    </div>
  );
}

export function LoadingSpinner({ label, showLabel, size = 'sm', layout = 'inline' }: LoadingSpinnerProps) {
  return (
    <div className="loading" data-layout={layout} role="status" aria-label={label}>
      <span className="spinner" data-size={size} aria-hidden="true" />
      {showLabel && <span>{label}</span>}
    </div>
  );
}

export function EmptyState({ title, imageWidth = 250, children }: EmptyStateProps) {
  return (
    <div className="state">
      <EmptyDrawing width={imageWidth} />
      {title && <h2 className="heading">{title}</h2>}
      {children}
    </div>
  );
}

export function ErrorState({ title, type = 'error', children }: ErrorStateProps) {
  return (
    <div className="state" role="alert">
      <ErrorDrawing type={type} />
      <h2 className="heading">{title}</h2>
      {children}
    </div>
  );
}
