/**
 * Legal forms of companies as they stand at the end of a name, folded: no case, dots or accents, one space between
 * words. Source: the common forms of ISO 20275's countries.
 */
export const LEGAL_FORMS: ReadonlySet<string> = new Set(
  [
    'inc,incorporated,corp,corporation,co,company,llc,llp,lp,lllp,pllc,pc,ltd,limited,plc,ulc,cic',
    'gmbh,gmbh and co kg,gmbh and co kgaa,ag,kg,kgaa,ohg,ug,ug haftungsbeschrankt,se,ev,eg,gbr,mbh,ek',
    'sa,sas,sasu,sarl,eurl,snc,sca,sci,scop,scs',
    'srl,srls,spa,snc,sas di,sapa,scarl',
    'sl,slu,sa de cv,sapi de cv,s de rl de cv,sa cv,sau,sll',
    'lda,ltda,eireli,sgps',
    'bv,nv,vof,cv,bvba,sprl,srl,asbl,vzw',
    'ab,aktiebolag,as,asa,aps,a s,oy,oyj,ehf,hf,ks,ans',
    'sp zoo,sp z oo,sp z o o,sp j,sro,s r o,as,spol s ro,doo,d o o,dd,kft,zrt,nyrt,bt,ood,eood,ad,sia,uab,ou',
    'pty ltd,pty limited,pty,proprietary limited,pte ltd,pte limited,sdn bhd,bhd,pvt ltd,private limited,pvt limited',
    'kk,kabushiki kaisha,gk,yk,co ltd,company limited,jsc,ojsc,pjsc,ooo,oao,zao,pao,as sti,ltd sti',
    'fzco,fze,fz llc,wll,psc,pjsc',
  ]
    .join()
    .split(','),
);

/** What a name with a form ends in: a look at the last word spares most names the search. */
export const LAST_WORDS: ReadonlySet<string> = new Set(
  [...LEGAL_FORMS].map((form) => form.split(' ').at(-1)!),
);

/** The longest form, in words. */
export const LONGEST_FORM = Math.max(...[...LEGAL_FORMS].map((form) => form.split(' ').length));
