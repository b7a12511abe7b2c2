const KEY = 'fairlead-install-return';

/** Remembers, in this tab, that an install began at the first steps: it is gone on with there. */
export const returnToStart = (): void => sessionStorage.setItem(KEY, 'start');

/** Where the browser came back from a vendor: leads on to where the install began. Call before anything is drawn. */
export const followInstallReturn = (): void => {
  if (location.pathname !== '/connections' || sessionStorage.getItem(KEY) === null) return;
  sessionStorage.removeItem(KEY);
  history.replaceState(null, '', `/start${location.search}`);
};
