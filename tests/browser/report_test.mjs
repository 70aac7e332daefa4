/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * report.html and trace.json as a reader meets them: in a browser.
 */

import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [dir, chromium] = process.argv.slice(2);
const require = createRequire(path.resolve(dir, 'package.json'));
const { chromium: launcher } = require('playwright-core');
const page_url = 'file://' + path.resolve(dir, 'result/report.html');

let n = 0, failed = 0;
const check = (name, ok, why) => {
	if (!ok && why !== undefined)
		console.log('# ' + JSON.stringify(why));
	console.log(`${ok ? 'ok' : 'not ok'} ${++n} /browser/${name}`);
	failed |= !ok;
};

const profile = mkdtempSync(path.join(tmpdir(), 'pcbsim-browser-'));
const context = async (options) => {
	const c = await launcher.launchPersistentContext(
	    mkdtempSync(path.join(profile, 'p')), { executablePath: chromium,
	    headless: true, args: ['--no-sandbox', '--disable-gpu',
	    '--disable-quic', '--no-first-run', '--disable-sync',
	    '--disable-background-networking',
	    '--disable-component-update'], ...options });
	const page = c.pages()[0] ?? await c.newPage();
	const said = [], asked = [];
	page.on('console', (m) => said.push(m.text()));
	page.on('pageerror', (e) => said.push(String(e)));
	page.on('request', (r) => asked.push(r.url()));
	return ({ c, page, said, asked });
};

