/* What a browser makes of the page: how soon it can be used, and how evenly it scrolls. */

/** Milliseconds from the navigation until what is looked for is painted, of a browser that has nothing of the page yet. */
export async function timeToShown(browser, url, selector) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(`
    const found = () => document.querySelector(${JSON.stringify(selector)}) !== null;
    const look = () => found()
      // Painted, and the thread free to answer a key.
      ? requestAnimationFrame(() => setTimeout(() => { globalThis.shownAt = performance.now(); }))
      : requestAnimationFrame(look);
    requestAnimationFrame(look);`);
  await page.goto(url);
  // The page's policy allows no text to become a function, which Playwright's own waiting needs.
  const shownAt = await page.evaluate(`new Promise((resolve) => {
    const look = () => (globalThis.shownAt === undefined ? setTimeout(look, 20) : resolve(globalThis.shownAt));
    look();
  })`);
  const kilobytes = await page.evaluate(`performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000`);
  await context.close();
  return { shownAt, kilobytes };
}

/** Milliseconds between the frames of a page on which nothing happens: what the machine alone loses. */
export async function restThrough(browser, url, { frames }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('article').first().waitFor();
  const times = await page.evaluate(`(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    for (let last = await frame(); times.length < ${frames}; ) {
      const time = await frame();
      times.push(time - last);
      last = time;
    }
    return times;
  })()`);
  await context.close();
  return times;
}

/** Scrolls a timeline by so much with each frame, until the message of this number is met. */
export async function scrollThrough(browser, url, { last, pxPerFrame }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('article').first().waitFor();
  const frames = await page.evaluate(`(async () => {
    const scroller = document.querySelector('.kith-timeline-scroller');
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    let rows = 0;
    let lastTime = await frame();
    for (const deadline = lastTime + 600_000; lastTime < deadline; ) {
      scroller.scrollBy(0, ${pxPerFrame});
      const time = await frame();
      times.push(time - lastTime);
      lastTime = time;
      if (times.length % 30 > 0) continue;
      const articles = [...scroller.querySelectorAll('article')];
      rows = Math.max(rows, articles.length);
      if (articles.some((row) => row.textContent.includes('Message ${last}\\n') || row.textContent.endsWith('Message ${last}'))) break;
    }
    return { times, rows, megabytes: performance.memory.usedJSHeapSize / 2 ** 20 };
  })()`);
  await context.close();
  return frames;
}
