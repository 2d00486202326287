var J=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var W={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"},q=[[181,74,0],[244,177,131],[255,255,255],[140,190,224],[0,86,138]];function w(e,t={},...s){let n=document.createElement(e);for(let[a,o]of Object.entries(t))a.startsWith("on")?n.addEventListener(a.slice(2),o):o!==!1&&o!=null&&n.setAttribute(a,o===!0?"":o);return n.append(...s.filter(a=>a!=null)),n}var K=Math.random().toString(36).slice(2),V=0;function Z({label:e,low:t,high:s,step:n,value:a,tip:o,change:i,format:l}){let m=Math.max(0,Math.ceil(-Math.log10(n))),u=l||(y=>y.toFixed(Number.isInteger(n)?0:m).replace("-","−")),f=`gan-slider-${K}-${++V}`,d=w("input",{type:"range",id:f,min:t,max:s,step:n,value:a,title:o}),h=w("output",{for:f}),v=()=>{h.textContent=u(Number(d.value)),d.setAttribute("aria-valuetext",h.textContent)};return d.addEventListener("input",()=>{v(),i?.(Number(d.value))}),v(),{node:w("div",{class:"gan-slider"},w("label",{for:f,title:o},e),d,h),input:d,get value(){return Number(d.value)},set(y){d.value=String(y),v()}}}function de(e,t,s){return w("button",{type:"button",title:t,onclick:s},e)}function B(e,t,s,n,a){let o=`gan-choice-${K}-${++V}`,i=w("select",{id:o,title:a,onchange:()=>n(i.value)});for(let l of t){let[m,u]=Array.isArray(l)?l:[l,l];i.append(w("option",{value:m,selected:m===s},u))}return{node:w("div",{class:"gan-choice"},w("label",{for:o,title:a},e),i),select:i}}function z(e,t,s){let n=null,a=de("▶ Play",e,()=>n?i():o()),o=()=>{a.textContent="❚❚ Pause",n=setInterval(()=>a.isConnected?s(i):i(),t)},i=()=>{clearInterval(n),n=null,a.textContent="▶ Play"};return{node:a,start:o,stop:i}}function ee(e,t){let s=w("div",{class:"gan-body"}),n=w("div",{class:"gan-error",role:"alert",hidden:!0}),a=w("div",{class:"gan-note",hidden:!0}),o={"data-lm-suppress-shortcuts":!0,onkeydown:m=>m.stopPropagation()};e.append(w("div",{class:"gan-widget",role:"group","aria-label":t,...o},s,a,n));let i={body:s,redraw:()=>{},fail(m){n.hidden=!m,n.textContent=m?String(m.message||m):""},note(m){a.hidden=!m,a.textContent=m||""},coalesce(m){let u=!1,f=!1;return async function(){if(f=!0,!u){u=!0;try{for(;f;)f=!1,await m(),i.fail(null)}catch(h){i.fail(h)}finally{u=!1}}}}},l=new MutationObserver(()=>i.redraw());return l.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),l.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),i.close=()=>l.disconnect(),i}function U(e,t,s){let n=w("canvas",{class:"gan-canvas",role:"img"});return n.style.width=`${e}px`,n.style.maxWidth=`min(100%, ${e}px)`,n.style.aspectRatio=`${e} / ${t}`,{node:n,describe(a){n.setAttribute("aria-label",a)},draw(...a){let o=(window.devicePixelRatio||1)*((n.clientWidth||e)/e);n.width=Math.round(e*o),n.height=Math.round(t*o);let i=n.getContext("2d");i.scale(o,o);let l=getComputedStyle(n).color||"#222";s(i,e,t,l,...a)}}}function Q(e,t,s=5){let n=(t-e)/s,a=10**Math.floor(Math.log10(n)),o=[1,2,5,10].map(l=>l*a).find(l=>l>=n),i=[];for(let l=Math.ceil(e/o-1e-9)*o;l<=t+1e-9*o;l+=o)i.push(Math.abs(l)<o/1e6?0:l);return i}function Y(e,t,[s,n],[a,o],i,{title:l="",xlabel:m="",ylabel:u="",grid:f=!0}={}){let[d,h,v,y]=t,A=g=>d+(g-s)/(n-s)*v,x=g=>h+y-(g-a)/(o-a)*y;e.lineWidth=1,e.font="12px system-ui, sans-serif",e.textBaseline="middle";let C=g=>String(Number(g.toPrecision(4))).replace("-","−"),E=(g,p,r,k,b)=>{e.globalAlpha=b,e.strokeStyle=i,e.beginPath(),e.moveTo(g,p),e.lineTo(r,k),e.stroke(),e.globalAlpha=1};e.fillStyle=i,e.textAlign="center";for(let g of Q(s,n,Math.max(2,v/70)))f&&E(A(g),h,A(g),h+y,.12),e.fillText(C(g),A(g),h+y+11);e.textAlign="right";for(let g of Q(a,o,Math.max(2,y/45)))f&&E(d,x(g),d+v,x(g),.12),e.fillText(C(g),d-6,x(g));E(d,h,d,h+y,.6),E(d,h+y,d+v,h+y,.6),e.textAlign="center",e.fillText(m,d+v/2,h+y+28),e.save(),e.translate(d-44,h+y/2),e.rotate(-Math.PI/2),e.fillText(u,0,0),e.restore(),e.textAlign="left",e.font="bold 13px system-ui, sans-serif",e.fillText(l,d-4,h-12),e.font="12px system-ui, sans-serif";let D=g=>{e.save(),e.beginPath(),e.rect(d,h-1,v+1,y+2),e.clip(),g(),e.restore()};return{X:A,Y:x,clip:D,line(g,p,r,{width:k=2,dash:b=[],fill:M=!1,alpha:c=1}={}){D(()=>{e.beginPath(),g.forEach((S,$)=>e[$?"lineTo":"moveTo"](A(S),x(p[$]))),e.strokeStyle=r,e.lineWidth=k,e.setLineDash(b),e.globalAlpha=c,e.stroke(),M&&(e.lineTo(A(g[g.length-1]),x(Math.max(a,0))),e.lineTo(A(g[0]),x(Math.max(a,0))),e.fillStyle=r,e.globalAlpha=.15,e.fill())})},level(g,p,r){g<a||g>o||(D(()=>{e.setLineDash([2,3]),e.strokeStyle=p,e.beginPath(),e.moveTo(d,x(g)),e.lineTo(d+v,x(g)),e.stroke()}),e.fillStyle=p,e.textAlign="right",e.fillText(r,d+v,x(g)-8))},points(g,p,r=2,k=.5){D(()=>{e.fillStyle=p,e.globalAlpha=k;for(let b=0;b<g.length;b+=2){let[M,c]=[A(g[b]),x(g[b+1])];r<3?e.fillRect(M-.85*r,c-.85*r,1.7*r,1.7*r):(e.beginPath(),e.arc(M,c,r,0,7),e.fill())}})},heat(g,p){let r=new ImageData(p,p);for(let b=0;b<p*p;b++){let M=g[b]/255*4,c=Math.min(3,Math.floor(M)),S=M-c,$=4*((p-1-Math.floor(b/p))*p+b%p);for(let T=0;T<3;T++)r.data[$+T]=q[c][T]+S*(q[c+1][T]-q[c][T]);r.data[$+3]=255}let k=new OffscreenCanvas(p,p);k.getContext("2d").putImageData(r,0,0),D(()=>{e.imageSmoothingEnabled=!0,e.drawImage(k,d,h,v,y)})}}}function te(e){return e?new Uint8Array(e.buffer||e,e.byteOffset||0,e.byteLength):new Uint8Array}function ge(e,t){let s={generator:e.generator,ask:null};if(e.send){let n=new Map,a=Math.random().toString(36).slice(2),o=0,i=(l,m)=>{let u=n.get(l.id);u&&(n.delete(l.id),l.error?u.reject(new Error(l.error)):u.resolve({content:l.content,bytes:te(m?.[0])}))};e.on("msg:custom",i),t.addEventListener("abort",()=>e.off("msg:custom",i)),s.ask=(l,m={},u=[])=>new Promise((f,d)=>{let h=`${a}-${++o}`;n.set(h,{resolve:f,reject:d}),e.send({id:h,name:l,content:m},void 0,u)})}return s.alive=(n,a)=>{let o=i=>{a.inert=!i,a.style.opacity=i?"1":"0.5"};o(!1),n.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{o(!0),n.note(null)}).catch(n.fail)},s}function me(){document.getElementById("gan-course-style")||document.head.append(w("style",{id:"gan-course-style"},J))}function ne(e){function t({model:s,el:n}){let a=new AbortController;n.dataset.kind=s.get("kind"),me();let o=()=>{};try{o=e(n,s.get("config"),te(s.get("data")),ge(s,a.signal))}catch(i){n.append(w("div",{class:"gan-error",role:"alert"},`This widget could not start: ${i.message}`)),console.error(i)}return()=>{a.abort(),o()}}return{render:t}}var j=e=>1/(1+Math.exp(-e)),re=Array.from({length:57},(e,t)=>[-7+t/4,Math.exp(-.5*(-7+t/4)**2)]),ae=re.reduce((e,[,t])=>e+t,0),I={xy:{text:"θψ, the bilinear game",field:(e,t)=>[-t,e],matrix:()=>[0,-1,1,0]},minimax:{text:"GAN, minimax",field:(e,t)=>[t*j(e*t),-e*j(e*t)],matrix:()=>[0,.5,-.5,0]},nonsaturating:{text:"GAN, non-saturating",field:(e,t)=>[t*j(-e*t),-e*j(e*t)],matrix:()=>[0,.5,-.5,0]},noise:{text:"instance noise",gamma:"the variance of the noise",field:(e,t,s)=>{let n=0,a=0;for(let[o,i]of re){let l=o*Math.sqrt(s),m=j(t*(e+l));n+=i/ae*t*m,a+=i/ae*(l*j(-t*l)-(e+l)*m)}return[n,a]},matrix:e=>[0,.5,-.5,-e/2]},R1:{text:"R1",gamma:"the weight of the penalty γψ²/2",field:(e,t,s)=>[t*j(e*t),-e*j(e*t)-s*t],matrix:e=>[0,.5,-.5,-e]},consensus:{text:"consensus",gamma:"the weight of γ‖v‖²/2",field:(e,t,s)=>{let n=j(e*t),a=(e*e+t*t)*n*n*(1-n);return[t*n-s*(n*n*e+a*t),-e*n-s*(n*n*t+a*e)]},matrix:e=>[-e/4,.5,-.5,-e/4]},wgan:{text:"WGAN, clipped",gamma:"the bound: |ψ| ≤ γ",field:(e,t)=>[t,-e],clip:!0,matrix:()=>[0,1,-1,0]},wgangp:{text:"WGAN-GP",gamma:"the weight of γ(|ψ| − 1)²/2",field:(e,t,s)=>[t,-e-s*(Math.abs(t)-1)*Math.sign(t)],matrix:()=>null}};function he({method:e,gamma:t,step:s,momentum:n,alternating:a,start:o,steps:i}){let{field:l,clip:m}=I[e],u=[[...o]],[f,d]=o,[h,v]=o;for(let y=0;y<i&&Math.hypot(f,d)<1e6;y++){let[A,x]=l(f,d,t),C=d+s*x+n*(d-v);m&&(C=Math.min(t,Math.max(-t,C)));let E=f+s*(a?l(f,C,t)[0]:A)+n*(f-h);[h,v,f,d]=[f,d,E,C],u.push([f,d])}return u}function ie(e){let t=e.length-1,s=([a,o],[i,l])=>[a*i-o*l,a*l+o*i],n=[[1,0]];for(;n.length<t;)n.push(s(n[n.length-1],[.4,.9]));for(let a=0;a<500;a++)n.forEach((o,i)=>{let l=e.slice(1).reduce((d,h)=>[s(d,o)[0]+h,s(d,o)[1]],[1,0]),m=n.reduce((d,h,v)=>v===i?d:s(d,[o[0]-h[0],o[1]-h[1]]),[1,0]),u=m[0]**2+m[1]**2;if(u<1e-300)return;let f=s(l,[m[0]/u,-m[1]/u]);n[i]=[o[0]-f[0],o[1]-f[1]]});return n.sort((a,o)=>Math.hypot(...o)-Math.hypot(...a)||o[1]-a[1])}function ce([e,t,s,n],a,o,i){let l=[-(1+o+a*e),o],m=[-(1+o+a*n),o],u=a*a*t*s,f=[1,l[0]+m[0],l[1]+m[1]+l[0]*m[0],l[0]*m[1]+l[1]*m[0],l[1]*m[1]];return f[i?1:2]-=u,ie(f).slice(0,2)}var oe=([e,t])=>`${e.toFixed(3)}${Math.abs(t)<5e-4?"":` ${t<0?"−":"+"} ${Math.abs(t).toFixed(3)}i`}`.replace("-","−");function fe(e,t){let s=ee(e,t.title),n=2.2,a={method:t.method,alternating:t.alternating,start:[...t.start]},o=[],i=t.steps,l=0;if(!I[a.method])throw new Error(`method ${a.method} is not one of ${Object.keys(I).join(", ")}`);let m=()=>({...a,gamma:v.value,step:h.value,momentum:y.value,steps:t.steps}),u=B("method",Object.entries(I).map(([r,{text:k}])=>[r,k]),a.method,r=>{a.method=r,g()},"What the two players minimise"),f=B("the players move",[["together","at the same time"],["turns","in turn, D first"]],a.alternating?"turns":"together",r=>{a.alternating=r==="turns",g()},"Whether G sees D before or after D's step"),d=(r,k,b,M,c,S)=>Z({label:r,low:k,high:b,step:M,value:c,tip:S,change:()=>g()}),h=d("step η",.02,1.5,.02,t.step,"The learning rate of both players"),v=d("strength γ",0,3,.05,t.gamma,"How strong the method is"),y=d("momentum β",-.9,.9,.05,t.momentum,"The share of the last move that is added to the next one"),A=U(376,360,(r,k,b,M)=>{let c=Y(r,[54,30,300,284],[-n,n],[-n,n],M,{title:"field and trajectory",xlabel:"θ, where G puts its point",ylabel:"ψ, D's slope"}),{field:S}=I[a.method],$=15;c.clip(()=>{for(let P=0;P<$*$;P++){let O=[P%$,Math.floor(P/$)].map(se=>-n+2*n*(se+.5)/$),[_,X]=S(...O,v.value),R=Math.hypot(_,X),H=15*Math.min(1,.35+R/2);if(R<1e-9)continue;let[F,G]=[c.X(O[0]),c.Y(O[1])],[N,L]=[H*_/R,-H*X/R];r.strokeStyle=r.fillStyle=W.grey,r.globalAlpha=.7,r.lineWidth=1.2,r.beginPath(),r.moveTo(F-N/2,G-L/2),r.lineTo(F+N/2,G+L/2),r.stroke(),r.beginPath(),r.moveTo(F+N/2,G+L/2),r.lineTo(F+.15*N-.18*L,G+.15*L+.18*N),r.lineTo(F+.15*N+.18*L,G+.15*L-.18*N),r.fill(),r.globalAlpha=1}});let T=o.slice(0,i+1);c.line(T.map(P=>P[0]),T.map(P=>P[1]),W.fake,{width:1.4}),T.length<200&&c.points(T.flat(),W.fake,2.2,.9),c.points([0,0],W.real,6,1),c.points(a.start,M,5,1),c.points(T[T.length-1],W.fake,6,1)}),x=U(376,360,(r,k,b,M)=>{let c=o.map(P=>Math.log10(Math.max(Math.hypot(...P),1e-12))),S=Math.min(-1,...c),$=Math.max(.5,...c);Y(r,[54,30,300,284],[0,t.steps],[Math.floor(S),Math.min(Math.ceil($),4)],M,{title:"distance from the solution",xlabel:"step",ylabel:"log₁₀ of the radius"}).line(c.slice(0,i+1).map((P,O)=>O),c.slice(0,i+1),W.fake)}),C=w("div",{class:"gan-caption","aria-live":"polite"}),E=w("div",{class:"gan-caption"}),D=s.coalesce(async()=>{let r=I[a.method].matrix(v.value),k=o[o.length-1],b=Math.hypot(...k),M=r&&ce(r,h.value,y.value,a.alternating),c=M&&Math.hypot(...M[0]),S=r&&ie([1,-(r[0]+r[3]),r[0]*r[3]-r[1]*r[2]]),$=r?Math.abs(c-1)<1e-9?"neither grows nor shrinks":c<1?"shrinks":"grows":"";C.textContent=r?`Near the solution: eigenvalues of the field ${S.map(oe).join(" and ")}; of one update ${M.map(oe).join(" and ")}, size ${c.toFixed(4)}: ${$}. `+`After ${o.length-1} steps the radius is ${b.toPrecision(3)}.`.replace("e-","e−"):`The penalty pushes ψ away from 0, so nothing rests there: no eigenvalues. At (±γ, 0), far from the data, it balances θ. After ${o.length-1} steps the radius is ${b.toPrecision(3)}.`;let T=I[a.method].gamma;E.textContent=(T?`Here γ is ${T}.`:"This method has no γ.")+" Click in the left picture to start elsewhere.",A.draw(),x.draw(),A.describe(`The vector field of ${I[a.method].text} and a trajectory from (${a.start.map(P=>P.toFixed(2)).join(", ")})`),x.describe(C.textContent),e.dataset.values=JSON.stringify({path:o.filter((P,O)=>O%10===0),last:k,field:S,update:M}),x.node.dataset.frame=String(++l)}),g=()=>{p.stop(),o=he(m()),i=t.steps,D()},p=z("Watch the updates one after the other",40,r=>{if(i>=o.length-1)return r();i+=Math.max(1,Math.round(t.steps/300)),A.draw(),x.draw()});return p.node.addEventListener("click",()=>{i>=o.length-1&&(i=0)}),A.node.addEventListener("pointerdown",r=>{let k=A.node.getBoundingClientRect(),b=376/k.width,M=[(r.clientX-k.left)*b,(r.clientY-k.top)*b],c=S=>Math.min(n,Math.max(-n,S));a.start=[c(-n+(M[0]-54)/300*2*n),c(n-(M[1]-30)/284*2*n)],g()}),A.node.style.cursor="crosshair",s.body.append(w("div",{class:"gan-title"},t.title),w("div",{class:"gan-controls gan-wide"},u.node,f.node,h.node,v.node,y.node),w("div",{class:"gan-row"},p.node),w("div",{class:"gan-pair"},A.node,x.node),C,E),s.redraw=()=>D(),g(),()=>{p.stop(),s.close()}}var ke=ne(fe);export{ke as default};
