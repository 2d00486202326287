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
`;var x={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},B=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function C(e,t={},...o){let n=document.createElement(e);for(let[r,a]of Object.entries(t))r.startsWith("on")?n.addEventListener(r.slice(2),a):a!==!1&&a!=null&&n.setAttribute(r,a===!0?"":a);return n.append(...o.filter(r=>r!=null)),n}var re=Math.random().toString(36).slice(2),le=0;function J({label:e,low:t,high:o,step:n,value:r,tip:a,change:l,format:s}){let m=Math.max(0,Math.ceil(-Math.log10(n))),p=s||(b=>b.toFixed(Number.isInteger(n)?0:m).replace("-","−")),c=`gan-slider-${re}-${++le}`,i=C("input",{type:"range",id:c,min:t,max:o,step:n,value:r,title:a}),d=C("output",{for:c}),g=()=>{d.textContent=p(Number(i.value)),i.setAttribute("aria-valuetext",d.textContent)};return i.addEventListener("input",()=>{g(),l?.(Number(i.value))}),g(),{node:C("div",{class:"gan-slider"},C("label",{for:c,title:a},e),i,d),input:i,get value(){return Number(i.value)},set(b){i.value=String(b),g()}}}function ie(e,t,o){return C("button",{type:"button",title:t,onclick:o},e)}function V(e,t,o){let n=null,r=ie("▶ Play",e,()=>n?l():a()),a=()=>{r.textContent="❚❚ Pause",n=setInterval(()=>r.isConnected?o(l):l(),t)},l=()=>{clearInterval(n),n=null,r.textContent="▶ Play"};return{node:r,start:a,stop:l}}function H(e,t){let o=C("div",{class:"gan-body"}),n=C("div",{class:"gan-error",role:"alert",hidden:!0}),r=C("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:m=>m.stopPropagation()};e.append(C("div",{class:"gan-widget",role:"group","aria-label":t,...a},o,r,n));let l={body:o,redraw:()=>{},fail(m){n.hidden=!m,n.textContent=m?String(m.message||m):""},note(m){r.hidden=!m,r.textContent=m||""},coalesce(m){let p=!1,c=!1;return async function(){if(c=!0,!p){p=!0;try{for(;c;)c=!1,await m(),l.fail(null)}catch(d){l.fail(d)}finally{p=!1}}}}},s=new MutationObserver(()=>l.redraw());return s.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),s.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),l.close=()=>s.disconnect(),l}function E(e,t,o){let n=C("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${t}`,{node:n,describe(r){n.setAttribute("aria-label",r)},draw(...r){let a=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*a),n.height=Math.round(t*a);let l=n.getContext("2d");l.scale(a,a);let s=getComputedStyle(n).color||"#222";o(l,e,t,s,...r)}}}function G(e,t,o=5){let n=(t-e)/o,r=10**Math.floor(Math.log10(n)),a=[1,2,5,10].map(s=>s*r).find(s=>s>=n),l=[];for(let s=Math.ceil(e/a-1e-9)*a;s<=t+1e-9*a;s+=a)l.push(Math.abs(s)<a/1e6?0:s);return l}function O(e,t,[o,n],[r,a],l,{title:s="",xlabel:m="",ylabel:p="",grid:c=!0}={}){let[i,d,g,b]=t,h=f=>i+(f-o)/(n-o)*g,w=f=>d+b-(f-r)/(a-r)*b;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let y=f=>String(Number(f.toPrecision(4))).replace("-","−"),T=(f,v,S,L,u)=>{e.globalAlpha=u,e.strokeStyle=l,e.beginPath(),e.moveTo(f,v),e.lineTo(S,L),e.stroke(),e.globalAlpha=1};e.fillStyle=l,e.textAlign="center";for(let f of G(o,n,Math.max(2,g/70)))c&&T(h(f),d,h(f),d+b,.12),e.fillText(y(f),h(f),d+b+11);e.textAlign="right";for(let f of G(r,a,Math.max(2,b/45)))c&&T(i,w(f),i+g,w(f),.12),e.fillText(y(f),i-6,w(f));T(i,d,i,d+b,.6),T(i,d+b,i+g,d+b,.6),e.textAlign="center",e.fillText(m,i+g/2,d+b+28),e.save(),e.translate(i-44,d+b/2),e.rotate(-Math.PI/2),e.fillText(p,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(s,i-4,d-12),e.font="12px system-ui, sans-serif";let D=f=>{e.save(),e.beginPath(),e.rect(i,d-1,g+1,b+2),e.clip(),f(),e.restore()};return{X:h,Y:w,clip:D,line(f,v,S,{width:L=2,dash:u=[],fill:M=!1,alpha:k=1}={}){D(()=>{e.beginPath(),f.forEach((A,P)=>e[P?"lineTo":"moveTo"](h(A),w(v[P]))),e.strokeStyle=S,e.lineWidth=L,e.setLineDash(u),e.globalAlpha=k,e.stroke(),M&&(e.lineTo(h(f[f.length-1]),w(Math.max(r,0))),e.lineTo(h(f[0]),w(Math.max(r,0))),e.fillStyle=S,e.globalAlpha=.15,e.fill())})},level(f,v,S){f<r||f>a||(D(()=>{e.setLineDash([2,3]),e.strokeStyle=v,e.beginPath(),e.moveTo(i,w(f)),e.lineTo(i+g,w(f)),e.stroke()}),e.fillStyle=v,e.textAlign="right",e.fillText(S,i+g,w(f)-8))},points(f,v,S=2,L=.5){D(()=>{e.fillStyle=v,e.globalAlpha=L;for(let u=0;u<f.length;u+=2){let[M,k]=[h(f[u]),w(f[u+1])];S<3?e.fillRect(M-.85*S,k-.85*S,1.7*S,1.7*S):(e.beginPath(),e.arc(M,k,S,0,7),e.fill())}})},heat(f,v){let S=new ImageData(v,v);for(let u=0;u<v*v;u++){let M=f[u]/255*4,k=Math.min(3,Math.floor(M)),A=M-k,P=4*((v-1-Math.floor(u/v))*v+u%v);for(let $=0;$<3;$++)S.data[P+$]=B[k][$]+A*(B[k+1][$]-B[k][$]);S.data[P+3]=255}let L=new OffscreenCanvas(v,v);L.getContext("2d").putImageData(S,0,0),D(()=>{e.imageSmoothingEnabled=!0,e.drawImage(L,i,d,g,b)})}}}function j(e,t,o,n,r){e.font="12px system-ui, sans-serif",e.textAlign="left",e.textBaseline="middle";for(let[a,l,s]of n)e.strokeStyle=l,e.lineWidth=3,e.setLineDash(s?[5,3]:[]),e.beginPath(),e.moveTo(t,o),e.lineTo(t+18,o),e.stroke(),e.setLineDash([]),e.fillStyle=r,e.fillText(a,t+23,o),t+=23+e.measureText(a).width+16}function K(e,t,[o,n],r,a,l=1){let s=t.length/(o*n),m=Math.ceil(s/r),p=r*(n+l)-l,c=m*(o+l)-l,i=new ImageData(p,c);for(let g=0;g<s;g++){let b=Math.floor(g/r)*(o+l),h=g%r*(n+l);for(let w=0;w<o;w++)for(let y=0;y<n;y++){let T=4*((b+w)*p+h+y),D=255-t[(g*o+w)*n+y];i.data[T]=i.data[T+1]=i.data[T+2]=D,i.data[T+3]=255}}let d=new OffscreenCanvas(p,c);d.getContext("2d").putImageData(i,0,0),e.imageSmoothingEnabled=!1,e.drawImage(d,0,0,p*a,c*a)}function Q(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function se(e,t){let o={generator:e.generator,ask:null};if(e.send){let n=new Map,r=Math.random().toString(36).slice(2),a=0,l=(s,m)=>{let p=n.get(s.id);p&&(n.delete(s.id),s.error?p.reject(new Error(s.error)):p.resolve({content:s.content,bytes:Q(m?.[0])}))};e.on("msg:custom",l),t.addEventListener("abort",()=>e.off("msg:custom",l)),o.ask=(s,m={},p=[])=>new Promise((c,i)=>{let d=`${r}-${++a}`;n.set(d,{resolve:c,reject:i}),e.send({id:d,name:s,content:m},void 0,p)})}return o.alive=(n,r)=>{let a=l=>{r.inert=!l,r.style.opacity=l?"1":"0.5"};a(!1),n.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{a(!0),n.note(null)}).catch(n.fail)},o}function de(){document.getElementById("gan-course-style")||document.head.append(C("style",{id:"gan-course-style"},_))}function Z(e){function t({model:o,el:n}){let r=new AbortController;n.dataset.kind=o.get("kind"),de();let a=()=>{};try{a=e(n,o.get("config"),Q(o.get("data")),se(o,r.signal))}catch(l){n.append(C("div",{class:"gan-error",role:"alert"},`This widget could not start: ${l.message}`)),console.error(l)}return()=>{r.abort(),a()}}return{render:t}}function z(e,t,o){let n={u1:1,i2:2,f4:4},r={},a=o*e.reduce((s,[,m,p])=>s+n[m]*p,0),l=new DataView(t.buffer,t.byteOffset,t.byteLength);for(let[s,m,p,c]of e){let i={u1:d=>l.getUint8(a+d),i2:d=>l.getInt16(a+2*d,!0),f4:d=>l.getFloat32(a+4*d,!0)}[m];r[s]=Float32Array.from({length:p},(d,g)=>c*i(g)),a+=n[m]*p}return r}async function ee(e){let t=new Blob([e]).stream().pipeThrough(new DecompressionStream("deflate"));return new Uint8Array(await new Response(t).arrayBuffer())}function te(e,t,o,n,{map:r,size:a,real:l,centres:s,fake:m,arrows:p,manifold:c,title:i,layers:d={}}){let g=O(e,t,[-o,o],[-o,o],n,{title:i,xlabel:"x₁",ylabel:"x₂",grid:!r}),b=h=>d[h]!==!1;if(r&&b("map")&&g.heat(r,a),c&&b("manifold"))for(let h of c){let w=[],y=[];for(let T=0;T<h.length;T+=2)w.push(h[T]),y.push(h[T+1]);g.line(w,y,x.fake,{width:.8,alpha:.45})}l&&b("real")&&g.points(l,x.real,1.8,.6),s&&g.clip(()=>{e.strokeStyle=x.real,e.lineWidth=1.6;for(let h=0;h<s.length;h+=2)e.beginPath(),e.arc(g.X(s[h]),g.Y(s[h+1]),6,0,7),e.stroke()}),m&&b("fake")&&g.points(m,x.fake,2.2,.75),p&&b("arrows")&&g.clip(()=>{e.strokeStyle=e.fillStyle="#222",e.lineWidth=1.4;let h=p.length/4,w=0;for(let y=0;y<h;y++)w+=Math.hypot(p[4*y+2],p[4*y+3])/h;for(let y=0;y<h;y++){let[T,D,f,v]=p.slice(4*y,4*y+4),S=Math.hypot(f,v)||1,L=Math.min(60,26*S/(w||1)),u=L/S;if(L<2)continue;let M=[g.X(T),g.Y(D)],k=[M[0]+f*u,M[1]-v*u],A=Math.atan2(k[1]-M[1],k[0]-M[0]),P=Math.min(6,.4*L);e.beginPath(),e.moveTo(...M),e.lineTo(...k),e.stroke(),e.beginPath(),e.moveTo(...k);for(let $ of[.45,-.45])e.lineTo(k[0]-P*Math.cos(A+$),k[1]-P*Math.sin(A+$));e.fill()}})}function ne(e,t,o,n,r,a){let l=o.step.filter(i=>i<=n).length,s=o.step.flatMap((i,d)=>[o.d[d],o.g[d]]).filter(Number.isFinite).sort((i,d)=>i-d),m=Math.max(1.6,s.length?1.1*s[Math.floor(.99*(s.length-1))]:0),p=Math.min(0,s.length?s[Math.floor(.01*s.length)]:0),c=O(e,t,[0,Math.max(1,r)],[p,m],a,{title:"losses",xlabel:"generator step",ylabel:"nats"});o.reference&&(c.level(Math.log(4),x.grey,"log 4"),c.level(Math.log(2),x.grey,"log 2"));for(let[i,d]of[[o.d,a],[o.g,x.fake]])c.line(o.step,i,d,{width:1.2,alpha:.2}),l>1&&c.line(o.step.slice(0,l),i.slice(0,l),d,{width:1.7});j(e,t[0]+60,t[1]-12,[["discriminator",a],["generator",x.fake]],a)}function ae(e,[t,o,n,r],{rows:a,columns:l,band:s},m,p){let c=n/l.length,i=r/a.length;e.font="12px sans-serif",e.textBaseline="middle";for(let[d,g]of l.entries())e.textAlign="center",e.fillStyle=p,e.fillText(g,t+(d+.5)*c,o-10);for(let[d,g]of a.entries()){e.textAlign="right",e.fillStyle=p,e.fillText(g,t-8,o+(d+.5)*i);for(let b=0;b<l.length;b++){let h=m[d*l.length+b],w=Math.min(1,Math.abs(h)/(10*s)),y=Math.abs(h)<=s;e.globalAlpha=y?.15:.35+.65*w,e.fillStyle=y?x.grey:h>0?x.fake:x.purple,e.fillRect(t+b*c+1,o+d*i+1,c-2,i-2),e.globalAlpha=1,e.fillStyle=!y&&w>.55?"#fff":p,e.textAlign="center",e.fillText((h>0?"+":h<0?"−":"")+Math.abs(h).toFixed(Math.abs(h)<10?1:0),t+(b+.5)*c,o+(d+.5)*i)}}}function ge(e,t,o,n){let r=H(e,t.title),{steps:a,parts:l,view:s,losses:m,meters:p}=t,c=u=>(t.unit||"step {}").replace("{}",a[u].toLocaleString("en")),i=a.length-1,d=0,g=i,h={images:()=>{let[u,M]=t.shape,k=Math.ceil(t.count/t.columns),A=Math.min(2,560/(t.columns*(M+1)));return E(t.columns*(M+1)*A,k*(u+1)*A,(P,$,F,R,W)=>K(P,W.images,t.shape,t.columns,A))},plane:()=>E(420,420,(u,M,k,A,P)=>te(u,[50,30,350,350],t.limit,A,{...P,size:t.size,real:t.real,centres:t.centres,title:"samples on D's map"})),line:()=>E(420,420,(u,M,k,A,P)=>{let{x:$,p:F}=t,[R,W]=[$[0],$[$.length-1]],U=O(u,[50,30,360,150],[R,W],[0,t.top],A,{title:"densities",xlabel:"",ylabel:"density"});U.line($,F,x.real,{fill:!0}),U.line($,Array.from(P.q),x.fake,{fill:!0}),j(u,196,18,[["data p",x.real],["generated q",x.fake]],A);let N=O(u,[50,226,360,150],[R,W],[0,1],A,{title:"discriminator",xlabel:"x",ylabel:"D(x)"}),X=F.map((I,q)=>I+P.q[q]),Y=$.map((I,q)=>q).filter(I=>X[I]>.001);N.line(Y.map(I=>$[I]),Y.map(I=>F[I]/X[I]),x.green,{width:4,alpha:.6}),N.line($,Array.from(P.D),A,{dash:[6,4]}),j(u,196,214,[["optimal D*",x.green],["D",A,!0]],A)})}[s](),w=m&&E(330,300,(u,M,k,A)=>ne(u,[56,40,256,210],m,a[g],m.step[m.step.length-1],A)),y=p&&E(110+62*p.columns.length,40+24*p.rows.length,(u,M,k,A,P)=>ae(u,[110,30,M-114,k-36],p,P.meters,A)),T=C("div",{class:"gan-caption","aria-live":"polite"}),D=ee(o),f=r.coalesce(async()=>{let u=z(l,await D,g);h.draw(u),w?.draw(),y?.draw(u);let M=m?m.step.filter(A=>A<=a[g]).length-1:-1,k=M>=0?`; loss of D ${m.d[M].toFixed(3)}, of G ${m.g[M].toFixed(3)}`:"";T.textContent=`${t.caption||""} ${c(g)}${k}`.trim().replaceAll("-","−"),h.describe(`${t.title}, ${T.textContent}`),y?.describe(`${p.columns.join(", ")} in columns, ${p.rows.join(", ")} in rows, at ${c(g)}`),w?.describe(`Losses up to step ${a[g]}${k}`),h.node.dataset.frame=String(++d)}),v=J({label:"snapshot",low:0,high:i,step:1,value:i,tip:t.unit?"":"Left is the start of training, right its end",format:c,change:u=>{g=u,f()}}),S=Math.max(...a.map((u,M)=>c(M).length));v.node.querySelector("output").style.minWidth=`max(6.5em, min(${(.55*S).toFixed(1)}em, 100vw - 15.5em))`;let L=V("Play from the start, or go on",200,u=>{if(g>=i)return u();v.set(++g),f()});return L.node.addEventListener("click",()=>{g<i||(g=0,v.set(0),f())},{capture:!0}),r.body.append(C("div",{class:"gan-title"},t.title),C("div",{class:"gan-row"},L.node,v.node),C("div",{class:"gan-pair"},h.node,w?.node,y?.node),T),r.redraw=f,f(),()=>{L.stop(),r.close()}}var Me=Z(ge);export{Me as default};
