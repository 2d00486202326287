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
.gan-widget figure {
  margin: 0;
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
[data-kind="laboratory"] .gan-split .gan-slider {
  grid-template-columns: 9.4em 1fr 4.4em;
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
`;var x={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},B=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function C(e,t={},...o){let n=document.createElement(e);for(let[r,a]of Object.entries(t))r.startsWith("on")?n.addEventListener(r.slice(2),a):a!==!1&&a!=null&&n.setAttribute(r,a===!0?"":a);return n.append(...o.filter(r=>r!=null)),n}var re=Math.random().toString(36).slice(2),le=0;function J({label:e,low:t,high:o,step:n,value:r,tip:a,change:i,format:s}){let m=Math.max(0,Math.ceil(-Math.log10(n))),u=s||(b=>b.toFixed(Number.isInteger(n)?0:m).replace("-","−")),c=`gan-slider-${re}-${++le}`,l=C("input",{type:"range",id:c,min:t,max:o,step:n,value:r,title:a}),g=C("output",{for:c}),f=()=>{g.textContent=u(Number(l.value)),l.setAttribute("aria-valuetext",g.textContent)};return l.addEventListener("input",()=>{f(),i?.(Number(l.value))}),f(),{node:C("div",{class:"gan-slider"},C("label",{for:c,title:a},e),l,g),input:l,get value(){return Number(l.value)},set(b){l.value=String(b),f()}}}function ie(e,t,o){return C("button",{type:"button",title:t,onclick:o},e)}function V(e,t,o){let n=null,r=ie("▶ Play",e,()=>n?i():a()),a=()=>{r.textContent="❚❚ Pause",n=setInterval(()=>r.isConnected?o(i):i(),t)},i=()=>{clearInterval(n),n=null,r.textContent="▶ Play"};return{node:r,start:a,stop:i}}function z(e,t){let o=C("div",{class:"gan-body"}),n=C("div",{class:"gan-error",role:"alert",hidden:!0}),r=C("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:m=>m.stopPropagation()};e.append(C("div",{class:"gan-widget",role:"group","aria-label":t,...a},o,r,n));let i={body:o,redraw:()=>{},fail(m){n.hidden=!m,n.textContent=m?String(m.message||m):""},note(m){r.hidden=!m,r.textContent=m||""},coalesce(m){let u=!1,c=!1;return async function(){if(c=!0,!u){u=!0;try{for(;c;)c=!1,await m(),i.fail(null)}catch(g){i.fail(g)}finally{u=!1}}}}},s=new MutationObserver(()=>i.redraw());return s.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),s.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),i.close=()=>s.disconnect(),i}function E(e,t,o){let n=C("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${t}`,{node:n,describe(r){n.setAttribute("aria-label",r)},draw(...r){let a=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*a),n.height=Math.round(t*a);let i=n.getContext("2d");i.scale(a,a);let s=getComputedStyle(n).color||"#222";o(i,e,t,s,...r)}}}function G(e,t,o=5){let n=(t-e)/o,r=10**Math.floor(Math.log10(n)),a=[1,2,5,10].map(s=>s*r).find(s=>s>=n),i=[];for(let s=Math.ceil(e/a-1e-9)*a;s<=t+1e-9*a;s+=a)i.push(Math.abs(s)<a/1e6?0:s);return i}function O(e,t,[o,n],[r,a],i,{title:s="",xlabel:m="",ylabel:u="",grid:c=!0}={}){let[l,g,f,b]=t,h=d=>l+(d-o)/(n-o)*f,M=d=>g+b-(d-r)/(a-r)*b;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let y=d=>String(Number(d.toPrecision(4))).replace("-","−"),T=(d,w,S,L,p)=>{e.globalAlpha=p,e.strokeStyle=i,e.beginPath(),e.moveTo(d,w),e.lineTo(S,L),e.stroke(),e.globalAlpha=1};e.fillStyle=i,e.textAlign="center";for(let d of G(o,n,Math.max(2,f/70)))c&&T(h(d),g,h(d),g+b,.12),e.fillText(y(d),h(d),g+b+11);e.textAlign="right";for(let d of G(r,a,Math.max(2,b/45)))c&&T(l,M(d),l+f,M(d),.12),e.fillText(y(d),l-6,M(d));T(l,g,l,g+b,.6),T(l,g+b,l+f,g+b,.6),e.textAlign="center",e.fillText(m,l+f/2,g+b+28),e.save(),e.translate(l-44,g+b/2),e.rotate(-Math.PI/2),e.fillText(u,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(s,l-4,g-12),e.font="12px system-ui, sans-serif";let D=d=>{e.save(),e.beginPath(),e.rect(l,g-1,f+1,b+2),e.clip(),d(),e.restore()};return{X:h,Y:M,clip:D,line(d,w,S,{width:L=2,dash:p=[],fill:v=!1,alpha:k=1}={}){D(()=>{e.beginPath(),d.forEach((A,P)=>e[P?"lineTo":"moveTo"](h(A),M(w[P]))),e.strokeStyle=S,e.lineWidth=L,e.setLineDash(p),e.globalAlpha=k,e.stroke(),v&&(e.lineTo(h(d[d.length-1]),M(Math.max(r,0))),e.lineTo(h(d[0]),M(Math.max(r,0))),e.fillStyle=S,e.globalAlpha=.15,e.fill())})},level(d,w,S){d<r||d>a||(D(()=>{e.setLineDash([2,3]),e.strokeStyle=w,e.beginPath(),e.moveTo(l,M(d)),e.lineTo(l+f,M(d)),e.stroke()}),e.fillStyle=w,e.textAlign="right",e.fillText(S,l+f,M(d)-8))},points(d,w,S=2,L=.5){D(()=>{e.fillStyle=w,e.globalAlpha=L;for(let p=0;p<d.length;p+=2){let[v,k]=[h(d[p]),M(d[p+1])];S<3?e.fillRect(v-.85*S,k-.85*S,1.7*S,1.7*S):(e.beginPath(),e.arc(v,k,S,0,7),e.fill())}})},heat(d,w){let S=new ImageData(w,w);for(let p=0;p<w*w;p++){let v=d[p]/255*4,k=Math.min(3,Math.floor(v)),A=v-k,P=4*((w-1-Math.floor(p/w))*w+p%w);for(let $=0;$<3;$++)S.data[P+$]=B[k][$]+A*(B[k+1][$]-B[k][$]);S.data[P+3]=255}let L=new OffscreenCanvas(w,w);L.getContext("2d").putImageData(S,0,0),D(()=>{e.imageSmoothingEnabled=!0,e.drawImage(L,l,g,f,b)})}}}function j(e,t,o,n,r){e.font="12px system-ui, sans-serif",e.textAlign="left",e.textBaseline="middle";for(let[a,i,s]of n)e.strokeStyle=i,e.lineWidth=3,e.setLineDash(s?[5,3]:[]),e.beginPath(),e.moveTo(t,o),e.lineTo(t+18,o),e.stroke(),e.setLineDash([]),e.fillStyle=r,e.fillText(a,t+23,o),t+=23+e.measureText(a).width+16}function H(e,t,[o,n],r,a,i=1){let s=o*n,m=t.length/(i*s),u=Math.ceil(m/r),c=r*(n+1)-1,l=u*(o+1)-1,g=new ImageData(c,l);for(let b=0;b<m;b++){let h=Math.floor(b/r)*(o+1),M=b%r*(n+1);for(let y=0;y<o;y++)for(let T=0;T<n;T++){let D=4*((h+y)*c+M+T),d=b*i*s+y*n+T;for(let w=0;w<3;w++)g.data[D+w]=i===1?255-t[d]:t[d+w*s];g.data[D+3]=255}}let f=new OffscreenCanvas(c,l);f.getContext("2d").putImageData(g,0,0),e.imageSmoothingEnabled=!1,e.drawImage(f,0,0,c*a,l*a)}function K(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function se(e,t){let o={generator:e.generator,ask:null};if(e.send){let n=new Map,r=Math.random().toString(36).slice(2),a=0,i=(s,m)=>{let u=n.get(s.id);u&&(n.delete(s.id),s.error?u.reject(new Error(s.error)):u.resolve({content:s.content,bytes:K(m?.[0])}))};e.on("msg:custom",i),t.addEventListener("abort",()=>e.off("msg:custom",i)),o.ask=(s,m={},u=[])=>new Promise((c,l)=>{let g=`${r}-${++a}`;n.set(g,{resolve:c,reject:l}),e.send({id:g,name:s,content:m},void 0,u)})}return o.alive=(n,r)=>{let a=i=>{r.inert=!i,r.style.opacity=i?"1":"0.5"};a(!1),n.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{a(!0),n.note(null)}).catch(n.fail)},o}function ge(){document.getElementById("gan-course-style")||document.head.append(C("style",{id:"gan-course-style"},_))}function Q(e){function t({model:o,el:n}){let r=new AbortController;n.dataset.kind=o.get("kind"),ge();let a=()=>{};try{a=e(n,o.get("config"),K(o.get("data")),se(o,r.signal))}catch(i){n.append(C("div",{class:"gan-error",role:"alert"},`This widget could not start: ${i.message}`)),console.error(i)}return()=>{r.abort(),a()}}return{render:t}}function Z(e,t,o){let n={u1:1,i2:2,f4:4},r={},a=o*e.reduce((s,[,m,u])=>s+n[m]*u,0),i=new DataView(t.buffer,t.byteOffset,t.byteLength);for(let[s,m,u,c]of e){let l={u1:g=>i.getUint8(a+g),i2:g=>i.getInt16(a+2*g,!0),f4:g=>i.getFloat32(a+4*g,!0)}[m];r[s]=Float32Array.from({length:u},(g,f)=>c*l(f)),a+=n[m]*u}return r}async function ee(e){let t=new Blob([e]).stream().pipeThrough(new DecompressionStream("deflate"));return new Uint8Array(await new Response(t).arrayBuffer())}function te(e,t,o,n,{map:r,size:a,real:i,centres:s,fake:m,arrows:u,manifold:c,title:l,layers:g={}}){let f=O(e,t,[-o,o],[-o,o],n,{title:l,xlabel:"x₁",ylabel:"x₂",grid:!r}),b=h=>g[h]!==!1;if(r&&b("map")&&f.heat(r,a),c&&b("manifold"))for(let h of c){let M=[],y=[];for(let T=0;T<h.length;T+=2)M.push(h[T]),y.push(h[T+1]);f.line(M,y,x.fake,{width:.8,alpha:.45})}i&&b("real")&&f.points(i,x.real,1.8,.6),s&&f.clip(()=>{e.strokeStyle=x.real,e.lineWidth=1.6;for(let h=0;h<s.length;h+=2)e.beginPath(),e.arc(f.X(s[h]),f.Y(s[h+1]),6,0,7),e.stroke()}),m&&b("fake")&&f.points(m,x.fake,2.2,.75),u&&b("arrows")&&f.clip(()=>{e.strokeStyle=e.fillStyle="#222",e.lineWidth=1.4;let h=u.length/4,M=0;for(let y=0;y<h;y++)M+=Math.hypot(u[4*y+2],u[4*y+3])/h;for(let y=0;y<h;y++){let[T,D,d,w]=u.slice(4*y,4*y+4),S=Math.hypot(d,w)||1,L=Math.min(60,26*S/(M||1)),p=L/S;if(L<2)continue;let v=[f.X(T),f.Y(D)],k=[v[0]+d*p,v[1]-w*p],A=Math.atan2(k[1]-v[1],k[0]-v[0]),P=Math.min(6,.4*L);e.beginPath(),e.moveTo(...v),e.lineTo(...k),e.stroke(),e.beginPath(),e.moveTo(...k);for(let $ of[.45,-.45])e.lineTo(k[0]-P*Math.cos(A+$),k[1]-P*Math.sin(A+$));e.fill()}})}function ne(e,t,o,n,r,a){let i=o.step.filter(l=>l<=n).length,s=o.step.flatMap((l,g)=>[o.d[g],o.g[g]]).filter(Number.isFinite).sort((l,g)=>l-g),m=Math.max(1.6,s.length?1.1*s[Math.floor(.99*(s.length-1))]:0),u=Math.min(0,s.length?s[Math.floor(.01*s.length)]:0),c=O(e,t,[0,Math.max(1,r)],[u,m],a,{title:"losses",xlabel:"generator step",ylabel:"nats"});o.reference&&(c.level(Math.log(4),x.grey,"log 4"),c.level(Math.log(2),x.grey,"log 2"));for(let[l,g]of[[o.d,a],[o.g,x.fake]])c.line(o.step,l,g,{width:1.2,alpha:.2}),i>1&&c.line(o.step.slice(0,i),l.slice(0,i),g,{width:1.7});j(e,t[0]+60,t[1]-12,[["discriminator",a],["generator",x.fake]],a)}function ae(e,[t,o,n,r],{rows:a,columns:i,band:s},m,u){let c=n/i.length,l=r/a.length;e.font="12px sans-serif",e.textBaseline="middle";for(let[g,f]of i.entries())e.textAlign="center",e.fillStyle=u,e.fillText(f,t+(g+.5)*c,o-10);for(let[g,f]of a.entries()){e.textAlign="right",e.fillStyle=u,e.fillText(f,t-8,o+(g+.5)*l);for(let b=0;b<i.length;b++){let h=m[g*i.length+b],M=Math.min(1,Math.abs(h)/(10*s)),y=Math.abs(h)<=s;e.globalAlpha=y?.15:.35+.65*M,e.fillStyle=y?x.grey:h>0?x.fake:x.purple,e.fillRect(t+b*c+1,o+g*l+1,c-2,l-2),e.globalAlpha=1,e.fillStyle=!y&&M>.55?"#fff":u,e.textAlign="center",e.fillText((h>0?"+":h<0?"−":"")+Math.abs(h).toFixed(Math.abs(h)<10?1:0),t+(b+.5)*c,o+(g+.5)*l)}}}function de(e,t,o,n){let r=z(e,t.title),{steps:a,parts:i,view:s,losses:m,meters:u}=t,c=p=>(t.unit||"step {}").replace("{}",a[p].toLocaleString("en")),l=a.length-1,g=0,f=l,h={images:()=>{let[p,v]=t.shape,k=Math.ceil(t.count/t.columns),A=Math.min(2,560/(t.columns*(v+1)));return E(t.columns*(v+1)*A,k*(p+1)*A,(P,$,F,R,W)=>H(P,W.images,t.shape,t.columns,A,t.channels))},plane:()=>E(420,420,(p,v,k,A,P)=>te(p,[50,30,350,350],t.limit,A,{...P,size:t.size,real:t.real,centres:t.centres,title:"samples on D's map"})),line:()=>E(420,420,(p,v,k,A,P)=>{let{x:$,p:F}=t,[R,W]=[$[0],$[$.length-1]],U=O(p,[50,30,360,150],[R,W],[0,t.top],A,{title:"densities",xlabel:"",ylabel:"density"});U.line($,F,x.real,{fill:!0}),U.line($,Array.from(P.q),x.fake,{fill:!0}),j(p,196,18,[["data p",x.real],["generated q",x.fake]],A);let N=O(p,[50,226,360,150],[R,W],[0,1],A,{title:"discriminator",xlabel:"x",ylabel:"D(x)"}),X=F.map((I,q)=>I+P.q[q]),Y=$.map((I,q)=>q).filter(I=>X[I]>.001);N.line(Y.map(I=>$[I]),Y.map(I=>F[I]/X[I]),x.green,{width:4,alpha:.6}),N.line($,Array.from(P.D),A,{dash:[6,4]}),j(p,196,214,[["optimal D*",x.green],["D",A,!0]],A)})}[s](),M=m&&E(330,300,(p,v,k,A)=>ne(p,[56,40,256,210],m,a[f],m.step[m.step.length-1],A)),y=u&&E(110+62*u.columns.length,40+24*u.rows.length,(p,v,k,A,P)=>ae(p,[110,30,v-114,k-36],u,P.meters,A)),T=C("div",{class:"gan-caption","aria-live":"polite"}),D=ee(o),d=r.coalesce(async()=>{let p=Z(i,await D,f);h.draw(p),M?.draw(),y?.draw(p);let v=m?m.step.filter(A=>A<=a[f]).length-1:-1,k=v>=0?`; loss of D ${m.d[v].toFixed(3)}, of G ${m.g[v].toFixed(3)}`:"";T.textContent=`${t.caption||""} ${c(f)}${k}`.trim().replaceAll("-","−"),h.describe(`${t.title}, ${T.textContent}`),y?.describe(`${u.columns.join(", ")} in columns, ${u.rows.join(", ")} in rows, at ${c(f)}`),M?.describe(`Losses up to step ${a[f]}${k}`),h.node.dataset.frame=String(++g)}),w=J({label:"snapshot",low:0,high:l,step:1,value:l,tip:t.unit?"":"Left is the start of training, right its end",format:c,change:p=>{f=p,d()}}),S=Math.max(...a.map((p,v)=>c(v).length));w.node.querySelector("output").style.minWidth=`max(6.5em, min(${(.55*S).toFixed(1)}em, 100vw - 15.5em))`;let L=V("Play from the start, or go on",200,p=>{if(f>=l)return p();w.set(++f),d()});return L.node.addEventListener("click",()=>{f<l||(f=0,w.set(0),d())},{capture:!0}),r.body.append(C("div",{class:"gan-title"},t.title),C("div",{class:"gan-row"},L.node,w.node),C("div",{class:"gan-pair"},h.node,M?.node,y?.node),T),r.redraw=d,d(),()=>{L.stop(),r.close()}}var Me=Q(de);export{Me as default};
