import type { NameWords } from '../../domain/match/words.ts';
import { abbreviations, fillers, numbers, trades, translations } from './business-words.ts';
import { chineseCounties, chineseProvinces } from './chinese-regions.ts';
import { chineseBanks, chinesePlaceClasses, chineseTrades } from './chinese-words.ts';
import { chineseForms, companyForms } from './company-forms.ts';
import { letters } from './letters.ts';
import { compoundSurnames, givenNames, particles, titles } from './person-words.ts';
import { pinyinOther } from './pinyin-other.ts';
import { pinyinFirst } from './pinyin.ts';
import { regions } from './regions.ts';
import { simplifiedPairs } from './simplified.ts';
import { hullPrefixes } from './vessel-words.ts';

/** Every word table that the matcher needs; each file names its source. */
export const nameWords: NameWords = {
  version: '2026-11-23',
  simplifiedPairs,
  pinyinFirst,
  pinyinOther,
  letters,
  forms: companyForms,
  regions,
  abbreviations,
  numbers,
  trades,
  translations,
  fillers,
  titles,
  particles,
  givenNames,
  chineseProvinces,
  chineseCounties,
  chineseForms,
  chineseTrades,
  chinesePlaceClasses,
  compoundSurnames,
  chineseBanks,
  hullPrefixes,
};