/* The worst contrast of any text with what is behind it. */
const contrast = () => {
	const rgb = (s) => s.match(/[\d.]+/g).map(Number);
	const light = (c) => {
		const [r, g, b] = c.slice(0, 3).map((v) => {
			v /= 255;
			return (v <= 0.04045 ? v / 12.92 :
			    ((v + 0.055) / 1.055) ** 2.4);
		});
		return (0.2126 * r + 0.7152 * g + 0.0722 * b);
	};
	const behind = (e) => {
		for (; e !== null; e = e.parentElement) {
			const c = rgb(getComputedStyle(e).backgroundColor);
			if (c.length < 4 || c[3] > 0)
				return (c);
		}
		return ([255, 255, 255]);
	};
	let worst = { ratio: 99 };
	for (const e of document.querySelectorAll('main *, #tip')) {
		if (![...e.childNodes].some((c) => c.nodeType === 3 &&
		    c.data.trim() !== '') || e.closest('title'))
			continue;
		const s = getComputedStyle(e), svg = e.closest('svg');
		const a = light(rgb(svg ? s.fill : s.color));
		const b = light(behind(svg ? svg.parentElement : e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < worst.ratio)
			worst = { ratio, text: e.textContent.slice(0, 40) };
	}
	return (worst);
};

const look = async (width, colorScheme) => {
	const name = `${width}_${colorScheme}`;
	const { c, page, said, asked } = await context({ colorScheme,
	    viewport: { width, height: 900 } });
	await page.goto(page_url);
	check(`${name}/no_message`, said.length === 0, said);
	check(`${name}/no_request`, asked.every((u) => u === page_url ||
	    u.startsWith('data:')), asked);
	/* innerWidth grows with a page that is too wide. */
	const wide = await page.evaluate((most) =>
	    document.documentElement.scrollWidth <= most ? [] :
	    ['page', ...[...document.querySelectorAll('main *')].filter((e) =>
	    !e.closest('.scroll') && e.getBoundingClientRect().right >
	    most).map((e) => e.outerHTML.slice(0, 80))], width);
	check(`${name}/no_sideways_scrolling`, wide.length === 0, wide);
	/* What is cut says so. */
	const mute = await page.evaluate(() => [...document.querySelectorAll(
	    '.scroll')].filter((e) => e.scrollWidth > e.clientWidth + 1 &&
	    (e.previousElementSibling.className !== 'hint' ||
	    e.previousElementSibling.hidden)).length);
	const hints = await page.locator('.hint:visible').count();
	check(`${name}/what_is_cut_says_so`, mute === 0 && (width > 600 ||
	    hints > 3), [mute, hints]);
	const worst = await page.evaluate(contrast);
	check(`${name}/contrast`, worst.ratio >= 4.5, worst);
	await page.screenshot({ path: path.join(dir, `${name}.png`),
	    fullPage: true });
	await c.close();
};

/* The first replication's, from the file: the page has it from there, too. */
const table = (name) => {
	const rows = readFileSync(path.join(dir, 'result', name), 'utf8')
	    .split('\n').filter((l) => l !== '' && !l.startsWith('#'))
	    .map((l) => l.split(','));
	return (rows.slice(1).map((r) => Object.fromEntries(rows[0].map((n,
	    i) => [n, r[i]]))).filter((r) => r.replication === '1'));
};
const fullest = () => {
	const all = table('addresses.csv').filter((r) =>
	    r.variant === 'current' && r.time_s === '120');
	const most = Math.max(...all.map((r) => +r.ports_busy));
	return (String(Math.round(most / 55536 * 10000) / 100));
};

/* What is drawn is what the file says, point by point. */
const drawn = async (page) => {
	const rows = table('timeline.csv').filter((r) =>
	    r.variant === 'current');
	const line = await page.evaluate(() => {
		const p = document.querySelector('svg.chart .line' +
		    '[data-name="free for an unbound connect"]');
		const c = p.closest('svg.chart').dataset;
		return ({ xs: p.dataset.xs.split(' ').map(Number),
		    ys: p.dataset.ys.split(' ').map(Number),
		    d: p.getAttribute('d'), bottom: +c.bottom, top: +c.top,
		    most: +c.y.split(' ')[3] });
	});
	const at = line.d.slice(1).split('L').map((s) => s.split(' ')
	    .map(Number));
	check('drawn/as_many_points', line.xs.length === rows.length &&
	    at.length === rows.length, [line.xs.length, rows.length]);
	check('drawn/values', rows.every((r, i) =>
	    +r.ports_free_any === line.ys[i]));
	check('drawn/where_they_are', rows.every((r, i) => Math.abs(at[i][1] -
	    (line.bottom - (line.bottom - line.top) * r.ports_free_any /
	    line.most)) < 0.06));
	const empty = await page.evaluate(() => [...document.querySelectorAll(
	    'svg.chart .line:not(.unseen)')].filter((p) =>
	    !/^M[\d.]+ [\d.]+/.test(p.getAttribute('d')) ||
	    p.getBoundingClientRect().width < 10).map((p) => p.dataset.name));
	check('drawn/no_line_is_empty', empty.length === 0, empty);
	const pcbs = await page.evaluate(() => ['TIME_WAIT over, not freed',
	    'TIME_WAIT', 'connected, or on the way'].map((n) => [...document
	    .querySelectorAll('.line')].find((p) => p.dataset.name === n)
	    .dataset.ys.split(' ').map(Number)));
	check('drawn/states_add_up', rows.every((r, i) => +r.pcbs ===
	    pcbs[0][i] + pcbs[1][i] + pcbs[2][i]));
};

/* A part of the time, in all charts over time; and back. */
const zoom = async (page) => {
	const seen = () => page.evaluate(() => [...document.querySelectorAll(
	    'svg.chart')].map((c) => [c.dataset.x.startsWith('lin s'),
	    c.querySelector('.plot').getAttribute('viewBox'),
	    [...c.querySelectorAll('.xt')].map((t) => t.textContent)]));
	const chart = page.locator('svg.chart').first();
	const before = await seen();
	await chart.scrollIntoViewIfNeeded();
	const box = await chart.boundingBox();
	const at = (px) => box.x + px * box.width / 720;
	await page.mouse.move(at(70 + 626 / 4), box.y + 60);
	await page.mouse.down();
	await page.mouse.move(at(70 + 626 / 2), box.y + 60, { steps: 4 });
	await page.mouse.up();
	const part = await seen();
	/* A quarter of 120 s, from 30 to 60. */
	check('zoom/all_charts_over_time', part.every(([time, view, xt], i) =>
	    time ? xt[0] === '30 s' && xt[xt.length - 1] === '60 s' &&
	    Math.abs(+view.split(' ')[2] - 626 / 4) < 2 :
	    view === before[i][1]), part.map((p) => p[2]));
	await page.locator('#whole').click();
	const after = await seen();
	check('zoom/back', after.every(([, view], i) =>
	    +view.split(' ')[2] === +before[i][1].split(' ')[2]) &&
	    await page.locator('#whole').isHidden());
	await chart.focus();
	await page.keyboard.press('End');
	await page.keyboard.press('+');
	const near = (await seen())[0][2];
	check('zoom/by_key', near[near.length - 1] === '120 s' &&
	    near[0] === '60 s', near);
	await page.keyboard.press('0');
};

/* Tables sort by what a cell is worth, not by its letters. */
const sort = async (page) => {
	const of = () => page.evaluate(() => [...[...document.querySelectorAll(
	    'table')].find((t) => t.parentElement.ariaLabel ===
	    'Why they were late').tBodies[0].rows].map((r) =>
	    +r.cells[2].dataset.sort));
	const head = page.locator('[aria-label="Why they were late"] th button',
	    { hasText: 'Late by' });
	const given = await of();
	await head.click();
	const down = await of();
	await head.click();
	const up = await of();
	const right = [...given].sort((a, b) => b - a);
	check('tables_sort', given.length >= 2 &&
	    JSON.stringify(down) === JSON.stringify(right) &&
	    JSON.stringify(up) === JSON.stringify([...right].reverse()),
	    [given, down, up]);
};

const use = async () => {
	const { c, page, said } = await context({ viewport: { width: 1000,
	    height: 900 } });
	await page.goto(page_url);
	check('title_is_text', (await page.title()) === 'seed-2019 - pcbsim' &&
	    (await page.textContent('h1')).startsWith('<script>'));
	const seen = (v) => page.locator(
	    `main [data-variant="${v}"]:visible`).count();
	const before = await seen('proposed');
	await page.focus('input[data-toggle="proposed"]');
	await page.keyboard.press('Space');
	check('toggle_hides', before > 10 && await seen('proposed') === 0 &&
	    await seen('current') > 10, before);
	await page.keyboard.press('Space');
	check('toggle_shows_again', await seen('proposed') === before);

	await drawn(page);
	const tip = page.locator('#tip'), chart = page.locator('svg.chart');
	check('no_value_at_first', await tip.isHidden());
	await chart.first().scrollIntoViewIfNeeded();
	await chart.first().hover({ position: { x: 700, y: 60 } });
	const text = await tip.textContent();
	check('pointing_tells_values', await tip.isVisible() &&
	    /^[\d.]+ s\n.*in use on some address: 55,536\n.*unbound connect: 0\n/s
	    .test(text), text);
	/* Charts over time have one cursor, at the same time. */
	const cursors = await page.evaluate(() => [...document
	    .querySelectorAll('.cursor')].map((c) => c.getAttribute('x1')));
	check('cursors_are_linked', cursors.length === 10 &&
	    new Set(cursors).size === 1, cursors);
	await page.mouse.move(0, 0);
	check('leaving_hides', await tip.isHidden());
	await chart.nth(2).focus();
	await page.keyboard.press('End');
	const map = await tip.textContent();
	check('keys_read_the_map', new RegExp('fullest address, % of its ' +
	    `ports: ${fullest()}`).test(map), map);
	await chart.nth(4).focus();
	await page.keyboard.press('Home');
	const home = await tip.textContent();
	await page.keyboard.press('PageDown');
	await page.keyboard.press('ArrowRight');
	const on = await tip.textContent();
	check('keys_move', home.startsWith('0\n') && on !== home &&
	    /longest stall: /.test(on), [home, on]);
	await page.keyboard.press('Escape');
	check('escape_hides', await tip.isHidden());
	await zoom(page);
	await sort(page);
	const stops = await page.evaluate(() => [...document.querySelectorAll(
	    'a[href], button, input, [tabindex]')].filter((e) =>
	    e.tabIndex < 0 || !(e.ariaLabel || e.closest('label') ||
	    (e.tagName === 'BUTTON' && e.textContent.trim() !== ''))).length);
	check('stops_have_names', stops === 0, stops);
	const heads = await page.evaluate(() => [...document.querySelectorAll(
	    'th')].filter((e) => !e.scope).length);
	check('headers_have_scope', heads === 0, heads);
	await page.emulateMedia({ media: 'print' });
	check('prints_without_buttons', await page.locator('#choice')
	    .isHidden());
	await page.pdf({ path: path.join(dir, 'report.pdf'), format: 'A4' });
	check('use/no_message', said.length === 0, said);
	await c.close();
};

const plain = async () => {
	const { c, page } = await context({ javaScriptEnabled: false });
	await page.goto(page_url);
	check('without_script/all_is_there', await page.locator(
	    'svg.chart .line').count() >= 8 && await page.locator('#choice')
	    .isHidden());
	await c.close();
};

const speedscope = async () => {
	const { c, page, said } = await context({ viewport: { width: 1400,
	    height: 900 } });
	await page.goto('file://' + path.resolve(dir,
	    'node_modules/speedscope/dist/release/index.html'));
	const input = page.locator('input[type=file]');
	await input.waitFor({ state: 'attached' });
	said.length = 0;
	await input.setInputFiles(path.resolve(dir, 'result/trace.json'));
	await page.getByText('Time Order', { exact: false }).first()
	    .waitFor({ timeout: 20000 });
	await page.screenshot({ path: path.join(dir, 'speedscope.png') });
	const bad = said.filter((t) => /warn|error|unmatched|invalid/i.test(t));
	check('trace_opens_in_speedscope', bad.length === 0, bad);
	await c.close();
};

try {
	for (const width of [400, 1000, 1400])
		for (const scheme of ['light', 'dark'])
			await look(width, scheme);
	await use();
	await plain();
	await speedscope();
} catch (e) {
	check('no_exception', false, String(e));
} finally {
	rmSync(profile, { recursive: true, force: true });
}
console.log(`1..${n}`);
process.exit(failed);
