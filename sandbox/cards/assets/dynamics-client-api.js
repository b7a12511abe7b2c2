/**
 * The form's client API as far as the panel may use it, strict: what is not documented for a form is not there, ids come
 * in braces and capitals, and a record is read only through the Web API, as the person who looks.
 */
const id = new URLSearchParams(location.search).get('id') ?? '';
const SETS = { lead: 'leads' };
const frame = document.querySelector('iframe');
const framed = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
const onLoad = new Set();

/** An object of the client API: asking for a member it does not have is a fault of the caller. */
const strict = (name, members) =>
  new Proxy(members, {
    get: (target, member) => {
      if (typeof member === 'symbol' || member === 'then' || member in target) return target[member];
      throw new TypeError(`${name} has no ${member}`);
    },
  });

const retrieveRecord = async (table, recordId, options = '') => {
  if (!SETS[table]) throw new Error(`The entity with a name = '${table}' was not found.`);
  if (!/^[0-9a-f-]{36}$/i.test(recordId)) throw new Error('The id is not a GUID.');
  if (options !== '' && !/^\?\$(select|expand)=/.test(options)) throw new Error('Invalid query options.');
  const reply = await fetch(`api/${SETS[table]}(${recordId})${options}`);
  const body = await reply.json();
  if (!reply.ok) throw Object.assign(new Error(body.error.message), { errorCode: Number(body.error.code) });
  return body;
};

const entity = strict('formContext.data.entity', {
  getId: () => (id === '' ? '' : `{${id.toUpperCase()}}`),
  getEntityName: () => 'lead',
});
const data = strict('formContext.data', { entity, addOnLoad: (handler) => void onLoad.add(handler) });
const control = strict('control', { getContentWindow: () => framed.then(() => frame.contentWindow) });
const formContext = strict('formContext', {
  data,
  getControl: (name) => (name === 'WebResource_fairlead' ? control : null),
});

window.Xrm = strict('Xrm', { WebApi: strict('Xrm.WebApi', { retrieveRecord }) });

/** The OnLoad event of the form, for its library's handler. */
window.openForm = (library) =>
  library.onLoad(strict('executionContext', { getFormContext: () => formContext }));

// The form is refreshed where the record changed.
window.addEventListener('message', ({ origin, data: message }) => {
  if (origin === location.origin && message?.fairlead === 'record-changed')
    for (const handler of onLoad) handler();
});

/** A form gives a web resource as many rows as its maker chose: here as many as it needs. */
framed.then(() => {
  const page = frame.contentDocument.documentElement;
  new frame.contentWindow.ResizeObserver(() => {
    frame.style.blockSize = `${Math.ceil(page.getBoundingClientRect().height)}px`;
  }).observe(page);
});
