/** ISO 3166-1: each country's alpha-2 code followed by its alpha-3 code. Source: iso.org/obp, 249 entries. */
const CODES = (
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW ' +
  'AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN ' +
  'BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG ' +
  'CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE ' +
  'DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN ' +
  'FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL ' +
  'GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV ' +
  'HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM ' +
  'JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO ' +
  'LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE ' +
  'MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS ' +
  'MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL ' +
  'NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI ' +
  'PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN ' +
  'SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV ' +
  'SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON ' +
  'TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN ' +
  'VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE'
).split(' ');

/** Every ISO 3166-1 alpha-2 code. */
export const COUNTRY_CODES: readonly string[] = CODES.map((pair) => pair.slice(0, 2));

/** Names people and CRMs use that `Intl.DisplayNames` does not give. */
const ALIASES: Readonly<Record<string, string>> = {
  america: 'US',
  'united states of america': 'US',
  'the united states': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  'russian federation': 'RU',
  'korea, republic of': 'KR',
  'republic of korea': 'KR',
  korea: 'KR',
  'viet nam': 'VN',
  uae: 'AE',
  burma: 'MM',
  'ivory coast': 'CI',
  'cape verde': 'CV',
  swaziland: 'SZ',
  macedonia: 'MK',
  'hong kong': 'HK',
  macau: 'MO',
  palestine: 'PS',
  'vatican city': 'VA',
  'east timor': 'TL',
  'iran, islamic republic of': 'IR',
  'syrian arab republic': 'SY',
  "lao people's democratic republic": 'LA',
  'moldova, republic of': 'MD',
  'tanzania, united republic of': 'TZ',
  'venezuela, bolivarian republic of': 'VE',
  'bolivia, plurinational state of': 'BO',
  'brunei darussalam': 'BN',
  'taiwan, province of china': 'TW',
};

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const;

/** Case, accents, dots and `&` do not tell countries apart. */
const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .replace(/&/g, 'and')
    .replace(/[\u2019`]/g, "'")
    .replace(/\s+/g, ' ');

const byCode = new Map<string, string>();
for (const pair of CODES) {
  byCode.set(pair.slice(0, 2), pair.slice(0, 2));
  byCode.set(pair.slice(2), pair.slice(0, 2));
}

/** Names are gathered once, when the first name (rather than a code) comes along. */
let names: Map<string, string> | undefined;

const gatherNames = (): Map<string, string> => {
  const gathered = new Map(Object.entries(ALIASES).map(([alias, code]) => [plain(alias), code] as const));
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region' });
    for (const pair of CODES) {
      const code = pair.slice(0, 2);
      const key = plain(display.of(code) ?? code);
      if (!gathered.has(key)) gathered.set(key, code);
    }
  }
  return gathered;
};

/** ISO 3166 alpha-2 of a code (`us`, `USA`) or a name in a common language (`Deutschland`); null when unknown. */
export const countryCode = (text: string): string | null => {
  const exact = byCode.get(text);
  if (exact !== undefined) return exact;
  const upper = byCode.get(text.trim().toUpperCase());
  if (upper !== undefined) return upper;
  names ??= gatherNames();
  return names.get(plain(text)) ?? byCode.get(plain(text).toUpperCase()) ?? null;
};
