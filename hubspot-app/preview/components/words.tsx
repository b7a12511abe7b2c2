import type {
  AccordionProps,
  DescriptionListItemProps,
  DescriptionListProps,
  HeadingProps,
  StatusTagProps,
  TextProps,
} from '@hubspot/ui-extensions';

const WEIGHTS = { regular: 400, demibold: 600, bold: 700 } as const;

export function Text({ variant = 'bodytext', format = {}, inline, children }: TextProps) {
  const Tag = inline ? 'span' : 'p';
  const style = { fontWeight: WEIGHTS[format.fontWeight ?? 'regular'] };
  return (
    <Tag className="text" data-variant={variant} style={style}>
      {children}
    </Tag>
  );
}

export function Heading({ children }: HeadingProps) {
  return <h2 className="heading">{children}</h2>;
}

export function StatusTag({ variant = 'default', hollow, children }: StatusTagProps) {
  return (
    <span className="status" data-variant={variant} data-hollow={hollow}>
      <span className="status-dot" aria-hidden="true" />
      {children}
    </span>
  );
}

export function DescriptionList({ direction = 'column', children }: DescriptionListProps) {
  return (
    <dl className="facts" data-direction={direction}>
      {children}
    </dl>
  );
}

export function DescriptionListItem({ label, children }: DescriptionListItemProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Accordion({ title, defaultOpen, size = 'sm', children }: AccordionProps) {
  return (
    <details className="accordion" data-size={size} open={defaultOpen}>
      <summary>{title}</summary>
      <div className="accordion-body">{children}</div>
    </details>
  );
}
