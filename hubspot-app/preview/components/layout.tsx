import type { AutoGridProps, BoxProps, DividerProps, FlexProps, TileProps } from '@hubspot/ui-extensions';

const SIDES = {
  start: 'flex-start',
  end: 'flex-end',
  around: 'space-around',
  between: 'space-between',
} as const;
const side = (value: string | undefined) => SIDES[value as keyof typeof SIDES] ?? value;

/** Sizes go by two spellings. */
const GAPS: Readonly<Record<string, number>> = {
  flush: 0,
  xs: 4,
  'extra-small': 4,
  sm: 8,
  small: 8,
  md: 16,
  medium: 16,
  lg: 32,
  large: 32,
  xl: 64,
  'extra-large': 64,
};

export function Flex({
  direction = 'row',
  gap = 'flush',
  justify,
  align,
  alignSelf,
  wrap,
  children,
}: FlexProps) {
  const style = {
    flexDirection: direction,
    gap: GAPS[gap],
    justifyContent: side(justify),
    alignItems: side(align),
    alignSelf: side(alignSelf),
    flexWrap: wrap === true || wrap === 'wrap' ? 'wrap' : 'nowrap',
  } as const;
  return (
    <div className="flex" style={style}>
      {children}
    </div>
  );
}

export function AutoGrid({ columnWidth, flexible, gap = 'flush', children }: AutoGridProps) {
  const column = flexible ? `minmax(${columnWidth}px, 1fr)` : `${columnWidth}px`;
  return (
    <div className="grid" style={{ gridTemplateColumns: `repeat(auto-fill, ${column})`, gap: GAPS[gap] }}>
      {children}
    </div>
  );
}

const FLEX = { initial: '0 1 auto', auto: '1 1 auto', none: '0 0 auto' } as const;

export function Box({ flex = 'initial', alignSelf, children }: BoxProps) {
  const grow = typeof flex === 'number' ? `${flex} 1 0` : FLEX[flex];
  return <div style={{ flex: grow, alignSelf: side(alignSelf), minWidth: 0 }}>{children}</div>;
}

export function Divider(_: DividerProps) {
  return <hr className="divider" />;
}

export function Tile({ compact, flush, children }: TileProps) {
  return (
    <div className="tile" data-compact={compact} data-flush={flush}>
      {children}
    </div>
  );
}
