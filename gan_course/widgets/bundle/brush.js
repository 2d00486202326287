function be(n){let i=new DataView(n.buffer,n.byteOffset,n.byteLength),s=new Float32Array(i.getUint32(0,!0)),t=4+4*Math.ceil(s.length/16);for(let a=0;a<s.length;a++)s[a]=i.getInt16(t+2*a,!0)*i.getFloat32(4+4*(a>>4),!0);return s}function se(n){return Uint8Array.from(atob(n),i=>i.charCodeAt(0))}var we={linear(n,{n_in:i,n_out:s,weight:t,bias:a},o){let r=new Float32Array(s);for(let u=0,g=t;u<s;u++){let h=o[a+u];for(let f=0;f<i;f++,g++)h+=o[g]*n[f];r[u]=h}return r},relu(n,{slope:i}){for(let s=0;s<n.length;s++)n[s]<0&&(n[s]*=i);return n},tanh(n){for(let i=0;i<n.length;i++)n[i]=Math.tanh(n[i]);return n},upsample(n,{shape:[i,s,t],factor:a}){let o=s*a,r=t*a,u=new Float32Array(i*o*r);for(let g=0,h=0;g<i;g++)for(let f=0;f<o;f++)for(let d=0;d<r;d++,h++)u[h]=n[(g*s+Math.floor(f/a))*t+Math.floor(d/a)];return u},conv(n,{shape:[i,s,t],out:[a,o,r],kernel:[u,g],stride:h,padding:[f,d],weight:m,bias:A},c){let x=(y,I)=>Math.max(0,Math.ceil((y-I)/h)),T=(y,I,$,S)=>Math.min(y,Math.floor((I-1+$-S)/h)+1),E=new Float32Array(a*o*r);for(let y=0;y<a;y++){E.fill(c[A+y],y*o*r,(y+1)*o*r);for(let I=0;I<i;I++)for(let $=0;$<u;$++)for(let S=0;S<g;S++){let D=c[m+((y*i+I)*u+$)*g+S],N=x(d,S),j=T(r,t,d,S);for(let O=x(f,$);O<T(o,s,f,$);O++){let v=(I*s+h*O+$-f)*t+S-d,L=(y*o+O)*r;for(let F=N;F<j;F++)E[L+F]+=D*n[v+h*F]}}}return E},transposed(n,{shape:[i,s,t],out:[a,o,r],kernel:[u,g],stride:h,padding:[f,d],weight:m,bias:A},c){let x=new Float32Array(a*o*r);for(let T=0;T<a;T++)x.fill(c[A+T],T*o*r,(T+1)*o*r);for(let T=0;T<i;T++)for(let E=0;E<s;E++)for(let y=0;y<t;y++){let I=n[(T*s+E)*t+y];if(I===0)continue;let $=E*h-f,S=y*h-d,D=Math.max(0,-S),N=Math.min(g,r-S);for(let j=0;j<a;j++)for(let O=Math.max(0,-$);O<Math.min(u,o-$);O++){let v=m+((T*a+j)*u+O)*g,L=(j*o+$+O)*r+S;for(let F=D;F<N;F++)x[L+F]+=I*c[v+F]}}return x},keep(n,i,s,{shelf:t}){return t.push(n.slice()),n},join(n,i,s,{shelf:t}){let a=t.pop(),o=new Float32Array(n.length+a.length);return o.set(n),o.set(a,n.length),o},paste(n,{channels:i=1},s,{input:t}){let a=n.length/i;return n.map((o,r)=>t[n.length+r%a]>.5?t[r]:o)}};function K(n,i){let s=be(i),{latent_dim:t,num_classes:a,label_dim:o,label_table:r}=n;return(u,g=0)=>{let h=new Float32Array(t+o);h.set(u.subarray(0,t));for(let d=0;d<a;d++){let m=typeof g=="number"?+(d===g):g[d];if(r==null)h[t+d]=m;else for(let A=0;A<o;A++)h[t+A]+=m*s[r+A*a+d]}let f={shelf:[],input:h};return n.operations.reduce((d,m)=>we[m.op](d,m,s,f),h)}}function le(n){return Uint8Array.from(n,i=>Math.round((Math.min(1,Math.max(-1,i))+1)*127.5))}var ce=`/* Colours come from JupyterLab's theme, else from the book's, else light. */
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
`;var Q={real:"#0072B2",fake:"#D55E00",green:"#009E73",purple:"#AA4499",grey:"#8A8A8A"};function w(n,i={},...s){let t=document.createElement(n);for(let[a,o]of Object.entries(i))a.startsWith("on")?t.addEventListener(a.slice(2),o):o!==!1&&o!=null&&t.setAttribute(a,o===!0?"":o);return t.append(...s.filter(a=>a!=null)),t}var ve=Math.random().toString(36).slice(2),ke=0;function Z({label:n,low:i,high:s,step:t,value:a,tip:o,change:r,format:u}){let g=Math.max(0,Math.ceil(-Math.log10(t))),h=u||(c=>c.toFixed(Number.isInteger(t)?0:g).replace("-","−")),f=`gan-slider-${ve}-${++ke}`,d=w("input",{type:"range",id:f,min:i,max:s,step:t,value:a,title:o}),m=w("output",{for:f}),A=()=>{m.textContent=h(Number(d.value)),d.setAttribute("aria-valuetext",m.textContent)};return d.addEventListener("input",()=>{A(),r?.(Number(d.value))}),A(),{node:w("div",{class:"gan-slider"},w("label",{for:f,title:o},n),d,m),input:d,get value(){return Number(d.value)},set(c){d.value=String(c),A()}}}function _(n,i,s){return w("button",{type:"button",title:i,onclick:s},n)}function de(n,i){let s=w("div",{class:"gan-body"}),t=w("div",{class:"gan-error",role:"alert",hidden:!0}),a=w("div",{class:"gan-note",hidden:!0}),o={"data-lm-suppress-shortcuts":!0,onkeydown:g=>g.stopPropagation()};n.append(w("div",{class:"gan-widget",role:"group","aria-label":i,...o},s,a,t));let r={body:s,redraw:()=>{},fail(g){t.hidden=!g,t.textContent=g?String(g.message||g):""},note(g){a.hidden=!g,a.textContent=g||""},coalesce(g){let h=!1,f=!1;return async function(){if(f=!0,!h){h=!0;try{for(;f;)f=!1,await g(),r.fail(null)}catch(m){r.fail(m)}finally{h=!1}}}}},u=new MutationObserver(()=>r.redraw());return u.observe(document.documentElement,{attributes:!0,attributeFilter:["data-theme","data-mode"]}),u.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","data-jp-theme-name"]}),r.close=()=>u.disconnect(),r}function X(n,i,s){let t=w("canvas",{class:"gan-canvas",role:"img"});return t.style.width=`${n}px`,t.style.maxWidth=`min(100%, ${n}px)`,t.style.aspectRatio=`${n} / ${i}`,{node:t,describe(a){t.setAttribute("aria-label",a)},draw(...a){let o=(window.devicePixelRatio||1)*((t.clientWidth||n)/n);t.width=Math.round(n*o),t.height=Math.round(i*o);let r=t.getContext("2d");r.scale(o,o);let u=getComputedStyle(t).color||"#222";s(r,n,i,u,...a)}}}function Y(n,i,[s,t],a,o,r=1){let u=s*t,g=i.length/(r*u),h=Math.ceil(g/a),f=a*(t+1)-1,d=h*(s+1)-1,m=new ImageData(f,d);for(let c=0;c<g;c++){let x=Math.floor(c/a)*(s+1),T=c%a*(t+1);for(let E=0;E<s;E++)for(let y=0;y<t;y++){let I=4*((x+E)*f+T+y),$=c*r*u+E*t+y;for(let S=0;S<3;S++)m.data[I+S]=r===1?255-i[$]:i[$+S*u];m.data[I+3]=255}}let A=new OffscreenCanvas(f,d);A.getContext("2d").putImageData(m,0,0),n.imageSmoothingEnabled=!1,n.drawImage(A,0,0,f*o,d*o)}function ue(n){let i=n*2654435761+1>>>0,s=()=>{i=i+1831565813>>>0;let t=Math.imul(i^i>>>15,i|1);return t^=t+Math.imul(t^t>>>7,t|61),((t^t>>>14)>>>0)/4294967296};return{uniform:s,normal:t=>Float32Array.from({length:t},()=>Math.sqrt(-2*Math.log(1-s()))*Math.cos(2*Math.PI*s()))}}function fe(n){return n?new Uint8Array(n.buffer||n,n.byteOffset||0,n.byteLength):new Uint8Array}function Me(n,i){let s={generator:n.generator,ask:null};if(n.send){let t=new Map,a=Math.random().toString(36).slice(2),o=0,r=(u,g)=>{let h=t.get(u.id);h&&(t.delete(u.id),u.error?h.reject(new Error(u.error)):h.resolve({content:u.content,bytes:fe(g?.[0])}))};n.on("msg:custom",r),i.addEventListener("abort",()=>n.off("msg:custom",r)),s.ask=(u,g={},h=[])=>new Promise((f,d)=>{let m=`${a}-${++o}`;t.set(m,{resolve:f,reject:d}),n.send({id:m,name:u,content:g},void 0,h)})}return s.alive=(t,a)=>{let o=r=>{a.inert=!r,a.style.opacity=r?"1":"0.5"};o(!1),t.note(s.ask?"Waiting for the kernel. In a notebook that is not running, run this cell.":"These controls need the notebook with its kernel. The picture is the first one."),s.ask?.("hello").then(()=>{o(!0),t.note(null)}).catch(t.fail)},s}function Ae(){document.getElementById("gan-course-style")||document.head.append(w("style",{id:"gan-course-style"},ce))}function ge(n){function i({model:s,el:t}){let a=new AbortController;t.dataset.kind=s.get("kind"),Ae();let o=()=>{};try{o=n(t,s.get("config"),fe(s.get("data")),Me(s,a.signal))}catch(r){t.append(w("div",{class:"gan-error",role:"alert"},`This widget could not start: ${r.message}`)),console.error(r)}return()=>{a.abort(),o()}}return{render:i}}var ee=5;function Te(n,i,s,t){let a=de(n,i.title),{shape:[o,r],channels:u=1,count:g,latent_dim:h}=i,f=o*r,d=u*f,m=280/Math.max(o,r),A=56/Math.max(o,r),c={picture:i.start,seed:i.seed,radius:2.5,erase:!1,cursor:null,truth:!1},x=new Uint8Array(f).fill(1),T=()=>s.subarray(c.picture*d,(c.picture+1)*d),E=s.subarray(g*d,(g+1)*d),y=null,I=0,$=0,S={lower:["lower half",e=>e>=i.lower],right:["right half",(e,l)=>l>=r/2],box:["a box",(e,l)=>Math.abs(e-o/2+.5)<6&&Math.abs(l-r/2+.5)<6],stripes:["every other row",e=>e%2===1],none:["nothing",()=>!1]},D=e=>x.forEach((l,M)=>{x[M]=S[e][1](Math.floor(M/r),M%r)?0:1});D("lower");function N([e,l],[M,k]){let P=(M-e)**2+(k-l)**2;for(let C=0;C<o;C++)for(let p=0;p<r;p++){let[b,U]=[p+.5-e,C+.5-l],B=P?Math.min(1,Math.max(0,(b*(M-e)+U*(k-l))/P)):0;Math.hypot(b-B*(M-e),U-B*(k-l))<=c.radius&&(x[C*r+p]=c.erase?1:0)}}function j(e){let l=new Float32Array(d+(1+h)*f),M=T();for(let k=0;k<d;k++)l[k]=x[k%f]?M[k]/127.5-1:0;return l.set(x,d),ue(e).normal(h).forEach((k,P)=>l.fill(k,d+(1+P)*f,d+(2+P)*f)),le(y(l))}function O(e,l,M,k){let P=(p,b,U,B)=>{e.moveTo(b*l,p*l),e.lineTo(B*l,U*l)},C=(p,b)=>p<0||b<0||p>=o||b>=r?1:x[p*r+b];e.strokeStyle=M,e.lineWidth=k,e.beginPath();for(let p=0;p<=o;p++)for(let b=0;b<=r;b++)C(p,b)!==C(p-1,b)&&P(p,b,p,b+1),C(p,b)!==C(p,b-1)&&P(p,b,p+1,b);e.stroke()}let v=X(r*m,o*m,(e,l,M)=>{Y(e,T(),[o,r],1,m,u),e.fillStyle="#F4B183",x.forEach((k,P)=>k||e.fillRect(P%r*m,Math.floor(P/r)*m,m+.5,m+.5)),c.cursor&&(e.strokeStyle="#222",e.lineWidth=1.5,e.beginPath(),e.arc(c.cursor[0]*m,c.cursor[1]*m,c.radius*m,0,7),e.stroke())}),L=X(r*m,o*m,e=>{Y(e,c.truth?T():E,[o,r],1,m,u),O(e,m,Q.fake,2)}),F=r*A+6,q=X(ee*F,o*A+4,(e,l,M,k,P)=>{P.forEach((C,p)=>{e.save(),e.translate(p*F+2,2),Y(e,C,[o,r],1,A,u),O(e,A,Q.fake,1),e.restore()})}),V=w("div",{class:"gan-caption","aria-live":"polite"}),H=w("div",{class:"gan-caption"}),te=w("div",{class:"gan-caption"},"What the network sees. Paint on it; or move the brush with the arrow keys and paint with the space bar."),ne=0,z=null;async function me(){let e=++ne,l=[];for(let p=0;p<ee;p++){if(await new Promise(b=>setTimeout(b)),e!==ne)return;l.push(j(1e3+p))}z=l,q.draw(l);let M=x.reduce((p,b)=>p+1-b,0),C=(100*(l.map(p=>p.reduce((b,U,B)=>b+Math.abs(U-l[0][B])/255,0)/Math.max(1,u*M)).slice(1).reduce((p,b)=>p+b,0)/(ee-1))).toFixed(1);H.textContent=`Five other z: a hidden pixel differs by ${C} % of the way from dark to bright.`,q.describe(H.textContent)}let W=a.coalesce(async()=>{if(y){let C=performance.now();E=j(c.seed),$=performance.now()-C}v.draw(),L.draw();let e=0,l=0,M=0,k=T();for(let C=0;C<f;C++){let p=0;for(let b=C;b<d;b+=f)p+=Math.abs(E[b]-k[b])/255/u;x[C]?l+=+(p>0):(e++,M+=p)}let P=e?`; off by ${(100*M/e).toFixed(1)} % a hidden pixel`:"";V.textContent=`${c.truth?"The true picture":"The fill"}: ${e} of ${f} pixels hidden${P}. Of the ${f-e} known pixels ${l} ${l===1?"differs":"differ"}.`,v.describe(`Picture ${c.picture+1} of ${g} with ${e} of ${f} pixels painted over`),L.describe(V.textContent),n.dataset.values=JSON.stringify({picture:c.picture,seed:c.seed,hidden:e,changed:l,milliseconds:$}),L.node.dataset.frame=String(++I),L.node.dataset.ms=$.toFixed(2),y&&me().catch(a.fail)}),R=null,re=e=>{let l=v.node.getBoundingClientRect();return[(e.clientX-l.left)/l.width*r,(e.clientY-l.top)/l.height*o]},oe=e=>{c.cursor=re(e),R&&e.buttons&1?(N(R,c.cursor),R=c.cursor,W()):v.draw()};v.node.addEventListener("pointerdown",e=>{e.buttons&1&&(v.node.setPointerCapture(e.pointerId),R=re(e),oe(e))}),v.node.addEventListener("pointermove",oe),v.node.addEventListener("pointerup",()=>{R=null}),v.node.addEventListener("pointerleave",()=>{c.cursor=null,R=null,v.draw()}),v.node.addEventListener("keydown",e=>{let l={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]," ":[0,0]}[e.key];if(!l)return;e.preventDefault();let[M,k]=c.cursor||[r/2,o/2];c.cursor=[Math.min(r,Math.max(0,M+l[0])),Math.min(o,Math.max(0,k+l[1]))],e.key===" "?(N(c.cursor,c.cursor),W()):v.draw()}),Object.assign(v.node.style,{cursor:"crosshair",touchAction:"none"}),v.node.tabIndex=0,v.node.setAttribute("role","application");let J=w("div",{class:"gan-row gan-labels",role:"group","aria-label":"picture"});i.names.forEach((e,l)=>J.append(_(e,`Take this picture, number ${l+1}`,()=>{c.picture=l,ae(),W()})));let ae=()=>Array.from(J.children).forEach((e,l)=>e.setAttribute("aria-pressed",String(l===c.picture)));ae();let pe=Z({label:"brush radius",low:1,high:6,step:.5,value:c.radius,tip:"In pixels of the picture",change:e=>{c.radius=e}}),ie=(e,l,M)=>w("label",{class:"gan-check",title:l},w("input",{type:"checkbox",onchange:k=>M(k.target.checked)}),e),he=Z({label:"z: seed",low:0,high:99,step:1,value:c.seed,tip:"The random numbers that the network gets beside the picture",change:e=>{c.seed=e,W()}}),G=w("div",{class:"gan-controls"},w("div",{class:"gan-row"},...Object.entries(S).map(([e,[l]])=>_(l,`Hide ${l}`,()=>{D(e),W()}))),pe.node,w("div",{class:"gan-row"},ie("uncover","The brush uncovers in place of hiding",e=>{c.erase=e}),ie("show the true picture","What was under the paint",e=>{c.truth=e,W()})),he.node);a.body.append(w("div",{class:"gan-title"},i.title),J,w("div",{class:"gan-pair"},w("figure",{},v.node,te),w("figure",{},L.node,V)),G,w("div",{class:"gan-strip"},q.node,H));for(let e of[te,V])e.style.maxWidth="280px";return q.node.parentElement.style.cursor="default",a.redraw=()=>{v.draw(),L.draw(),z&&q.draw(z)},a.note("The brush waits for the network. In a notebook that is not running, run this cell."),v.node.inert=G.inert=J.inert=!0,W(),(async()=>{let e=await t.generator?.(i.name)||t.ask&&await t.ask("weights");if(!e)return a.note("The brush needs the notebook with its kernel. The picture is the first one.");y=e.program?K(e.program,se(e.weights)):K(e.content,e.bytes),v.node.inert=G.inert=J.inert=!1,a.note(null),W()})().catch(a.fail),a.close}var Le=ge(Te);export{Le as default};
