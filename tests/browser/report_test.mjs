/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * report.html and trace.json as a reader meets them: in a browser.
 */

import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
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
	const worst = await page.evaluate(contrast);
	check(`${name}/contrast`, worst.ratio >= 4.5, worst);
	await page.screenshot({ path: path.join(dir, `${name}.png`),
	    fullPage: true });
	await c.close();
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

	const tip = page.locator('#tip'), chart = page.locator('svg.chart');
	check('no_value_at_first', await tip.isHidden());
	await chart.first().scrollIntoViewIfNeeded();
	await chart.first().hover({ position: { x: 700, y: 60 } });
	const text = await tip.textContent();
	check('pointing_tells_values', await tip.isVisible() &&
	    /^[\d.]+ s\n.*in use on some address: 55,536\n.*: 0$/s.test(text),
	    text);
	await page.mouse.move(0, 0);
	check('leaving_hides', await tip.isHidden());
	await chart.nth(2).focus();
	await page.keyboard.press('End');
	const map = await tip.textContent();
	check('keys_read_the_map', /fullest address, % of its ports: 3\./
	    .test(map), map);
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
	const stops = await page.evaluate(() => [...document.querySelectorAll(
	    'a[href], button, input, [tabindex]')].filter((e) =>
	    e.tabIndex < 0 || !(e.ariaLabel || e.closest('label'))).length);
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
	for (const width of [400, 1400])
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
