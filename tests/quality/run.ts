/** Prints how well cleaning and structure do: npm run quality -- [structure] [development|heldout] [--misses]; with `structure` that alone. */
import { noiseDictionaries, noiseStyles } from '../support/noise.ts';
import { damages } from './damage.ts';
import { changedArticles, type Half, measureDamage, measureFurniture, measureMarks, measureNoise, readArticles } from './measure.ts';
import { f1Of, measureStructure, readLabelled } from './structure.ts';

const half: Half = process.argv.includes('development') ? 'development' : 'heldout';
const isVerbose = process.argv.includes('--misses');
const rates = [0.01, 0.03, 0.05, 0.1, 0.185, 0.3, 0.4];
printStructure();
if (process.argv.includes('structure')) process.exit();

const articles = readArticles(half);

console.log(`${articles.length} articles, ${half} half`);
console.log(`Changed though nothing was wrong: ${changedArticles(articles).join('; ') || 'none'}`);

console.log(
  '\nDamage of one kind in every article (%)\n\n| rule | articles | exact | recall | precision | confidence |\n|---|---|---|---|---|---|',
);
for (const one of damages) {
  const { articles: damaged, exact, recall, precision, confidence, misses } = measureDamage(articles, one);
  console.log(`| ${one.rule} | ${damaged} | ${percent(exact)} | ${percent(recall)} | ${percent(precision)} | ${confidence.toFixed(3)} |`);
  if (isVerbose) for (const miss of misses) console.error(miss);
}

console.log('\nMarks restored where all were flattened to ASCII, F1:');
console.log([...measureMarks(articles)].map(([mark, f1]) => `${mark} ${f1.toFixed(4)}`).join('  '));

const furniture = measureFurniture(half, articles);
console.log(
  '\nFurniture (%):',
  Object.entries(furniture)
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', '),
);

const total = { articles: 0, exact: 0, groups: 0, left: 0, legitimate: 0, kept: 0 };
for (const dictionary of noiseDictionaries) {
  console.log(`\nReading noise, ${dictionary}, by rate: articles restored exactly / groups removed / legitimate groups kept (%)\n`);
  console.log(`| style | ${rates.join(' | ')} |\n|---|${rates.map(() => '---').join('|')}|`);
  for (const style of noiseStyles) {
    const cells = rates.map((rate) => {
      const figures = measureNoise(articles, { style, rate, dictionary });
      if (figures.articles === 0) return '';
      if (rate >= 0.03) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += figures[key];
      if (isVerbose && rate >= 0.03) for (const miss of figures.misses) console.error(miss);
      const { exact, articles: noisy, groups, left, kept, legitimate } = figures;
      return `${percent(exact / noisy)} / ${percent((groups - left) / groups)} / ${percent(kept / legitimate)}`;
    });
    if (cells.some(Boolean)) console.log(`| ${style} | ${cells.join(' | ')} |`);
  }
}
console.log(
  `\nRates of 0.03 and more, all styles and dictionaries: ${percent(total.exact / total.articles)} % of ${total.articles} articles exact, ` +
    `${percent((total.groups - total.left) / total.groups, 3)} % of ${total.groups} groups removed, ` +
    `${percent(total.kept / total.legitimate)} % of ${total.legitimate} legitimate groups kept`,
);

/** The misses of the held-out half are nobody's to read. */
function printStructure(): void {
  const files = readLabelled(half);
  const scores = measureStructure(files);
  console.log(
    `Structure, ${files.length} labelled files, ${half} half\n\n| kind | precision | recall | F1 | labels |\n|---|---|---|---|---|`,
  );
  for (const score of scores) {
    const { label, right, found, expected, misses } = score;
    console.log(`| ${label} | ${percent(right / found)} | ${percent(right / expected)} | ${percent(f1Of(score))} | ${expected} |`);
    if (isVerbose && half === 'development') for (const miss of misses) console.error(miss);
  }
  console.log('');
}

function percent(share: number, digits = 1): string {
  return (share * 100).toFixed(digits);
}
