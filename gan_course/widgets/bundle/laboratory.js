var j=t=>1/(1+Math.exp(-t)),z=t=>Math.max(t,0)+Math.log1p(Math.exp(-Math.abs(t))),At={d:(t,e)=>z(-t)+z(e),dReal:(t,e)=>-j(-t),dFake:(t,e)=>j(e),g:(t,e)=>-z(e),gFake:(t,e)=>-j(e)},Ft={d:(t,e)=>e-t,dReal:(t,e)=>-1,dFake:(t,e)=>1,g:(t,e)=>-e,gFake:(t,e)=>-1},xt={"non-saturating":{...At,g:(t,e)=>z(-e),gFake:(t,e)=>-j(-e)},minimax:At,"least squares":{d:(t,e)=>.5*(t-1)**2+.5*e**2,dReal:(t,e)=>t-1,dFake:(t,e)=>e,g:(t,e)=>.5*(e-1)**2,gFake:(t,e)=>e-1},hinge:{...Ft,d:(t,e)=>Math.max(0,1-t)+Math.max(0,1+e),dReal:(t,e)=>t<1?-1:0,dFake:(t,e)=>e>-1?1:0},Wasserstein:Ft,relativistic:{usesReal:!0,d:(t,e)=>z(e-t),dReal:(t,e)=>-j(e-t),dFake:(t,e)=>j(e-t),g:(t,e)=>z(t-e),gFake:(t,e)=>-j(t-e)}},Tt={none:{},"R1 (0.1)":{real:.1},"R1 + R2 (0.1)":{real:.1,fake:.1},"gradient penalty (1)":{between:1},"weight clipping (0.1)":{clip:.1}};var St=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var L={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},gt=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function k(t,e={},...o){let r=document.createElement(t);for(let[a,n]of Object.entries(e))a.startsWith("on")?r.addEventListener(a.slice(2),n):n!==!1&&n!=null&&r.setAttribute(a,n===!0?"":n);return r.append(...o.filter(a=>a!=null)),r}var Dt=Math.random().toString(36).slice(2),Rt=0;function J({label:t,low:e,high:o,step:r,value:a,tip:n,change:u,format:l}){let d=Math.max(0,Math.ceil(-Math.log10(r))),f=l||(m=>m.toFixed(Number.isInteger(r)?0:d).replace("-","−")),h=`gan-slider-${Dt}-${++Rt}`,s=k("input",{type:"range",id:h,min:e,max:o,step:r,value:a,title:n}),i=k("output",{for:h}),p=()=>{i.textContent=f(Number(s.value)),s.setAttribute("aria-valuetext",i.textContent)};return s.addEventListener("input",()=>{p(),u?.(Number(s.value))}),p(),{node:k("div",{class:"gan-slider"},k("label",{for:h,title:n},t),s,i),input:s,get value(){return Number(s.value)},set(m){s.value=String(m),p()}}}function N(t,e,o){return k("button",{type:"button",title:e,onclick:o},t)}function ot(t,e,o,r,a){let n=`gan-choice-${Dt}-${++Rt}`,u=k("select",{id:n,title:a,onchange:()=>r(u.value)});for(let l of e){let[d,f]=Array.isArray(l)?l:[l,l];u.append(k("option",{value:d,selected:d===o},f))}return{node:k("div",{class:"gan-choice"},k("label",{for:n,title:a},t),u),select:u}}function _t(t,e){let o=k("div",{class:"gan-body"}),r=k("div",{class:"gan-error",role:"alert",hidden:!0}),a=k("div",{class:"gan-note",hidden:!0}),n={"data-lm-suppress-shortcuts":!0,onkeydown:d=>d.stopPropagation()};t.append(k("div",{class:"gan-widget",role:"group","aria-label":e,...n},o,a,r));let u={body:o,redraw:()=>{},fail(d){r.hidden=!d,r.textContent=d?String(d.message||d):""},note(d){a.hidden=!d,a.textContent=d||""},coalesce(d){let f=!1,h=!1;return async function(){if(h=!0,!f){f=!0;try{for(;h;)h=!1,await d(),u.fail(null)}catch(i){u.fail(i)}finally{f=!1}}}}},l=new MutationObserver(()=>u.redraw());return l.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),l.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),u.close=()=>l.disconnect(),u}function rt(t,e,o){let r=k("canvas",{class:"gan-canvas",role:"img"});return r.style.width=`${t}px`,r.style.maxWidth=`min(100%, ${t}px)`,r.style.aspectRatio=`${t} / ${e}`,{node:r,describe(a){r.setAttribute("aria-label",a)},draw(...a){let n=(window.devicePixelRatio||1)*((r.clientWidth||t)/t);r.width=Math.round(t*n),r.height=Math.round(e*n);let u=r.getContext("2d");u.scale(n,n);let l=getComputedStyle(r).color||"#222";o(u,t,e,l,...a)}}}function Pt(t,e,o=5){let r=(e-t)/o,a=10**Math.floor(Math.log10(r)),n=[1,2,5,10].map(l=>l*a).find(l=>l>=r),u=[];for(let l=Math.ceil(t/n-1e-9)*n;l<=e+1e-9*n;l+=n)u.push(Math.abs(l)<n/1e6?0:l);return u}function Q(t,e,[o,r],[a,n],u,{title:l="",xlabel:d="",ylabel:f="",grid:h=!0}={}){let[s,i,p,m]=e,y=g=>s+(g-o)/(r-o)*p,M=g=>i+m-(g-a)/(n-a)*m;t.lineWidth=1,t.font="12px system-ui, sans-serif",t.textBaseline="middle";let S=g=>String(Number(g.toPrecision(4))).replace("-","−"),F=(g,A,x,_,P)=>{t.globalAlpha=P,t.strokeStyle=u,t.beginPath(),t.moveTo(g,A),t.lineTo(x,_),t.stroke(),t.globalAlpha=1};t.fillStyle=u,t.textAlign="center";for(let g of Pt(o,r,Math.max(2,p/70)))h&&F(y(g),i,y(g),i+m,.12),t.fillText(S(g),y(g),i+m+11);t.textAlign="right";for(let g of Pt(a,n,Math.max(2,m/45)))h&&F(s,M(g),s+p,M(g),.12),t.fillText(S(g),s-6,M(g));F(s,i,s,i+m,.6),F(s,i+m,s+p,i+m,.6),t.textAlign="center",t.fillText(d,s+p/2,i+m+28),t.save(),t.translate(s-44,i+m/2),t.rotate(-Math.PI/2),t.fillText(f,0,0),t.restore(),t.textAlign="left",t.font="bold 13px system-ui, sans-serif",t.fillText(l,s-4,i-12),t.font="12px system-ui, sans-serif";let q=g=>{t.save(),t.beginPath(),t.rect(s,i-1,p+1,m+2),t.clip(),g(),t.restore()};return{X:y,Y:M,clip:q,line(g,A,x,{width:_=2,dash:P=[],fill:D=!1,alpha:T=1}={}){q(()=>{t.beginPath(),g.forEach(($,I)=>t[I?"lineTo":"moveTo"](y($),M(A[I]))),t.strokeStyle=x,t.lineWidth=_,t.setLineDash(P),t.globalAlpha=T,t.stroke(),D&&(t.lineTo(y(g[g.length-1]),M(Math.max(a,0))),t.lineTo(y(g[0]),M(Math.max(a,0))),t.fillStyle=x,t.globalAlpha=.15,t.fill())})},level(g,A,x){g<a||g>n||(q(()=>{t.setLineDash([2,3]),t.strokeStyle=A,t.beginPath(),t.moveTo(s,M(g)),t.lineTo(s+p,M(g)),t.stroke()}),t.fillStyle=A,t.textAlign="right",t.fillText(x,s+p,M(g)-8))},points(g,A,x=2,_=.5){q(()=>{t.fillStyle=A,t.globalAlpha=_;for(let P=0;P<g.length;P+=2){let[D,T]=[y(g[P]),M(g[P+1])];x<3?t.fillRect(D-.85*x,T-.85*x,1.7*x,1.7*x):(t.beginPath(),t.arc(D,T,x,0,7),t.fill())}})},heat(g,A){let x=new ImageData(A,A);for(let P=0;P<A*A;P++){let D=g[P]/255*4,T=Math.min(3,Math.floor(D)),$=D-T,I=4*((A-1-Math.floor(P/A))*A+P%A);for(let E=0;E<3;E++)x.data[I+E]=gt[T][E]+$*(gt[T+1][E]-gt[T][E]);x.data[I+3]=255}let _=new OffscreenCanvas(A,A);_.getContext("2d").putImageData(x,0,0),q(()=>{t.imageSmoothingEnabled=!0,t.drawImage(_,s,i,p,m)})}}}function at(t,e,o,r,a){t.font="12px system-ui, sans-serif",t.textAlign="left",t.textBaseline="middle";for(let[n,u,l]of r)t.strokeStyle=u,t.lineWidth=3,t.setLineDash(l?[5,3]:[]),t.beginPath(),t.moveTo(e,o),t.lineTo(e+18,o),t.stroke(),t.setLineDash([]),t.fillStyle=a,t.fillText(n,e+23,o),e+=23+t.measureText(n).width+16}function Et(t){return t?new Uint8Array(t.buffer||t,t.byteOffset||0,t.byteLength):new Uint8Array}function Vt(t,e){let o={generator:t.generator,ask:null};if(t.send){let r=new Map,a=Math.random().toString(36).slice(2),n=0,u=(l,d)=>{let f=r.get(l.id);f&&(r.delete(l.id),l.error?f.reject(new Error(l.error)):f.resolve({content:l.content,bytes:Et(d?.[0])}))};t.on("msg:custom",u),e.addEventListener("abort",()=>t.off("msg:custom",u)),o.ask=(l,d={},f=[])=>new Promise((h,s)=>{let i=`${a}-${++n}`;r.set(i,{resolve:h,reject:s}),t.send({id:i,name:l,content:d},void 0,f)})}return o.alive=(r,a)=>{let n=u=>{a.inert=!u,a.style.opacity=u?"1":"0.5"};n(!1),r.note(o.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),o.ask?.("hello").then(()=>{n(!0),r.note(null)}).catch(r.fail)},o}function Jt(){document.getElementById("gan-course-style")||document.head.append(k("style",{id:"gan-course-style"},St))}function Lt(t){function e({model:o,el:r}){let a=new AbortController;r.dataset.kind=o.get("kind"),Jt();let n=()=>{};try{n=t(r,o.get("config"),Et(o.get("data")),Vt(o,a.signal))}catch(u){r.append(k("div",{class:"gan-error",role:"alert"},`This widget could not start: ${u.message}`)),console.error(u)}return()=>{a.abort(),n()}}return{render:e}}function Ct(t,e,o){let r={u1:1,i2:2,f4:4},a={},n=o*t.reduce((l,[,d,f])=>l+r[d]*f,0),u=new DataView(e.buffer,e.byteOffset,e.byteLength);for(let[l,d,f,h]of t){let s={u1:i=>u.getUint8(n+i),i2:i=>u.getInt16(n+2*i,!0),f4:i=>u.getFloat32(n+4*i,!0)}[d];a[l]=Float32Array.from({length:f},(i,p)=>h*s(p)),n+=r[d]*f}return a}function It(t,e,o,r,{map:a,size:n,real:u,centres:l,fake:d,arrows:f,manifold:h,title:s,layers:i={}}){let p=Q(t,e,[-o,o],[-o,o],r,{title:s,xlabel:"x₁",ylabel:"x₂",grid:!a}),m=y=>i[y]!==!1;if(a&&m("map")&&p.heat(a,n),h&&m("manifold"))for(let y of h){let M=[],S=[];for(let F=0;F<y.length;F+=2)M.push(y[F]),S.push(y[F+1]);p.line(M,S,L.fake,{width:.8,alpha:.45})}u&&m("real")&&p.points(u,L.real,1.8,.6),l&&p.clip(()=>{t.strokeStyle=L.real,t.lineWidth=1.6;for(let y=0;y<l.length;y+=2)t.beginPath(),t.arc(p.X(l[y]),p.Y(l[y+1]),6,0,7),t.stroke()}),d&&m("fake")&&p.points(d,L.fake,2.2,.75),f&&m("arrows")&&p.clip(()=>{t.strokeStyle=t.fillStyle="#222",t.lineWidth=1.4;let y=f.length/4,M=0;for(let S=0;S<y;S++)M+=Math.hypot(f[4*S+2],f[4*S+3])/y;for(let S=0;S<y;S++){let[F,q,g,A]=f.slice(4*S,4*S+4),x=Math.hypot(g,A)||1,_=Math.min(60,26*x/(M||1)),P=_/x;if(_<2)continue;let D=[p.X(F),p.Y(q)],T=[D[0]+g*P,D[1]-A*P],$=Math.atan2(T[1]-D[1],T[0]-D[0]),I=Math.min(6,.4*_);t.beginPath(),t.moveTo(...D),t.lineTo(...T),t.stroke(),t.beginPath(),t.moveTo(...T);for(let E of[.45,-.45])t.lineTo(T[0]-I*Math.cos($+E),T[1]-I*Math.sin($+E));t.fill()}})}function Ot(t,e,o,r,a,n){let u=o.step.filter(s=>s<=r).length,l=o.step.flatMap((s,i)=>[o.d[i],o.g[i]]).filter(Number.isFinite).sort((s,i)=>s-i),d=Math.max(1.6,l.length?1.1*l[Math.floor(.99*(l.length-1))]:0),f=Math.min(0,l.length?l[Math.floor(.01*l.length)]:0),h=Q(t,e,[0,Math.max(1,a)],[f,d],n,{title:"losses",xlabel:"generator step",ylabel:"nats"});o.reference&&(h.level(Math.log(4),L.grey,"log 4"),h.level(Math.log(2),L.grey,"log 2"));for(let[s,i]of[[o.d,n],[o.g,L.fake]])h.line(o.step,s,i,{width:1.2,alpha:.2}),u>1&&h.line(o.step.slice(0,u),s.slice(0,u),i,{width:1.7});at(t,e[0]+60,e[1]-12,[["discriminator",n],["generator",L.fake]],n)}function st(t,e,o=null){let r=t.length<=50?t.length:0;return{means:Float64Array.from(t.flat()),std:e,weights:o,modes:r}}var lt=t=>Array.from({length:t},(e,o)=>o);function Qt(){let t=lt(8).map(e=>e*2*Math.PI/8);return st(t.map(e=>[2*Math.cos(e),2*Math.sin(e)]),.02)}function Zt(){return st(lt(25).map(t=>[Math.floor(t/5)-2,t%5-2]),.025)}function te(){let e=lt(200).map(o=>o*Math.PI/199).map(o=>[Math.cos(o)-.5,Math.sin(o)-.25]);return st([...e,...e.map(([o,r])=>[-o,-r])],.1)}function ee(){let t=lt(400).map(r=>1.5*Math.PI*(1+2*r/399)),e=2/t[399],o=t.map(r=>[e*r*Math.cos(r),e*r*Math.sin(r)]);return st(o,.1,t)}var X="your own drawing",qt={ring:Qt,grid:Zt,"two moons":te,"Swiss roll":ee};var $t='(()=>{function U(t,e){let o=[];for(let n=0;n+1<t.length;n++){let[r,a]=[t[n],t[n+1]],s=1/Math.sqrt(r),l=()=>s*(2*e()-1),i=Float64Array.from({length:a*r},l),c=Float64Array.from({length:a},l);o.push({n_in:r,n_out:a,weight:i,bias:c})}return o}function L(t){return new Float64Array(t).fill(1)}function A(t){return t.flatMap(e=>[e.weight,e.bias])}function E(t){return A(t).map(e=>new Float64Array(e.length))}function P(t,e,o){let n=[e],r=e;for(let[a,s]of t.entries())if(r=_(r,s.weight,o,s.n_out,s.n_in),bt(r,s.bias,o),a+1<t.length){for(let l=0;l<r.length;l++)r[l]=Math.max(0,r[l]);n.push(r)}return{n:o,inputs:n,output:r}}function X(t,e,o){let n=new Array(t.length),r=o;for(let a=t.length-1;a>=0;a--){let{weight:s,n_out:l,n_in:i}=t[a];n[a]=r,r=_(r,H(s,l,i),e.n,i,l),a>0&&st(r,e.inputs[a])}return{at:n,x:r}}function x(t,e,o,n,r,a=!0){let s=r.length;for(let[l,{n_in:i,n_out:c}]of t.entries()){let f=H(o[l],s,c);for(let u=0;u<c;u++)for(let m=0;m<s;m++)f[u*s+m]*=r[m];let d=H(n[l],s,i),g=_(f,d,c,i,s),M=e[2*l];for(let u=0;u<g.length;u++)M[u]+=g[u];if(!a)continue;let p=e[2*l+1];for(let u=0;u<c;u++)for(let m=0;m<s;m++)p[u]+=f[u*s+m]}}function Y(t,e,o,n,r){let a=[r];for(let s=0;s+1<t.length;s++){let{weight:l,n_out:i,n_in:c}=t[s],f=_(a[s],l,o.n,i,c);st(f,o.inputs[s+1]),a.push(f)}x(t,e,n.at,a,L(o.n),!1)}function Z(t,e){let[o,n]=e,r=E(t),a=E(t),s=0;return function(i,c){s+=1;let f=c/(1-o**s),d=Math.sqrt(1-n**s);for(let[g,M]of A(t).entries()){let p=i[g],u=r[g],m=a[g];for(let h=0;h<M.length;h++)u[h]+=(1-o)*(p[h]-u[h]),m[h]=n*m[h]+(1-n)*p[h]*p[h],M[h]-=f*u[h]/(Math.sqrt(m[h])/d+1e-8)}}}function bt(t,e,o){let n=e.length;for(let r=0;r<o;r++)for(let a=0;a<n;a++)t[r*n+a]+=e[a]}function st(t,e){for(let o=0;o<t.length;o++)e[o]<=0&&(t[o]=0)}function H(t,e,o){let n=new Float64Array(t.length);for(let r=0;r<e;r++)for(let a=0;a<o;a++)n[a*e+r]=t[r*o+a];return n}function _(t,e,o,n,r){let a=new Float64Array(o*n),s=o-o%4,l=n-n%2;for(let i=0;i<s;i+=4){let c=i*r,f=c+r,d=f+r,g=d+r;for(let M=0;M<l;M+=2){let p=M*r,u=p+r,m=0,h=0,T=0,v=0,R=0,ot=0,rt=0,at=0;for(let w=0;w<r;w++){let C=e[p+w],O=e[u+w];m+=t[c+w]*C,h+=t[c+w]*O,T+=t[f+w]*C,v+=t[f+w]*O,R+=t[d+w]*C,ot+=t[d+w]*O,rt+=t[g+w]*C,at+=t[g+w]*O}let F=i*n+M;a[F]=m,a[F+1]=h,a[F+n]=T,a[F+n+1]=v,a[F+2*n]=R,a[F+2*n+1]=ot,a[F+3*n]=rt,a[F+3*n+1]=at}}for(let i=0;i<o;i++)for(let c=i<s?l:0;c<n;c++){let f=0;for(let d=0;d<r;d++)f+=t[i*r+d]*e[c*r+d];a[i*n+c]=f}return a}var k=t=>1/(1+Math.exp(-t)),D=t=>Math.max(t,0)+Math.log1p(Math.exp(-Math.abs(t))),lt={d:(t,e)=>D(-t)+D(e),dReal:(t,e)=>-k(-t),dFake:(t,e)=>k(e),g:(t,e)=>-D(e),gFake:(t,e)=>-k(e)},it={d:(t,e)=>e-t,dReal:(t,e)=>-1,dFake:(t,e)=>1,g:(t,e)=>-e,gFake:(t,e)=>-1},J={"non-saturating":{...lt,g:(t,e)=>D(-e),gFake:(t,e)=>-k(-e)},minimax:lt,"least squares":{d:(t,e)=>.5*(t-1)**2+.5*e**2,dReal:(t,e)=>t-1,dFake:(t,e)=>e,g:(t,e)=>.5*(e-1)**2,gFake:(t,e)=>e-1},hinge:{...it,d:(t,e)=>Math.max(0,1-t)+Math.max(0,1+e),dReal:(t,e)=>t<1?-1:0,dFake:(t,e)=>e>-1?1:0},Wasserstein:it,relativistic:{usesReal:!0,d:(t,e)=>D(e-t),dReal:(t,e)=>-k(e-t),dFake:(t,e)=>k(e-t),g:(t,e)=>D(t-e),gFake:(t,e)=>-k(t-e)}},K={none:{},"R1 (0.1)":{real:.1},"R1 + R2 (0.1)":{real:.1,fake:.1},"gradient penalty (1)":{between:1},"weight clipping (0.1)":{clip:.1}};function ft(t,e){let o=[.5,.99];return{G:t,D:e,updateG:Z(t,o),updateD:Z(e,o),loss:J["non-saturating"],penalty:K.none,rateG:.002,rateD:.002}}function q(t,e){return P(t.G,e,e.length/2)}function ut(t,e,o,n){let{D:r,loss:a,penalty:s}=t,l=S(r,e),i=S(r,o),c=dt(a.d,l,i),f=E(r),d=N(a.dReal,l,i),g=N(a.dFake,l,i);if(x(r,f,l.slope.at,l.trace.inputs,d),x(r,f,i.slope.at,i.trace.inputs,g),s.real&&ct(r,f,l,s.real),s.fake&&ct(r,f,i,s.fake),s.between){let M=o.map((p,u)=>p+n[u>>1]*(e[u]-p));At(r,f,S(r,M),s.between)}return t.updateD(f,t.rateD),s.clip&&vt(r,s.clip),c}function pt(t,e,o){let{G:n,D:r,loss:a}=t,s=S(r,o.output),l=a.usesReal?S(r,e):s,i=ht(s.slope.x,N(a.gFake,l,s)),c=E(n);return x(n,c,X(n,o,i).at,o.inputs,L(o.n)),t.updateG(c,t.rateG),dt(a.g,l,s)}function mt(t,e,o){let n=S(t.D,e),r=S(t.D,o),{n:a}=r.trace;return ht(r.slope.x,N(t.loss.gFake,n,r)).map(l=>-a*l)}function S(t,e){let o=P(t,e,e.length/2);return{trace:o,score:o.output,slope:X(t,o,L(o.n))}}function dt(t,e,o){let{n}=o.trace,r=0;for(let a=0;a<n;a++)r+=t(e.score[a],o.score[a]);return r/n}function N(t,e,o){let{n}=o.trace;return Float64Array.from({length:n},(a,s)=>t(e.score[s],o.score[s])/n)}function ht(t,e){return t.map((o,n)=>e[n>>1]*o)}function ct(t,e,{trace:o,slope:n},r){let a=n.x.map(s=>r/o.n*s);Y(t,e,o,n,a)}function At(t,e,{trace:o,slope:n},r){let a=new Float64Array(2*o.n);for(let s=0;s<a.length;s+=2){let[l,i]=[n.x[s],n.x[s+1]],c=Math.hypot(l,i);if(c===0)continue;let f=2*r*(c-1)/(c*o.n);a[s]=f*l,a[s+1]=f*i}Y(t,e,o,n,a)}function vt(t,e){for(let o of A(t))for(let n=0;n<o.length;n++)o[n]=Math.min(e,Math.max(-e,o[n]))}function G(t,e,o=null){let n=t.length<=50?t.length:0;return{means:Float64Array.from(t.flat()),std:e,weights:o,modes:n}}var W=t=>Array.from({length:t},(e,o)=>o);function Ft(){let t=W(8).map(e=>e*2*Math.PI/8);return G(t.map(e=>[2*Math.cos(e),2*Math.sin(e)]),.02)}function kt(){return G(W(25).map(t=>[Math.floor(t/5)-2,t%5-2]),.025)}function St(){let e=W(200).map(o=>o*Math.PI/199).map(o=>[Math.cos(o)-.5,Math.sin(o)-.25]);return G([...e,...e.map(([o,n])=>[-o,-n])],.1)}function Tt(){let t=W(400).map(n=>1.5*Math.PI*(1+2*n/399)),e=2/t[399],o=t.map(n=>[e*n*Math.cos(n),e*n*Math.sin(n)]);return G(o,.1,t)}var I="your own drawing",gt={ring:Ft,grid:kt,"two moons":St,"Swiss roll":Tt};function yt(t){return{means:Float64Array.from(t),std:.04,weights:null,modes:0}}function Q({means:t,std:e,weights:o},n){let r=t.length/2,a=()=>Math.floor(n.uniform()*r);if(o){let s=0,l=o.map(i=>s+=i);a=()=>{let i=n.uniform()*s;return l.findIndex(c=>c>i)}}return function(l){let i=Float64Array.from(n.normal(2*l),c=>e*c);for(let c=0;c<l;c++){let f=a();i[2*c]+=t[2*f],i[2*c+1]+=t[2*f+1]}return i}}function Mt(t,{means:e,std:o}){let n=e.length/2,r=new Float64Array(n),a=new Float64Array(n),s=new Float64Array(n),l=new Float64Array(n),i=t.length/2;for(let p=0;p<i;p++){let u=0,m=1/0;for(let v=0;v<n;v++){let R=(t[2*p]-e[2*v])**2+(t[2*p+1]-e[2*v+1])**2;R<m&&([m,u]=[R,v])}if(m>(3*o)**2)continue;let h=t[2*p]-e[2*u],T=t[2*p+1]-e[2*u+1];r[u]+=1,a[u]+=h,s[u]+=T,l[u]+=h*h+T*T}let c=r.reduce((p,u)=>p+u,0),f=r.filter(p=>p>0).length,d=0;for(let p=0;p<n;p++)r[p]!==0&&(d+=l[p]-(a[p]**2+s[p]**2)/r[p]);let g=2*(c-f),M=g?Math.sqrt(Math.max(0,d)/g)/o:0;return{modes:f,high_quality:c/i,spread:M}}var jt=Math.random().toString(36).slice(2);function $(t){let e=t*2654435761+1>>>0,o=()=>{e=e+1831565813>>>0;let n=Math.imul(e^e>>>15,e|1);return n^=n+Math.imul(n^n>>>7,n|61),((n^n>>>14)>>>0)/4294967296};return{uniform:o,normal:n=>Float32Array.from({length:n},()=>Math.sqrt(-2*Math.log(1-o()))*Math.cos(2*Math.PI*o()))}}var V=128,b=36,Dt=400,Rt=500,Et=40,Pt=40;function xt(t){let e=t.sample(V),o=Float64Array.from(t.stream.normal(2*V)),n=Float64Array.from({length:V},t.stream.uniform);return{real:e,z:o,mix:n}}function It(t,e,o){let{data:n,seed:r,units:a}=t,s=$(r),l=U([2,a,a,2],s.uniform),i=U([2,a,a,1],s.uniform);if(o){for(let[d,g]of A(l).entries())g.set(o.G[d]);for(let[d,g]of A(i).entries())g.set(o.D[d])}let c={data:n,seed:r,units:a,stream:s,game:ft(l,i),step:0,d:0,g:0,past:[]},f=Float64Array.from($(1).normal(2*Rt));return{...c,z:f,...wt(n,e,s)}}function wt(t,e,o){let n=t===I?yt(e):gt[t](),r=n.means.length?Q(n,$(2))(600):new Float64Array,a=r.reduce((l,i)=>Math.max(l,Math.abs(i)),0),s=t===I?3:Math.round(13.5*a)/10;return{mixture:n,real:r,limit:s,sample:Q(n,o)}}function Ct(t,e){t.game.loss=J[e.loss],t.game.penalty=K[e.penalty],t.game.rateD=e.lr_d,t.game.rateG=e.lr_g}function z(t,e,o,n){if(!t.mixture.means.length)throw new Error("there are no data yet: draw some first");let r,a;for(let s=0;s<Math.max(e,1);s++)r=n?n.shift():xt(t),a=q(t.game,r.z),e&&(t.d=ut(t.game,r.real,a.output,r.mix));if(o&&(t.g=pt(t.game,r.real,a),t.step+=1),!Number.isFinite(t.d+t.g))throw new Error(`step ${t.step}: a loss is not finite. Lower the learning rates, or add a penalty, and press Reset`);t.past.push([t.step,t.d,t.g])}var et=25,Ot=Lt(9,2.5);function Lt(t,e){let o=(r,a)=>-e+2*e*r/(a-1),n=[];for(let r of[!1,!0])for(let a=0;a<t;a++)for(let s=0;s<et;s++){let[l,i]=[o(a,t),o(s,et)];n.push(...r?[i,l]:[l,i])}return Float64Array.from(n)}function _t(t,e){let o=new Float64Array(2*b*b),n=a=>-e+2*e*a/(b-1);for(let a=0;a<b*b;a++)o[2*a]=n(a%b),o[2*a+1]=n(Math.floor(a/b));let{output:r}=P(t,o,b*b);return Float32Array.from(r,a=>255/(1+Math.exp(-a)))}function j(t){let{game:e,mixture:o,step:n,limit:r}=t,a=q(e,t.z).output,s=q(e,Ot).output,l=a.subarray(0,Math.min(2*Et,t.real.length)),i=mt(e,t.real.subarray(0,l.length),l),c=new Float32Array(2*l.length);for(let m=0;m<l.length;m+=2)c.set([l[m],l[m+1],i[m],i[m+1]],2*m);let f=t.past;t.past=[];let d=m=>f.map(h=>h[m]),g={step:d(0),d:d(1),g:d(2)},M=o.modes?Mt(a,o):{},p={map:_t(e.D,r),size:b,fake:Float32Array.from(a.subarray(0,2*Dt)),manifold:Float32Array.from(s),arrows:c};return{content:{step:n,limit:r,along:et,losses:g,of:o.modes,...M},shot:p}}var y=null,nt=[];function B(t,e=null){(!(y&&["data","seed","units"].every(n=>y[n]===t[n]))||e)&&(y=It(t,nt,e)),Ct(y,t)}var Nt={reset({settings:t,weights:e}){y=null,B(t,e);let{content:o,shot:n}=j(y);return{content:{...o,real:Array.from(y.real)},shot:n}},advance({settings:t,steps:e,drawn:o}){B(t);let n=performance.now()+Pt;for(let r=0;r<e&&(z(y,t.d_steps,1,o),!(!o&&performance.now()>n));r++);return j(y)},d_step({settings:t}){return B(t),z(y,1,0),j(y)},g_step({settings:t}){return B(t),z(y,0,1),j(y)},draw(t){return nt=t.points,y?.data===I&&Object.assign(y,wt(I,nt,y.stream)),{}},weights:()=>({content:{G:A(y.game.G),D:A(y.game.D)}})},tt=globalThis;tt.onmessage=({data:{id:t,name:e,content:o}})=>{try{tt.postMessage({id:t,...Nt[e](o)})}catch(n){tt.postMessage({id:t,error:n.message})}};})();\n';function Z(){let t=URL.createObjectURL(new Blob([$t],{type:"text/javascript"})),e=new Worker(t),o=new Map,r=0;return e.onmessage=({data:{id:a,error:n,content:u,shot:l}})=>{let d=o.get(a);o.delete(a),n?d.reject(new Error(n)):d.resolve({content:u,shot:l})},e.onerror=a=>{for(let n of o.values())n.reject(new Error(`this page may not train: ${a.message||"no worker starts"}`));o.clear()},{name:"this browser",ask:(a,n={})=>new Promise((u,l)=>{let d=++r;o.set(d,{resolve:u,reject:l}),e.postMessage({id:d,name:a,content:n})}),close(){e.terminate(),URL.revokeObjectURL(t)}}}function Gt(t,e){return{name:"the kernel",hello:()=>t.ask("hello"),async ask(o,r={}){let{content:a,bytes:n}=await t.ask(o,r);return{content:a,shot:pt(a,n,e)}},close(){}}}function pt(t,e,o){return{...Ct(t.parts,e,0),size:o}}var ht={data:"ring",loss:"non-saturating",penalty:"none",d_steps:1,lr_d:.002,lr_g:.002,seed:0,units:128},oe=4e3,re=1200;function jt(...t){let e={},o=()=>{for(let r of t)e[r]=[]};return o(),{columns:e,clear:o,add(r){for(let a of t)e[a].push(...r[a]);if(!(e[t[0]].length<=re))for(let a of t)e[a]=e[a].filter((n,u)=>u%2)}}}function ae(t,e,{step:o,modes:r,high_quality:a,spread:n},u,l,d){let f=Q(t,e,[0,Math.max(1,u)],[0,1.6],d,{title:"coverage",xlabel:"generator step",ylabel:"share, ratio"}),h=[["modes",r.map(i=>i/l),L.real,[]],["quality",a,L.green,[]],["spread",n,L.purple,[5,3]]];if(o.length>1)for(let[,i,p,m]of h)f.line(o,i,p,{dash:m});let s=h.map(([i,,p,m])=>[i,p,m.length>0]);at(t,e[0]+10,e[1]+10,s,d)}function se(t,e,o){let n=[],u=null,l=!1,d=[0,0];function f(s,i){n.push(s,i),n.length>2400&&(n=n.slice(n.length-2400))}function h([s,i]){let[p,m]=u||[s,i],y=Math.max(1,Math.ceil(Math.hypot(s-p,i-m)/.06));for(let M=1;M<=y;M++)f(p+(s-p)*M/y,m+(i-m)*M/y);u=[s,i],o(n)}return t.addEventListener("pointerdown",s=>{!l||s.button||(t.setPointerCapture(s.pointerId),u=null,h(e(s)))}),t.addEventListener("pointermove",s=>{l&&s.buttons&1&&h(e(s))}),t.addEventListener("keydown",s=>{let p={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,1],ArrowDown:[0,-1]}[s.key];if(!(!l||!(p||s.key===" "))){s.preventDefault();for(let m of[0,1])p&&(d[m]=Math.max(-2.9,Math.min(2.9,d[m]+.15*p[m])));s.key===" "&&f(d[0],d[1]),o(n)}}),{cursor:d,get points(){return n},get on(){return l},set on(s){l=s,t.style.cursor=s?"crosshair":"",t.style.touchAction=s?"none":"",s?t.tabIndex=0:t.removeAttribute("tabindex")},clear(){n=[],o(n)}}}function le(t,[e,o,r,a],n){t.font="600 15px system-ui, sans-serif",t.textAlign="center",t.textBaseline="middle";let u=Math.max(...n.map(h=>t.measureText(h).width))+36,l=24*n.length+22,[d,f]=[e+r/2,o+a/2];t.fillStyle="rgb(255 255 255 / 0.92)",t.beginPath(),t.roundRect(d-u/2,f-l/2,u,l,10),t.fill(),t.fillStyle="#222";for(let[h,s]of n.entries())t.fillText(s,d,f+24*(h-(n.length-1)/2))}function ie(t,e,o,r){let a=_t(t,e.title),n={...ht,...e.settings},u={map:!0,real:!0,fake:!0,manifold:!0,arrows:!0},l=jt("step","d","g"),d=jt("step","modes","high_quality","spread"),f={step:0,limit:3,of:0},h=null,s=new Float32Array,i=null,p=!1,m=0,y=null,M=Math.min(470,(t.clientWidth||470)-36),S=Math.min(376,M),F=[52,30,M-66,M-66],q=[52,40,S-66,120],g=rt(M,M+4,(c,w,b,v)=>{It(c,F,f.limit,v,{...h,real:s,layers:u,title:"data (blue) and generated (orange)"}),C.on&&(C.points.length||le(c,F,["Draw your data here,","then press Play"]),document.activeElement===g.node&&_(c))}),A=c=>F[0]+(c+f.limit)/(2*f.limit)*F[2],x=c=>F[1]+F[3]-(c+f.limit)/(2*f.limit)*F[3];function _(c){let[w,b]=[A(C.cursor[0]),x(C.cursor[1])];c.strokeStyle="#222",c.lineWidth=1.5,c.beginPath(),c.moveTo(w-8,b),c.lineTo(w+8,b),c.moveTo(w,b-8),c.lineTo(w,b+8),c.stroke()}function P(c){let w=g.node.getBoundingClientRect(),b=M/w.width,v=((c.clientX-w.left)*b-F[0])/F[2],R=((c.clientY-w.top)*b-F[1])/F[3],O=dt=>Math.max(-.98,Math.min(.98,dt))*f.limit;return[O(2*v-1),O(1-2*R)]}let D=rt(S,210,(c,w,b,v)=>{let R={...l.columns,reference:n.loss==="non-saturating"};Ot(c,q,R,1/0,f.step,v)}),T=rt(S,210,(c,w,b,v)=>ae(c,q,d.columns,f.step,f.of,v)),$=k("div",{class:"gan-caption","aria-live":"off"}),I=k("div",{class:"gan-caption gan-speed","aria-live":"off"});function E(c){f=c.content,h=c.shot;let w=[],b=2*f.along;for(let v=0;v<h.manifold.length;v+=b)w.push(h.manifold.subarray(v,v+b));if(h.manifold=w,C.on?s=Float32Array.from(C.points):f.real&&(s=Float32Array.from(f.real)),l.add(f.losses),f.of){let{step:v,modes:R,high_quality:O,spread:dt=NaN}=f;d.add({step:[v],modes:[R],high_quality:[O],spread:[O<.1?NaN:dt]})}Y()}function Y(){if(!h)return;g.draw(),T.node.hidden=!f.of,(!p||m%4===0)&&(D.draw(),f.of&&T.draw());let c=f.of?`${f.modes} of ${f.of} modes, ${(100*f.high_quality).toFixed(1)} % high quality`+(f.spread===void 0?"":`, spread ${f.spread.toFixed(2)}`):"no modes to count";$.textContent=`step ${f.step.toLocaleString("en")}: ${c}`,I.textContent=Nt(),g.describe(`Samples of the generator on the discriminator's map, ${$.textContent}`);let{step:w,d:b,g:v}=l.columns,R=w.length-1;D.describe(R<0?"Losses, none yet":`Losses at step ${w[R]}: D ${b[R].toFixed(3)}, G ${v[R].toFixed(3)}`),T.describe(`Coverage: ${c}`),g.node.dataset.frame=String(++m)}function Nt(){if(!i)return"";let c=`trained by ${i.name}`,w=y?(performance.now()-y.time)/1e3:0;if(!p||w<.5)return c;let b=(m-y.frames)/w,v=(f.step-y.step)/w;return`${c}: ${b.toFixed(0)} pictures, ${v.toFixed(0)} steps a second`}let it=Promise.resolve(),W=0;function mt(c){let w=W;it=it.then(()=>i.ask(c,{settings:n})).then(b=>{w===W&&(a.fail(null),E(b))}).catch(wt)}function wt(c){B(),a.fail(c)}let yt=0;async function Wt(){let c=W,w=++yt,b=()=>i.ask("advance",{settings:n,steps:vt.value}),v=[b(),b()];try{for(;v.length;){let R=await v.shift();c===W&&(p&&w===yt&&t.isConnected&&v.push(b()),E(R),await new Promise(requestAnimationFrame))}}catch(R){for(let O of v)O.catch(()=>{});c===W&&p&&wt(R)}}function B(){p=!1,tt.textContent="▶ Play",t.dataset.playing="false"}let tt=N("▶ Play","Train, a few steps a picture",()=>{if(p)return B(),Y();a.fail(null),p=!0,t.dataset.playing="true",tt.textContent="❚❚ Pause",y={time:performance.now(),step:f.step,frames:m},Wt()});tt.classList.add("gan-primary");function H(){W++,B(),l.clear(),d.clear(),C.on=n.data===X,ct.hidden=!C.on,C.on&&Mt(),mt("reset")}let bt=c=>()=>{B(),mt(c)},Mt=a.coalesce(async()=>{await i.ask("draw",{points:C.points})}),C=se(g.node,P,c=>{s=Float32Array.from(c),Mt(),g.draw()}),ct=N("Clear","Take all points away",()=>{B(),C.clear()});ct.hidden=!0,g.node.addEventListener("focus",()=>g.draw()),g.node.addEventListener("blur",()=>g.draw());let ft=(c,w,b,v,R=O=>{})=>ot(w,b,n[c],O=>{n[c]=O,R(O)},v),et=ft("data","data",[...Object.keys(qt),X],"What G has to imitate; starts anew",()=>{n.data===X&&i===G?U(Z()):H()}),Bt=N("✎ Draw","Draw data of your own on the picture",()=>{et.select.value=X,et.select.dispatchEvent(new Event("change"))}),Ut=ft("loss","loss",Object.keys(xt),"What both players minimise; takes effect at once"),zt=ft("penalty","penalty",Object.keys(Tt),"A term of D's loss, or clipping of its weights; takes effect at once"),Xt=ot("networks",[64,96,128].map(c=>[String(c),`2 × ${c} units`]),String(n.units),c=>{n.units=Number(c),H()},"The size of both networks; starts anew"),kt=(c,w)=>J({label:w,low:-5,high:-2,step:.1,value:Math.log10(n[c]),tip:"Adam's learning rate; takes effect at once",format:b=>(10**b).toExponential(1).replace("-","−"),change:b=>{n[c]=10**b}}),Yt=J({label:"D steps per G step",low:1,high:5,step:1,value:n.d_steps,tip:"How often D moves before G does",change:c=>{n.d_steps=c}}),vt=J({label:"G steps a picture",low:1,high:30,step:1,value:5,tip:"Faster training, fewer pictures"}),Ht=J({label:"seed",low:0,high:20,step:1,value:n.seed,tip:"Another start of both networks; starts anew",change:c=>{n.seed=c,H()}}),K=(c,w)=>{let b=k("input",{type:"checkbox",checked:!0,onchange:v=>{u[c]=v.target.checked,Y()}});return k("label",{class:"gan-check"},b,w)},nt=ot("trained by",["the kernel","this browser"],"the kernel",c=>U(c==="the kernel"?G:Z()),"The kernel is faster; this browser goes on while the kernel is busy. Starts anew");nt.node.hidden=!0;let V=k("div",{class:"gan-controls"},k("div",{class:"gan-row"},tt,N("D step","One step of the discriminator alone",bt("d_step")),N("G step","One step of the generator alone",bt("g_step")),N("Reset","New networks, from the seed",H),Bt,ct),et.node,Ut.node,zt.node,Xt.node,kt("lr_d","learning rate of D").node,kt("lr_g","learning rate of G").node,Yt.node,vt.node,Ht.node,nt.node,k("div",{class:"gan-row"},K("map","D's map"),K("real","data"),K("fake","samples"),K("manifold","G's sheet"),K("arrows","arrows")));a.body.append(k("div",{class:"gan-title"},e.title),k("div",{class:"gan-split"},k("figure",{},g.node,$,I),V),k("div",{class:"gan-pair"},D.node,T.node)),a.redraw=Y;let G=r.ask?Gt(r,e.size):null;function U(c,w=!0){i?.close(),i=c,t.dataset.engine=i.name,nt.select.value=i.name,V.inert=!1,V.classList.remove("gan-waiting"),a.note(null),i===G&&n.data===X&&(n.data=ht.data,et.select.value=ht.data,w=!0),it=Promise.resolve(),w?H():Y()}let ut=null;if(G){E({content:e.first,shot:pt(e.first,o,e.size)}),V.inert=!0,V.classList.add("gan-waiting"),a.note("Waiting for the kernel. Without one this browser will train.");let c=()=>{i||U(Z())};ut=setTimeout(c,oe),G.hello().then(()=>{clearTimeout(ut),nt.node.hidden=!1,i?f.step===0&&!p&&!C.on&&U(G):U(G,!1)},c)}else U(Z());return()=>{clearTimeout(ut),B(),i?.close(),a.close()}}var $e=Lt(ie);export{$e as default};
