// The page's entry: puts the card where a record page would, with the record the page was built for or asked with.
import '@lwc/synthetic-shadow';
import FairleadCard from 'c/fairleadCard';
import { createElement } from 'lwc';

const given = window.fairleadPreview;
const asked = new URLSearchParams(location.search);
const card = createElement('c-fairlead-card', { is: FairleadCard });
card.objectApiName = asked.get('objectType') ?? given.objectType;
card.recordId = asked.get('record') ?? given.recordId;
document.querySelector('[data-card]').append(card);
