var _=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
.gan-widget {
  --gan-ink: var(--jp-ui-font-color0, var(--pst-color-text-base, #222));
  --gan-paper: var(--jp-layout-color1, var(--pst-color-background, #fff));
  --gan-line: var(--jp-border-color1, var(--pst-color-border, #c8ccd0));
  --gan-soft: var(--jp-layout-color2, var(--pst-color-surface, #f3f4f5));
  color: var(--gan-ink);
  background: var(--gan-paper);
  border: 1px solid var(--gan-line);
  border-radius: 8px;
  padding: 0.9em 1.1em;
  margin: 0.4em 0;
  font:
    14px / 1.45 system-ui,
    sans-serif;
  max-width: 58em;
  box-sizing: border-box;
}
.gan-widget * {
  box-sizing: border-box;
}
.gan-widget [hidden] {
  display: none !important;
}
.gan-title {
  font-weight: 650;
  margin-bottom: 0.6em;
}
.gan-canvas {
  max-width: 100%;
  height: auto;
  display: block;
  color: var(--gan-ink);
}
img.gan-canvas {
  background: #fff;
  border-radius: 4px;
}
.gan-widget :is(.gan-split, .gan-pair) > figure {
  margin: 0;
  padding: 0; /* the book's theme gives figures some */
}
.gan-split {
  display: flex;
  flex-wrap: wrap;
  gap: 0.8em 1.8em;
  align-items: flex-start;
}
.gan-controls {
  flex: 1 1 19em;
  min-width: min(19em, 100%);
  display: flex;
  flex-direction: column;
  gap: 0.15em;
}
.gan-controls.gan-wide {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(20em, 100%), 1fr));
  gap: 0.15em 1.8em;
  margin-bottom: 0.5em;
}
.gan-row {
  display: flex;
  flex-wrap: wrap;
  gap: 0.45em 0.6em;
  align-items: center;
  margin: 0.35em 0;
}
.gan-pair {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5em 0.8em;
  align-items: flex-start;
}
.gan-pair > canvas {
  flex: 1 1 300px;
  min-width: min(290px, 100%);
}
.gan-widget label {
  font: inherit;
  margin: 0;
}
.gan-row > .gan-slider {
  flex: 1 1 18em;
}
.gan-slider {
  display: grid;
  grid-template-columns: minmax(7.5em, auto) 1fr 4.6em;
  gap: 0.7em;
  align-items: center;
  min-height: 1.9em;
}
.gan-slider input {
  width: 100%;
  min-width: 5em;
  accent-color: #0072b2;
  margin: 0;
}
.gan-slider output {
  font-variant-numeric: tabular-nums;
  text-align: right;
  white-space: nowrap;
}
.gan-split .gan-slider {
  grid-template-columns: 9.4em 1fr 3.6em;
}
[data-kind="laboratory"] .gan-widget {
  max-width: 62em;
}
[data-kind="laboratory"] .gan-split .gan-slider {
  grid-template-columns: 9.4em 1fr 4.2em;
}
.gan-row > .gan-slider {
  grid-template-columns: auto minmax(5em, 1fr) fit-content(12em);
} /* a long text breaks its line */
.gan-row > .gan-slider output {
  min-width: 6.5em;
  white-space: normal;
}
.gan-choice {
  display: grid;
  grid-template-columns: minmax(7.5em, auto) 1fr;
  gap: 0.7em;
  align-items: center;
  min-height: 2.1em;
}
.gan-widget select,
.gan-widget button {
  font: inherit;
  color: inherit;
  background: var(--gan-soft);
  min-width: 0;
  border: 1px solid var(--gan-line);
  border-radius: 5px;
  padding: 0.22em 0.7em;
  cursor: pointer;
}
.gan-widget button:hover,
.gan-widget select:hover {
  border-color: #0072b2;
}
.gan-widget button[aria-pressed="true"] {
  background: #0072b2;
  color: #fff;
  border-color: #0072b2;
}
.gan-widget :is(button, select, input):focus-visible {
  outline: 2px solid #0072b2;
  outline-offset: 2px;
}
.gan-widget button.gan-primary {
  background: #0072b2;
  border-color: #0072b2;
  color: #fff;
  font-weight: 600;
  min-width: 5.6em;
}
.gan-widget button.gan-primary:hover {
  background: #005a8c;
}
.gan-waiting {
  opacity: 0.5;
}
.gan-labels button {
  padding: 0.22em 0.55em;
}
.gan-check {
  display: inline-flex;
  gap: 0.35em;
  align-items: center;
  cursor: pointer;
}
.gan-caption {
  font-size: 0.93em;
  opacity: 0.85;
  margin: 0.35em 0;
  font-variant-numeric: tabular-nums;
  max-width: 42em;
}
.gan-split figure .gan-caption {
  max-width: 280px;
  min-height: 2.9em;
}
[data-kind="laboratory"] .gan-split figure .gan-caption {
  max-width: 470px;
  min-height: 0;
  margin-bottom: 0;
}
.gan-strip {
  margin-top: 0.6em;
  cursor: pointer;
}
.gan-note {
  margin-top: 0.5em;
  font-size: 0.93em;
  font-style: italic;
  opacity: 0.85;
}
.gan-error {
  margin-top: 0.5em;
  padding: 0.4em 0.7em;
  border-left: 4px solid #b00020;
  background: rgb(176 0 32 / 0.1);
  font-weight: 550;
  overflow-wrap: anywhere;
}
`;var x={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},B=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function C(e,t={},...o){let n=document.createElement(e);for(let[r,a]of Object.entries(t))r.startsWith("on")?n.addEventListener(r.slice(2),a):a!==!1&&a!=null&&n.setAttribute(r,a===!0?"":a);return n.append(...o.filter(r=>r!=null)),n}var re=Math.random().toString(36).slice(2),ie=0;function J({label:e,low:t,high:o,step:n,value:r,tip:a,change:l,format:s}){let f=Math.max(0,Math.ceil(-Math.log10(n))),u=s||(b=>b.toFixed(Number.isInteger(n)?0:f).replace("-","−")),c=`gan-slider-${re}-${++ie}`,i=C("input",{type:"range",id:c,min:t,max:o,step:n,value:r,title:a}),g=C("output",{for:c}),m=()=>{g.textContent=u(Number(i.value)),i.setAttribute("aria-valuetext",g.textContent)};return i.addEventListener("input",()=>{m(),l?.(Number(i.value))}),m(),{node:C("div",{class:"gan-slider"},C("label",{for:c,title:a},e),i,g),input:i,get value(){return Number(i.value)},set(b){i.value=String(b),m()}}}function le(e,t,o){return C("button",{type:"button",title:t,onclick:o},e)}function V(e,t,o){let n=null,r=le("▶ Play",e,()=>n?l():a()),a=()=>{r.textContent="❚❚ Pause",n=setInterval(()=>r.isConnected?o(l):l(),t)},l=()=>{clearInterval(n),n=null,r.textContent="▶ Play"};return{node:r,start:a,stop:l}}function z(e,t){let o=C("div",{class:"gan-body"}),n=C("div",{class:"gan-error",role:"alert",hidden:!0}),r=C("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:f=>f.stopPropagation()};e.append(C("div",{class:"gan-widget",role:"group","aria-label":t,...a},o,r,n));let l={body:o,redraw:()=>{},fail(f){n.hidden=!f,n.textContent=f?String(f.message||f):""},note(f){r.hidden=!f,r.textContent=f||""},coalesce(f){let u=!1,c=!1;return async function(){if(c=!0,!u){u=!0;try{for(;c;)c=!1,await f(),l.fail(null)}catch(g){l.fail(g)}finally{u=!1}}}}},s=new MutationObserver(()=>l.redraw());return s.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),s.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),l.close=()=>s.disconnect(),l}function E(e,t,o){let n=C("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${t}`,{node:n,describe(r){n.setAttribute("aria-label",r)},draw(...r){let a=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*a),n.height=Math.round(t*a);let l=n.getContext("2d");l.scale(a,a);let s=getComputedStyle(n).color||"#222";o(l,e,t,s,...r)}}}function G(e,t,o=5){let n=(t-e)/o,r=10**Math.floor(Math.log10(n)),a=[1,2,5,10].map(s=>s*r).find(s=>s>=n),l=[];for(let s=Math.ceil(e/a-1e-9)*a;s<=t+1e-9*a;s+=a)l.push(Math.abs(s)<a/1e6?0:s);return l}function O(e,t,[o,n],[r,a],l,{title:s="",xlabel:f="",ylabel:u="",grid:c=!0}={}){let[i,g,m,b]=t,h=d=>i+(d-o)/(n-o)*m,M=d=>g+b-(d-r)/(a-r)*b;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let y=d=>String(Number(d.toPrecision(4))).replace("-","−"),T=(d,w,S,L,p)=>{e.globalAlpha=p,e.strokeStyle=l,e.beginPath(),e.moveTo(d,w),e.lineTo(S,L),e.stroke(),e.globalAlpha=1};e.fillStyle=l,e.textAlign="center";for(let d of G(o,n,Math.max(2,m/70)))c&&T(h(d),g,h(d),g+b,.12),e.fillText(y(d),h(d),g+b+11);e.textAlign="right";for(let d of G(r,a,Math.max(2,b/45)))c&&T(i,M(d),i+m,M(d),.12),e.fillText(y(d),i-6,M(d));T(i,g,i,g+b,.6),T(i,g+b,i+m,g+b,.6),e.textAlign="center",e.fillText(f,i+m/2,g+b+28),e.save(),e.translate(i-44,g+b/2),e.rotate(-Math.PI/2),e.fillText(u,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(s,i-4,g-12),e.font="12px system-ui, sans-serif";let D=d=>{e.save(),e.beginPath(),e.rect(i,g-1,m+1,b+2),e.clip(),d(),e.restore()};return{X:h,Y:M,clip:D,line(d,w,S,{width:L=2,dash:p=[],fill:v=!1,alpha:k=1}={}){D(()=>{e.beginPath(),d.forEach((A,P)=>e[P?"lineTo":"moveTo"](h(A),M(w[P]))),e.strokeStyle=S,e.lineWidth=L,e.setLineDash(p),e.globalAlpha=k,e.stroke(),v&&(e.lineTo(h(d[d.length-1]),M(Math.max(r,0))),e.lineTo(h(d[0]),M(Math.max(r,0))),e.fillStyle=S,e.globalAlpha=.15,e.fill())})},level(d,w,S){d<r||d>a||(D(()=>{e.setLineDash([2,3]),e.strokeStyle=w,e.beginPath(),e.moveTo(i,M(d)),e.lineTo(i+m,M(d)),e.stroke()}),e.fillStyle=w,e.textAlign="right",e.fillText(S,i+m,M(d)-8))},points(d,w,S=2,L=.5){D(()=>{e.fillStyle=w,e.globalAlpha=L;for(let p=0;p<d.length;p+=2){let[v,k]=[h(d[p]),M(d[p+1])];S<3?e.fillRect(v-.85*S,k-.85*S,1.7*S,1.7*S):(e.beginPath(),e.arc(v,k,S,0,7),e.fill())}})},heat(d,w){let S=new ImageData(w,w);for(let p=0;p<w*w;p++){let v=d[p]/255*4,k=Math.min(3,Math.floor(v)),A=v-k,P=4*((w-1-Math.floor(p/w))*w+p%w);for(let $=0;$<3;$++)S.data[P+$]=B[k][$]+A*(B[k+1][$]-B[k][$]);S.data[P+3]=255}let L=new OffscreenCanvas(w,w);L.getContext("2d").putImageData(S,0,0),D(()=>{e.imageSmoothingEnabled=!0,e.drawImage(L,i,g,m,b)})}}}function j(e,t,o,n,r){e.font="12px system-ui, sans-serif",e.textAlign="left",e.textBaseline="middle";for(let[a,l,s]of n)e.strokeStyle=l,e.lineWidth=3,e.setLineDash(s?[5,3]:[]),e.beginPath(),e.moveTo(t,o),e.lineTo(t+18,o),e.stroke(),e.setLineDash([]),e.fillStyle=r,e.fillText(a,t+23,o),t+=23+e.measureText(a).width+16}function H(e,t,[o,n],r,a,l=1){let s=o*n,f=t.length/(l*s),u=Math.ceil(f/r),c=r*(n+1)-1,i=u*(o+1)-1,g=new ImageData(c,i);for(let b=0;b<f;b++){let h=Math.floor(b/r)*(o+1),M=b%r*(n+1);for(let y=0;y<o;y++)for(let T=0;T<n;T++){let D=4*((h+y)*c+M+T),d=b*l*s+y*n+T;for(let w=0;w<3;w++)g.data[D+w]=l===1?255-t[d]:t[d+w*s];g.data[D+3]=255}}let m=new OffscreenCanvas(c,i);m.getContext("2d").putImageData(g,0,0),e.imageSmoothingEnabled=!1,e.drawImage(m,0,0,c*a,i*a)}function K(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function se(e,t){let o={generator:e.generator,ask:null};if(e.send){let n=new Map,r=Math.random().toString(36).slice(2),a=0,l=(s,f)=>{let u=n.get(s.id);u&&(n.delete(s.id),s.error?u.reject(new Error(s.error)):u.resolve({content:s.content,bytes:K(f?.[0])}))};e.on("msg:custom",l),t.addEventListener("abort",()=>e.off("msg:custom",l)),o.ask=(s,f={},u=[])=>new Promise((c,i)=>{let g=`${r}-${++a}`;n.set(g,{resolve:c,reject:i}),e.send({id:g,name:s,content:f},void 0,u)})}return o.alive=(n,r)=>{let a=l=>{r.inert=!l,r.style.opacity=l?"1":"0.5"};a(!1),n.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{a(!0),n.note(null)}).catch(n.fail)},o}function ge(){document.getElementById("gan-course-style")||document.head.append(C("style",{id:"gan-course-style"},_))}function Q(e){function t({model:o,el:n}){let r=new AbortController;n.dataset.kind=o.get("kind"),ge();let a=()=>{};try{a=e(n,o.get("config"),K(o.get("data")),se(o,r.signal))}catch(l){n.append(C("div",{class:"gan-error",role:"alert"},`This widget could not start: ${l.message}`)),console.error(l)}return()=>{r.abort(),a()}}return{render:t}}function Z(e,t,o){let n={u1:1,i2:2,f4:4},r={},a=o*e.reduce((s,[,f,u])=>s+n[f]*u,0),l=new DataView(t.buffer,t.byteOffset,t.byteLength);for(let[s,f,u,c]of e){let i={u1:g=>l.getUint8(a+g),i2:g=>l.getInt16(a+2*g,!0),f4:g=>l.getFloat32(a+4*g,!0)}[f];r[s]=Float32Array.from({length:u},(g,m)=>c*i(m)),a+=n[f]*u}return r}async function ee(e){let t=new Blob([e]).stream().pipeThrough(new DecompressionStream("deflate"));return new Uint8Array(await new Response(t).arrayBuffer())}function te(e,t,o,n,{map:r,size:a,real:l,centres:s,fake:f,arrows:u,manifold:c,title:i,layers:g={}}){let m=O(e,t,[-o,o],[-o,o],n,{title:i,xlabel:"x₁",ylabel:"x₂",grid:!r}),b=h=>g[h]!==!1;if(r&&b("map")&&m.heat(r,a),c&&b("manifold"))for(let h of c){let M=[],y=[];for(let T=0;T<h.length;T+=2)M.push(h[T]),y.push(h[T+1]);m.line(M,y,x.fake,{width:.8,alpha:.45})}l&&b("real")&&m.points(l,x.real,1.8,.6),s&&m.clip(()=>{e.strokeStyle=x.real,e.lineWidth=1.6;for(let h=0;h<s.length;h+=2)e.beginPath(),e.arc(m.X(s[h]),m.Y(s[h+1]),6,0,7),e.stroke()}),f&&b("fake")&&m.points(f,x.fake,2.2,.75),u&&b("arrows")&&m.clip(()=>{e.strokeStyle=e.fillStyle="#222",e.lineWidth=1.4;let h=u.length/4,M=0;for(let y=0;y<h;y++)M+=Math.hypot(u[4*y+2],u[4*y+3])/h;for(let y=0;y<h;y++){let[T,D,d,w]=u.slice(4*y,4*y+4),S=Math.hypot(d,w)||1,L=Math.min(60,26*S/(M||1)),p=L/S;if(L<2)continue;let v=[m.X(T),m.Y(D)],k=[v[0]+d*p,v[1]-w*p],A=Math.atan2(k[1]-v[1],k[0]-v[0]),P=Math.min(6,.4*L);e.beginPath(),e.moveTo(...v),e.lineTo(...k),e.stroke(),e.beginPath(),e.moveTo(...k);for(let $ of[.45,-.45])e.lineTo(k[0]-P*Math.cos(A+$),k[1]-P*Math.sin(A+$));e.fill()}})}function ne(e,t,o,n,r,a){let l=o.step.filter(i=>i<=n).length,s=o.step.flatMap((i,g)=>[o.d[g],o.g[g]]).filter(Number.isFinite).sort((i,g)=>i-g),f=Math.max(1.6,s.length?1.1*s[Math.floor(.99*(s.length-1))]:0),u=Math.min(0,s.length?s[Math.floor(.01*s.length)]:0),c=O(e,t,[0,Math.max(1,r)],[u,f],a,{title:"losses",xlabel:"generator step",ylabel:"nats"});o.reference&&(c.level(Math.log(4),x.grey,"log 4"),c.level(Math.log(2),x.grey,"log 2"));for(let[i,g]of[[o.d,a],[o.g,x.fake]])c.line(o.step,i,g,{width:1.2,alpha:.2}),l>1&&c.line(o.step.slice(0,l),i.slice(0,l),g,{width:1.7});j(e,t[0]+60,t[1]-12,[["discriminator",a],["generator",x.fake]],a)}function ae(e,[t,o,n,r],{rows:a,columns:l,band:s},f,u){let c=n/l.length,i=r/a.length;e.font="12px sans-serif",e.textBaseline="middle";for(let[g,m]of l.entries())e.textAlign="center",e.fillStyle=u,e.fillText(m,t+(g+.5)*c,o-10);for(let[g,m]of a.entries()){e.textAlign="right",e.fillStyle=u,e.fillText(m,t-8,o+(g+.5)*i);for(let b=0;b<l.length;b++){let h=f[g*l.length+b],M=Math.min(1,Math.abs(h)/(10*s)),y=Math.abs(h)<=s;e.globalAlpha=y?.15:.35+.65*M,e.fillStyle=y?x.grey:h>0?x.fake:x.purple,e.fillRect(t+b*c+1,o+g*i+1,c-2,i-2),e.globalAlpha=1,e.fillStyle=!y&&M>.55?"#fff":u,e.textAlign="center",e.fillText((h>0?"+":h<0?"−":"")+Math.abs(h).toFixed(Math.abs(h)<10?1:0),t+(b+.5)*c,o+(g+.5)*i)}}}function de(e,t,o,n){let r=z(e,t.title),{steps:a,parts:l,view:s,losses:f,meters:u}=t,c=p=>(t.unit||"step {}").replace("{}",a[p].toLocaleString("en")),i=a.length-1,g=0,m=i,h={images:()=>{let[p,v]=t.shape,k=Math.ceil(t.count/t.columns),A=Math.min(2,560/(t.columns*(v+1)));return E(t.columns*(v+1)*A,k*(p+1)*A,(P,$,F,R,W)=>H(P,W.images,t.shape,t.columns,A,t.channels))},plane:()=>E(420,420,(p,v,k,A,P)=>te(p,[50,30,350,350],t.limit,A,{...P,size:t.size,real:t.real,centres:t.centres,title:"samples on D's map"})),line:()=>E(420,420,(p,v,k,A,P)=>{let{x:$,p:F}=t,[R,W]=[$[0],$[$.length-1]],U=O(p,[50,30,360,150],[R,W],[0,t.top],A,{title:"densities",xlabel:"",ylabel:"density"});U.line($,F,x.real,{fill:!0}),U.line($,Array.from(P.q),x.fake,{fill:!0}),j(p,196,18,[["data p",x.real],["generated q",x.fake]],A);let N=O(p,[50,226,360,150],[R,W],[0,1],A,{title:"discriminator",xlabel:"x",ylabel:"D(x)"}),X=F.map((I,q)=>I+P.q[q]),Y=$.map((I,q)=>q).filter(I=>X[I]>.001);N.line(Y.map(I=>$[I]),Y.map(I=>F[I]/X[I]),x.green,{width:4,alpha:.6}),N.line($,Array.from(P.D),A,{dash:[6,4]}),j(p,196,214,[["optimal D*",x.green],["D",A,!0]],A)})}[s](),M=f&&E(330,300,(p,v,k,A)=>ne(p,[56,40,256,210],f,a[m],f.step[f.step.length-1],A)),y=u&&E(110+62*u.columns.length,40+24*u.rows.length,(p,v,k,A,P)=>ae(p,[110,30,v-114,k-36],u,P.meters,A)),T=C("div",{class:"gan-caption","aria-live":"polite"}),D=ee(o),d=r.coalesce(async()=>{let p=Z(l,await D,m);h.draw(p),M?.draw(),y?.draw(p);let v=f?f.step.filter(A=>A<=a[m]).length-1:-1,k=v>=0?`; loss of D ${f.d[v].toFixed(3)}, of G ${f.g[v].toFixed(3)}`:"";T.textContent=`${t.caption||""} ${c(m)}${k}`.trim().replaceAll("-","−"),h.describe(`${t.title}, ${T.textContent}`),y?.describe(`${u.columns.join(", ")} in columns, ${u.rows.join(", ")} in rows, at ${c(m)}`),M?.describe(`Losses up to step ${a[m]}${k}`),h.node.dataset.frame=String(++g)}),w=J({label:"snapshot",low:0,high:i,step:1,value:i,tip:t.unit?"":"Left is the start of training, right its end",format:c,change:p=>{m=p,d()}}),S=Math.max(...a.map((p,v)=>c(v).length));w.node.querySelector("output").style.minWidth=`max(6.5em, min(${(.55*S).toFixed(1)}em, 100vw - 15.5em))`;let L=V("Play from the start, or go on",200,p=>{if(m>=i)return p();w.set(++m),d()});return L.node.addEventListener("click",()=>{m<i||(m=0,w.set(0),d())},{capture:!0}),r.body.append(C("div",{class:"gan-title"},t.title),C("div",{class:"gan-row"},L.node,w.node),C("div",{class:"gan-pair"},h.node,M?.node,y?.node),T),r.redraw=d,d(),()=>{L.stop(),r.close()}}var Me=Q(de);export{Me as default};
