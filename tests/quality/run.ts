/** Prints how well cleaning does: npm run quality [development|heldout]. */
import { noiseDictionaries, noiseStyles } from '../support/noise.ts';
import { changedArticles, type Half, measureNoise, readArticles } from './measure.ts';

const half: Half = process.argv[2] === 'development' ? 'development' : 'heldout';
const isVerbose = process.argv.includes('--misses');
const rates = [0.01, 0.03, 0.05, 0.1, 0.185, 0.3, 0.4];
const articles = readArticles(half);

console.log(`${articles.length} articles, ${half} half\n`);
console.log('Changed without noise:', changedArticles(articles).join('\n  ') || 'none');

const total = { articles: 0, exact: 0, groups: 0, left: 0, legitimate: 0, kept: 0 };
for (const dictionary of noiseDictionaries) {
  console.log(`\nReading noise, ${dictionary}: articles restored exactly, groups removed, legitimate groups kept (%)\n`);
  console.log(`| style | ${rates.join(' | ')} |`);
  console.log(`|---|${rates.map(() => '---').join('|')}|`);
  for (const style of noiseStyles) {
    const cells = rates.map((rate) => {
      const figures = measureNoise(articles, { style, rate, dictionary });
      if (figures.articles === 0) return '';
      if (rate >= 0.03) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += figures[key];
      if (isVerbose && rate >= 0.03) for (const miss of figures.misses) console.error(miss);
      return [
        percent(figures.exact, figures.articles),
        percent(figures.groups - figures.left, figures.groups),
        percent(figures.kept, figures.legitimate),
      ].join(' / ');
    });
    if (cells.some(Boolean)) console.log(`| ${style} | ${cells.join(' | ')} |`);
  }
}
console.log(
  `\nRates of 0.03 and more, all styles and dictionaries: ${percent(total.exact, total.articles)} of ${total.articles} articles exact, ` +
    `${percent(total.groups - total.left, total.groups, 3)} of ${total.groups} groups removed, ${percent(total.kept, total.legitimate)} of ${total.legitimate} legitimate kept`,
);

function percent(part: number, whole: number, digits = 1): string {
  return whole === 0 ? '' : ((part / whole) * 100).toFixed(digits);
}
