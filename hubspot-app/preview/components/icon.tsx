import type { IconProps } from '@hubspot/ui-extensions';

/** Shapes on a grid of 16, by HubSpot's names for its icons. One without a shape is a dot. */
const SHAPES: Readonly<Record<string, string>> = {
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.5l2.2 1.3',
  contact: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5a5 5 0 0 1 10 0',
  send: 'M2.5 8 13.5 3l-3 10-3-3.6zM7.5 9.4l6-6.4',
  right: 'M6 3.500 10.500 8 6 12.500',
  success: 'M3 8.5 6.5 12 13 4.5',
  block: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM3.8 3.8l8.4 8.4',
  delay: 'M4 2.5h8M4 13.5h8M5 2.5c0 3.5 6 7.500 6 11M11 2.500c0 3.500-6 7.500-6 11',
  inbox: 'M2.500 9 4.500 3h7l2 6v4h-11zM2.500 9h3.500l1 2h2l1-2h3.500',
  dataSync: 'M3 7a5 5 0 0 1 9-2.500M13 2v3h-3M13 9a5 5 0 0 1-9 2.500M3 14v-3h3',
  rotate: 'M3 7a5 5 0 0 1 9-2.500M13 2v3h-3M13 9a5 5 0 0 1-9 2.500M3 14v-3h3',
  warning: 'M8 2.500 14 13H2zM8 6.500v3M8 11.200v.1',
  notificationOff: 'M4.500 11V7a3.500 3.500 0 0 1 7 0v4zM3 11h10M7 13.500h2M2.500 2.500l11 11',
};
const DOT = 'M8 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z';
const SIZES: Readonly<Record<string, number>> = { sm: 14, small: 14, md: 18, medium: 18, lg: 24, large: 24 };

export function Icon({ name, size = 'sm', color = 'inherit', screenReaderText }: IconProps) {
  return (
    <svg
      className="icon"
      data-color={color}
      width={SIZES[size]}
      viewBox="0 0 16 16"
      role={screenReaderText ? 'img' : undefined}
      aria-label={screenReaderText}
      aria-hidden={screenReaderText ? undefined : true}
    >
      <path d={SHAPES[name] ?? DOT} />
    </svg>
  );
}
