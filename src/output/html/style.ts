/** The page's style sheet. `test/output/html.test.ts` holds its hash against the one the page allows. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f5f7fa;--fg:#1b2430;--dim:#55606e;--line:#d3dae3;--link:#0b57b0;--bad:#a3211b;--badbg:#fbeae8;--good:#14663a;--goodbg:#e4f4ea;--warn:#7a4b00;--warnbg:#fdf1da;--chip:#e7ecf2;--focus:#0b57b0}
@media(prefers-color-scheme:dark){:root{--bg:#11161d;--panel:#19202a;--fg:#e4e9f0;--dim:#a5b1c0;--line:#364252;--link:#86b9ff;--bad:#ff9d94;--badbg:#3a1d1c;--good:#84d9a4;--goodbg:#15321f;--warn:#f0c274;--warnbg:#382a10;--chip:#2a3442;--focus:#86b9ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main,header{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.25rem 0 .75rem}
h4{font-size:.95rem;margin:.6rem 0 .1rem}
h3{font-size:1.05rem;margin:0;overflow-wrap:anywhere}
p{margin:.35rem 0}
a{color:var(--link)}
a,summary,button,input,select,[tabindex]{outline-offset:2px}
:focus-visible{outline:3px solid var(--focus)}
.dim{color:var(--dim)}
.skip{position:absolute;left:-99rem}
.skip:focus{left:.5rem;top:.5rem;background:var(--bg);padding:.5rem;z-index:9}
code,pre{font:.875em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code{overflow-wrap:anywhere}
pre{margin:.5rem 0;padding:.75rem;background:var(--panel);border:1px solid var(--line);border-radius:6px;overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line);font-size:.85rem;color:var(--dim)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
.matrix{font-size:.85rem}
.matrix td,.matrix th{min-width:9.5rem;max-width:16rem;overflow-wrap:anywhere;border-right:1px solid var(--line)}
.matrix thead th{position:sticky;top:0;background:var(--panel)}
.matrix tbody th{position:sticky;left:0;background:var(--panel);font-weight:600;z-index:1;min-width:12rem}
.matrix thead th:first-child{left:0;z-index:2}
.f{background:var(--goodbg);color:var(--good)}
.b{background:var(--badbg);color:var(--bad)}
.u{background:var(--warnbg);color:var(--warn)}
.matrix ul{margin:.35rem 0 0;padding-left:1.1rem;color:var(--fg)}
article{border:1px solid var(--line);border-left:5px solid var(--line);border-radius:8px;padding:.8rem 1rem;margin:0 0 .8rem;scroll-margin-top:1rem}
article:target{outline:3px solid var(--focus)}
.s-b{border-left-color:var(--bad)}.s-f{border-left-color:var(--good)}.s-u{border-left-color:var(--warn)}
.head{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;justify-content:space-between}
.chip{display:inline-block;background:var(--chip);color:var(--fg);border-radius:99px;padding:0 .6rem;font-size:.8rem;line-height:1.6rem}
.chip.b{background:var(--badbg);color:var(--bad)}.chip.f{background:var(--goodbg);color:var(--good)}.chip.u{background:var(--warnbg);color:var(--warn)}
summary{cursor:pointer}
details>summary{min-height:1.5rem}
article summary{color:var(--link);margin-top:.35rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.6rem 0}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
ul{margin:.35rem 0;padding-left:1.25rem}
caption{text-align:left;padding:.9rem .6rem .3rem}
p,li,td,th,label,caption{overflow-wrap:anywhere}
.stack th:first-child{width:20%}
.stack th{overflow-wrap:break-word}
.cluster{font-size:1.45rem;border-top:2px solid var(--line);padding-top:1.5rem;margin-top:2.5rem}
.head>*{min-width:0}.chip{overflow-wrap:anywhere}
select,input{max-width:100%;width:100%;min-width:0}
.bar{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0;padding:.8rem 1rem;background:var(--panel);border:1px solid var(--line);border-radius:8px}
.bar label{display:flex;flex-direction:column;font-size:.85rem;color:var(--dim);flex:1 1 12rem}
input,select,button{font:inherit;color:var(--fg);background:var(--bg);border:1px solid var(--dim);border-radius:6px;padding:.35rem .6rem;min-height:2.25rem}
button{cursor:pointer}
[hidden]{display:none!important}
.yaml{position:relative}
.yaml button{position:absolute;top:.4rem;right:.4rem;font-size:.85rem}
footer{max-width:76rem;margin:3rem auto 2rem;padding:0 1.25rem;color:var(--dim);font-size:.875rem}
@media(max-width:40rem){main,header,footer{padding-left:.75rem;padding-right:.75rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}.matrix tbody th{min-width:9rem}.stack thead{position:absolute;left:-99rem}.stack td,.stack th,.stack th:first-child{display:block;width:auto;border:0;padding:.15rem .5rem}.stack tr{display:block;border-bottom:1px solid var(--line);padding:.35rem 0}}
@media print{.bar,.yaml button,.skip{display:none}}
`

export const styleHash = 'yIsE1QYYf7j6ZyzynUg5VntklIQx5g+vFZueoyCxgMA='
