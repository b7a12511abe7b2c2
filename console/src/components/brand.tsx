/** A line led fairly through its ring. */
export const Brand = () => (
  <span className="brand">
    <svg viewBox="0 0 40 28" width="40" height="28" aria-hidden="true">
      <path
        d="M1 21c9 0 9-13 19-13s10 9 19 9"
        fill="none"
        stroke="var(--brass)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="20" cy="11" r="7.2" fill="none" stroke="currentColor" strokeWidth="2.6" />
    </svg>
    <span>Fairlead</span>
  </span>
);
