var Q=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var $={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},V=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function w(e,o={},...l){let n=document.createElement(e);for(let[r,a]of Object.entries(o))r.startsWith("on")?n.addEventListener(r.slice(2),a):a!==!1&&a!=null&&n.setAttribute(r,a===!0?"":a);return n.append(...l.filter(r=>r!=null)),n}var ee=Math.random().toString(36).slice(2),te=0;function X({label:e,low:o,high:l,step:n,value:r,tip:a,change:d,format:t}){let m=Math.max(0,Math.ceil(-Math.log10(n))),p=t||(h=>h.toFixed(Number.isInteger(n)?0:m).replace("-","−")),v=`gan-slider-${ee}-${++te}`,g=w("input",{type:"range",id:v,min:o,max:l,step:n,value:r,title:a}),u=w("output",{for:v}),f=()=>{u.textContent=p(Number(g.value)),g.setAttribute("aria-valuetext",u.textContent)};return g.addEventListener("input",()=>{f(),d?.(Number(g.value))}),f(),{node:w("div",{class:"gan-slider"},w("label",{for:v,title:a},e),g,u),input:g,get value(){return Number(g.value)},set(h){g.value=String(h),f()}}}function ae(e,o,l,n,r){let a=`gan-choice-${ee}-${++te}`,d=w("select",{id:a,title:r,onchange:()=>n(d.value)});for(let t of o){let[m,p]=Array.isArray(t)?t:[t,t];d.append(w("option",{value:m,selected:m===l},p))}return{node:w("div",{class:"gan-choice"},w("label",{for:a,title:r},e),d),select:d}}function ne(e,o){let l=w("div",{class:"gan-body"}),n=w("div",{class:"gan-error",role:"alert",hidden:!0}),r=w("div",{class:"gan-note",hidden:!0}),a={"data-lm-suppress-shortcuts":!0,onkeydown:m=>m.stopPropagation()};e.append(w("div",{class:"gan-widget",role:"group","aria-label":o,...a},l,r,n));let d={body:l,redraw:()=>{},fail(m){n.hidden=!m,n.textContent=m?String(m.message||m):""},note(m){r.hidden=!m,r.textContent=m||""},coalesce(m){let p=!1,v=!1;return async function(){if(v=!0,!p){p=!0;try{for(;v;)v=!1,await m(),d.fail(null)}catch(u){d.fail(u)}finally{p=!1}}}}},t=new MutationObserver(()=>d.redraw());return t.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),t.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),d.close=()=>t.disconnect(),d}function Y(e,o,l){let n=w("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${o}`,{node:n,describe(r){n.setAttribute("aria-label",r)},draw(...r){let a=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*a),n.height=Math.round(o*a);let d=n.getContext("2d");d.scale(a,a);let t=getComputedStyle(n).color||"#222";l(d,e,o,t,...r)}}}function z(e,o,l=5){let n=(o-e)/l,r=10**Math.floor(Math.log10(n)),a=[1,2,5,10].map(t=>t*r).find(t=>t>=n),d=[];for(let t=Math.ceil(e/a-1e-9)*a;t<=o+1e-9*a;t+=a)d.push(Math.abs(t)<a/1e6?0:t);return d}function K(e,o,[l,n],[r,a],d,{title:t="",xlabel:m="",ylabel:p="",grid:v=!0}={}){let[g,u,f,h]=o,T=s=>g+(s-l)/(n-l)*f,S=s=>u+h-(s-r)/(a-r)*h;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let J=s=>String(Number(s.toPrecision(4))).replace("-","−"),q=(s,c,b,I,y)=>{e.globalAlpha=y,e.strokeStyle=d,e.beginPath(),e.moveTo(s,c),e.lineTo(b,I),e.stroke(),e.globalAlpha=1};e.fillStyle=d,e.textAlign="center";for(let s of z(l,n,Math.max(2,f/70)))v&&q(T(s),u,T(s),u+h,.12),e.fillText(J(s),T(s),u+h+11);e.textAlign="right";for(let s of z(r,a,Math.max(2,h/45)))v&&q(g,S(s),g+f,S(s),.12),e.fillText(J(s),g-6,S(s));q(g,u,g,u+h,.6),q(g,u+h,g+f,u+h,.6),e.textAlign="center",e.fillText(m,g+f/2,u+h+28),e.save(),e.translate(g-44,u+h/2),e.rotate(-Math.PI/2),e.fillText(p,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(t,g-4,u-12),e.font="12px system-ui, sans-serif";let O=s=>{e.save(),e.beginPath(),e.rect(g,u-1,f+1,h+2),e.clip(),s(),e.restore()};return{X:T,Y:S,clip:O,line(s,c,b,{width:I=2,dash:y=[],fill:E=!1,alpha:L=1}={}){O(()=>{e.beginPath(),s.forEach((W,i)=>e[i?"lineTo":"moveTo"](T(W),S(c[i]))),e.strokeStyle=b,e.lineWidth=I,e.setLineDash(y),e.globalAlpha=L,e.stroke(),E&&(e.lineTo(T(s[s.length-1]),S(Math.max(r,0))),e.lineTo(T(s[0]),S(Math.max(r,0))),e.fillStyle=b,e.globalAlpha=.15,e.fill())})},level(s,c,b){s<r||s>a||(O(()=>{e.setLineDash([2,3]),e.strokeStyle=c,e.beginPath(),e.moveTo(g,S(s)),e.lineTo(g+f,S(s)),e.stroke()}),e.fillStyle=c,e.textAlign="right",e.fillText(b,g+f,S(s)-8))},points(s,c,b=2,I=.5){O(()=>{e.fillStyle=c,e.globalAlpha=I;for(let y=0;y<s.length;y+=2){let[E,L]=[T(s[y]),S(s[y+1])];b<3?e.fillRect(E-.85*b,L-.85*b,1.7*b,1.7*b):(e.beginPath(),e.arc(E,L,b,0,7),e.fill())}})},heat(s,c){let b=new ImageData(c,c);for(let y=0;y<c*c;y++){let E=s[y]/255*4,L=Math.min(3,Math.floor(E)),W=E-L,i=4*((c-1-Math.floor(y/c))*c+y%c);for(let x=0;x<3;x++)b.data[i+x]=V[L][x]+W*(V[L+1][x]-V[L][x]);b.data[i+3]=255}let I=new OffscreenCanvas(c,c);I.getContext("2d").putImageData(b,0,0),O(()=>{e.imageSmoothingEnabled=!0,e.drawImage(I,g,u,f,h)})}}}function H(e,o,l,n,r){e.font="12px system-ui, sans-serif",e.textAlign="left",e.textBaseline="middle";for(let[a,d,t]of n)e.strokeStyle=d,e.lineWidth=3,e.setLineDash(t?[5,3]:[]),e.beginPath(),e.moveTo(o,l),e.lineTo(o+18,l),e.stroke(),e.setLineDash([]),e.fillStyle=r,e.fillText(a,o+23,l),o+=23+e.measureText(a).width+16}function oe(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function de(e,o){let l={generator:e.generator,ask:null};if(e.send){let n=new Map,r=Math.random().toString(36).slice(2),a=0,d=(t,m)=>{let p=n.get(t.id);p&&(n.delete(t.id),t.error?p.reject(new Error(t.error)):p.resolve({content:t.content,bytes:oe(m?.[0])}))};e.on("msg:custom",d),o.addEventListener("abort",()=>e.off("msg:custom",d)),l.ask=(t,m={},p=[])=>new Promise((v,g)=>{let u=`${r}-${++a}`;n.set(u,{resolve:v,reject:g}),e.send({id:u,name:t,content:m},void 0,p)})}return l.alive=(n,r)=>{let a=d=>{r.inert=!d,r.style.opacity=d?"1":"0.5"};a(!1),n.note(l.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),l.ask?.("hello").then(()=>{a(!0),n.note(null)}).catch(n.fail)},l}function ge(){document.getElementById("gan-course-style")||document.head.append(w("style",{id:"gan-course-style"},Q))}function re(e){function o({model:l,el:n}){let r=new AbortController;n.dataset.kind=l.get("kind"),ge();let a=()=>{};try{a=e(n,l.get("config"),oe(l.get("data")),de(l,r.signal))}catch(d){n.append(w("div",{class:"gan-error",role:"alert"},`This widget could not start: ${d.message}`)),console.error(d)}return()=>{r.abort(),a()}}return{render:o}}var P=Float64Array.from({length:4801},(e,o)=>-12+o/200);function Z(e){let o=e.map(([l,n,r])=>Array.from(P,a=>Math.log(l)-.5*((a-n)/r)**2-Math.log(r)-.5*Math.log(2*Math.PI)));return P.map((l,n)=>{let r=Math.max(...o.map(a=>a[n]));return r+Math.log(o.reduce((a,d)=>a+Math.exp(d[n]-r),0))})}function N(e){let o=0;for(let l=0;l<P.length;l++)o+=(l&&l<P.length-1?1:.5)*e(l);return o*(P[1]-P[0])}function le(e,o){let l=e.map(Math.exp),n=o.map(Math.exp),r=e.map((t,m)=>Math.max(t,o[m])+Math.log1p(Math.exp(-Math.abs(t-o[m])))-Math.LN2),a=0,d=P[1]-P[0];return{"KL(p‖q)":N(t=>l[t]?l[t]*(e[t]-o[t]):0),"KL(q‖p)":N(t=>n[t]?n[t]*(o[t]-e[t]):0),JSD:.5*N(t=>(l[t]?l[t]*(e[t]-r[t]):0)+(n[t]?n[t]*(o[t]-r[t]):0)),TV:.5*N(t=>Math.abs(l[t]-n[t])),"W₁":N(t=>(t&&(a+=d*(l[t]-n[t]+l[t-1]-n[t-1])/2),Math.abs(a)))}}function me(e,o,l,n){let r=ne(e,o.title),{view:a}=o,[d,t]=o.range,m=Array.from(P.keys()).filter(i=>P[i]>=d&&P[i]<=t&&i%4===0),p=m.map(i=>P[i]),v=i=>m.map(x=>i[x]),g={shape:"one"},u=[[.5,-2,.7],[.5,2,.7]],f,h,T,S,J="",q=0,O=X({...o.shift,change:()=>W()}),s=X({...o.width,change:()=>W()}),c=ae("data p",[["one","one Gaussian"],["two","two Gaussians"]],"one",i=>{g.shape=i,W()},"The density to be matched"),b=Y(376,300,(i,x,G,k)=>{let C=h.map(Math.exp),A=T.map(Math.exp),F=Math.max(1.05,1.08*Math.max(...v(A),...v(C))),M=K(i,[50,42,318,208],[d,t],[0,F],k,{title:a==="transport"?"densities":"densities and D*",xlabel:"x",ylabel:a==="transport"?"density":"density, D*"});M.line(p,v(C),$.real,{fill:!0}),M.line(p,v(A),$.fake,{fill:!0}),a!=="transport"&&M.line(p,v(h.map((j,B)=>1/(1+Math.exp(T[B]-j)))),k,{dash:[6,4],width:1.8});let D=[["data p",$.real],["generated q",$.fake]];H(i,186,14,a==="transport"?D:D.slice(0,2),k),a!=="transport"&&H(i,306,32,[["D*",k,!0]],k)}),I=(i,x,G,k)=>{let[A,F,M,D]=k,j=D/G.length;i.font="13px system-ui, sans-serif",i.textBaseline="middle";let B={"KL(p‖q)":$.green,"KL(q‖p)":$.purple,JSD:x,TV:$.grey,"W₁":"#0B84C6"};G.forEach((_,ie)=>{let U=F+j*(ie+.5),R=f[_];i.fillStyle=B[_],i.fillRect(A,U-9,M*Math.min(R,3)/3,18),i.fillStyle=x,i.textAlign="right",i.fillText(_,A-8,U),i.textAlign="left",i.fillText(R.toFixed(3)+(R>3?" (bar cut)":""),A+M*Math.min(R,3)/3+6,U)})},y=Y(376,300,(i,x,G,k)=>{if(a==="divergences")i.fillStyle=k,i.font="bold 13px system-ui, sans-serif",i.fillText("five answers (nats; W₁ in units of x)",16,30),I(i,k,Object.keys(f),[70,44,190,220]);else if(a==="transport"){let C=D=>{let j=0;return D.map(B=>(j+=Math.exp(B)/200,j))},[A,F]=[v(C(h)),v(C(T))],M=K(i,[50,42,318,130],[d,t],[0,1],k,{title:"W₁ is the area between the two CDFs",xlabel:"",ylabel:"CDF"});M.clip(()=>{i.beginPath();for(let[D,j]of p.entries())i[D?"lineTo":"moveTo"](M.X(j),M.Y(A[D]));for(let D=p.length-1;D>=0;D--)i.lineTo(M.X(p[D]),M.Y(F[D]));i.fillStyle="#0B84C6",i.globalAlpha=.25,i.fill(),i.globalAlpha=1}),M.line(p,A,$.real),M.line(p,F,$.fake),I(i,k,["JSD","W₁"],[50,206,220,70])}else{let[C,A]=[o.shift.low,o.shift.high],F=K(i,[66,42,302,208],[C,A],[-1.5,.05],k,{title:`C(G) = V(D*, G) = ${f.C.toFixed(3)}`.replace("-","−"),xlabel:"G's mean, at this width",ylabel:"C(G) (nats)"});F.level(-Math.log(4),$.grey,"−log 4"),F.line(S.map(M=>M[0]),S.map(M=>M[1]),k),F.points([O.value,f.C],$.fake,7,1)}}),E=w("div",{class:"gan-caption","aria-live":"polite"}),L=()=>g.shape==="two"?u:[[1,0,o.same_width?s.value:1]],W=r.coalesce(async()=>{h=Z(L()),T=Z([[1,O.value,s.value]]),f=le(h,T),f.C=2*f.JSD-Math.log(4);let i=`${s.value} ${g.shape}`;a==="value"&&i!==J&&(S=Array.from({length:41},(C,A)=>o.shift.low+A*(o.shift.high-o.shift.low)/40).map(C=>[C,2*le(h,Z([[1,C,s.value]])).JSD-Math.log(4)]),J=i);let x={...f};a!=="value"&&delete x.C,f=x,b.draw(),y.draw();let k=a==="value"?`V(D*, G) = ${f.C.toFixed(3)} nats = −log 4 + 2 JSD, with JSD = ${f.JSD.toFixed(3)}`.replace("= -","= −"):(C=>C.map(A=>`${A} ${f[A].toFixed(3)}`).join(", ").replaceAll("-","−"))(a==="transport"?["JSD","W₁"]:Object.keys(f));E.textContent=k,b.describe(`Densities: data p (${g.shape==="two"?"two Gaussians":"one Gaussian"}) and generated q with mean ${O.value}, width ${s.value}`),y.describe(k),e.dataset.values=JSON.stringify(f),y.node.dataset.frame=String(++q)});return r.body.append(w("div",{class:"gan-title"},o.title),w("div",{class:"gan-controls gan-wide"},O.node,s.node,o.same_width?null:c.node),w("div",{class:"gan-pair"},b.node,y.node),E),r.redraw=W,W(),r.close}var ve=re(me);export{ve as default};
