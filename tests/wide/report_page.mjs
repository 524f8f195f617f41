// report_page.mjs - a report opened in a real browser: its text and charts, what it asks the network for, how it prints on
// A4, and an accessibility check (axe-core). Prints one line a finding and fails when there is one.
//   node report_page.mjs NODE_MODULES CHROMIUM PAGE.html PAGE.pdf CHARTS      the least number of them
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';

const [modules, browserPath, page, pdf, charts] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + '/'));
const puppeteer = require('puppeteer-core');
const findings = [];
const browser = await puppeteer.launch({ executablePath: browserPath, headless: true, args: ['--no-sandbox'] });

try {
    const tab = await browser.newPage();
    const asked = [];
    tab.on('request', r => asked.push(r.url()));
    await tab.setBypassCSP(true);           // for the checker alone: the page itself allows no script
    await tab.goto(pathToFileURL(page).href);
    if (asked.length !== 1) findings.push('asks for more than itself: ' + asked.slice(1).join(' '));

    const seen = await tab.evaluate(() => ({
        heading: document.querySelector('h1').textContent,
        tables: [...document.querySelectorAll('table')].map(t => t.rows.length),
        charts: [...document.querySelectorAll('svg')].map(s => {
            const box = s.getBoundingClientRect();
            return { width: box.width, height: box.height, shapes: s.querySelectorAll('rect,circle').length,
                     titled: !!s.querySelector('title') && !!s.querySelector('desc') };
        }),
        scripts: document.scripts.length,
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    if (!seen.heading) findings.push('no heading');
    if (seen.tables.length < 2 || seen.tables.some(n => n < 2)) findings.push('tables: ' + seen.tables);
    if (seen.charts.length < Number(charts)) findings.push('charts: ' + seen.charts.length);
    for (const c of seen.charts)
        if (c.width < 200 || c.height < 40 || !c.shapes || !c.titled) findings.push('chart: ' + JSON.stringify(c));
    if (seen.scripts) findings.push('scripts: ' + seen.scripts);
    if (seen.wide > 0) findings.push('wider than the window by ' + seen.wide);

    await tab.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const axe = await tab.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const v of axe.violations)
        findings.push(`accessibility: ${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')}`);
    if (axe.passes.length < 15) findings.push('the checker looked at little: ' + axe.passes.length);

    await tab.emulateMediaType('print');
    await tab.setViewport({ width: 680, height: 1000 });       // A4 within its margins, at 96 dots an inch
    const over = await tab.evaluate(() => [...document.querySelectorAll('table,svg')]
        .filter(e => e.getBoundingClientRect().right > 681).map(e => e.closest('section').querySelector('h2').textContent));
    if (over.length) findings.push('runs off an A4 sheet: ' + over.join('; '));
    await tab.pdf({ path: pdf, preferCSSPageSize: true });
} finally {
    await browser.close();
}
for (const f of findings) console.log(f);
process.exit(findings.length ? 1 : 0);
