import json
p='/work/wt/poems/notebooks/17_audio_gan.ipynb'
nb=json.load(open(p)); C={c['id']:c for c in nb['cells']}
def src(id): return ''.join(C[id]['source'])
def put(id,s): C[id]['source']=s.strip('\n').splitlines(keepends=True)
def rep(id,a,b):
    s=src(id); assert a in s,(id,a); put(id,s.replace(a,b))
def after(id,cell):
    i=[c['id'] for c in nb['cells']].index(id); nb['cells'].insert(i+1,cell); C[cell['id']]=cell
# --- the answer of 17.2 leaves the page
rep('cell-29',src('cell-29').split('\n')[0],'The lines stand in three families, with spacings of 62.5, 250 and 1,000 Hz, one for each layer. Exercise 17.2 asks which layer makes which, and why.')
rep('cell-43','The second view pays, for less than twice the computing.','The second view pays. (The two rows have equal numbers of steps, and a step with two views takes longer: they are not equal in CPU time.)')
# --- without labels: sort first
rep('cell-46','Take it away. Fit one Gaussian to all sounds, and let the GANs play without labels.','Take it away. Fit one Gaussian to all sounds, and let the GANs play without labels.\n\nOr sort the sounds without being told: k-means on their spectra, each divided by its length so that loudness does not count, with nine clusters, then a Gaussian for each cluster, drawn as often as the cluster is large. That is the plain alternative here, and it takes about a second.\n')
rep('cell-46','> **Predict.** What does a draw from one Gaussian over all notes sound like?','> **Predict.** What does a draw from one Gaussian over all notes sound like? And will k-means find the nine kinds?')
after('cell-46',{'cell_type':'code','execution_count':None,'id':'nb17-kmeans','metadata':{},'outputs':[],'source':'''from sklearn.cluster import KMeans


def normalised_spectra(waves):  # (N, 1, T) -> (N, T / 2 + 1), of length 1
    return F.normalize(torch.fft.rfft(waves[:, 0]).abs(), dim=1)


spectra = normalised_spectra(train.waves).numpy()
kmeans = KMeans(9, n_init=4, random_state=0).fit(spectra[:540])
cluster = torch.from_numpy(kmeans.predict(spectra)).long()
sizes = torch.bincount(cluster, minlength=9)
sorted_fits = [fit(train.waves[cluster == k]) for k in range(9)]


def gaussian_by_cluster(seed):
    random = runtime.generator(seed)
    drawn = torch.multinomial(sizes.float(), N, replacement=True, generator=random)
    counts = torch.bincount(drawn, minlength=9).tolist()
    return torch.cat([draw(*one, n, random) for one, n in zip(sorted_fits, counts)])


largest = [torch.bincount(train.labels[cluster == k], minlength=9).max() for k in range(9)]
purity = sum(largest).item() / len(train.labels)
print(f"share of sounds that lie in a cluster of their own kind: {purity:.3f}")'''.splitlines(keepends=True)})
rep('cell-47','blind = {"real": scores["real (ceiling)"], "one Gaussian": one_gaussian, "critic of waves"','sorted_rows = [measure(gaussian_by_cluster(seed)) for seed in range(3)]\nblind = {"real": scores["real (ceiling)"], "one Gaussian": one_gaussian, "k-means, a Gaussian a cluster": sorted_rows, "critic of waves"')
rep('cell-47','checks.claim("but play under half as many clear notes", max(run["on_scale"] for run in guess) < ceiling["on_scale"] / 2)','checks.claim("but play under half as many clear notes", max(run["on_scale"] for run in guess) < ceiling["on_scale"] / 2)\nsorts = min(draws["on_scale"] for draws in sorted_rows), max(draws["frechet_distance"] for draws in sorted_rows)\nbest = min(run["frechet_distance"] for run in guess)\nchecks.claim("k-means and a Gaussian a cluster beat both games without labels, in both columns", sorts[0] > 0.5 and sorts[1] < best,\n             f"{100 * sorts[0]:.0f} % or more, distance {sorts[1]:.1f} or less")  # fmt: skip')
C['cell-47']['metadata']['slide']={'title':'Without labels: sort first','show':'output','outputs':[0],'notes':'- One Gaussian for all kinds plays chords: the mixture of kinds is not a linear family.\n- k-means on normalised spectra finds the nine kinds in about a second, and then the Gaussians are as good as with labels.\n- Ask: what did the sorting need to know? That loudness does not matter, and how many kinds there are.\n','minutes':3}
put('cell-48','''One Gaussian draws all notes at once, a cluster of accidental chords: the mixture of nine kinds is not a linear family. With two views the GAN's spectra are nearer to the data, but after so few steps it plays no clear notes either.

The plain alternative is in another class. k-means finds the nine kinds by itself, and with a Gaussian for each cluster the numbers are those of the labelled Gaussians. So labels are not what the GAN lacks here. These nine kinds lie far apart in their spectra, which makes them easy to sort; we told k-means that there are nine, and that loudness does not count. With sounds that shade into each other it would have less to find. We have not tested that.

## 6. Listen

'''+src('cell-48').split('## 6. Listen\n')[1].strip('\n'))
rep('cell-51','What a sampler would do instead is a **crossfade**: the mean of the two waves.','What a sampler would do instead is a **crossfade**: a weighted sum of the two waves. Half way, the weights may be a half each, which is the plain mean. Sound engineers take $1/\\\\sqrt 2$ each, an **equal-power** crossfade: the powers of two waves that have nothing to do with each other add up, so the sum is as loud as one.'.replace('\\\\','\\'))
rep('cell-55','middle = {"crossfade of recordings": sum(recorded) / 2, "crossfade of generated": sum(made) / 2,','middle = {"plain mean of recordings": sum(recorded) / 2, "equal power, recordings": sum(recorded) / 2**0.5,\n          "plain mean of generated": sum(made) / 2,')
rep('cell-55','ends = {"crossfade of recordings": recorded, "crossfade of generated": made, "walk in z": made}','ends = {"plain mean of recordings": recorded, "equal power, recordings": recorded, "plain mean of generated": made, "walk in z": made}')
s=src('cell-55'); i=s.index('checks.claim("a crossfade'); put('cell-55',s[:i]+'''mean_dip, power_dip = dips["plain mean of recordings"].mean(), dips["equal power, recordings"].mean()
checks.claim("a plain mean of recordings loses over 1.5 dB half way on average", mean_dip < -1.5, f"{mean_dip:.1f} dB")
checks.claim("at equal power it loses less than 1 dB", power_dip > -1, f"{power_dip:.1f} dB")
gain = (dips["plain mean of generated"].mean() - mean_dip).item()
checks.claim("a plain mean of generated notes loses less than one of recordings", gain > 0.3, f"by {gain:.1f} dB")''')
rep('cell-55','{name:<24}','{name:<25}')
put('cell-56',src('cell-56').replace('for name, colour in (("crossfade of recordings", plots.REAL), ("walk in z", plots.FAKE)):','for name, colour in (("plain mean of recordings", plots.NEUTRAL), ("equal power, recordings", plots.REAL), ("walk in z", plots.FAKE)):').replace('alpha=0.6','histtype="step", linewidth=2').replace('title="A crossfade cancels, a walk does not"','title="The weights of a crossfade matter"').replace('"Histograms of the loudness half way between two sounds. The crossfade spreads from -12 to 0 decibels, the walk in "\n           "the latent space stays around 0."','"Histograms of the loudness half way between two sounds. The plain mean of recordings spreads from -12 to 0 decibels, the "\n           "equal-power crossfade lies 3 decibels higher, the walk in the latent space stays around 0."'))
C['cell-56']['metadata']['slide']={'title':'The weights of a crossfade matter','notes':'- Two recordings meet at any phase. With weights of a half each, the sum is 3 dB down on average; at equal power it is not.\n- What is left is spread: some pairs cancel, some add. The walk has none of it.\n- Then the widget in the notebook: walk and crossfade, by ear.\n','minutes':3}
s=src('cell-57'); s=s.replace('mix = torch.linspace(0, 1, stops)[:, None, None]\nstations["crossfade of two recordings"] = (1 - mix) * least + mix * most','turn = torch.linspace(0, torch.pi / 2, stops)[:, None, None]  # equal power: cos^2 + sin^2 = 1\nstations["crossfade of two recordings"] = turn.cos() * least + turn.sin() * most'); assert 'turn.cos' in s; put('cell-57',s)
s=src('cell-59'); i=s.index('The recordings lose power half way'); j=s.index('**A popular mistake.**'); k=s.index('| need | choose |'); l=s.index('## Recap')
s=s[:i]+'''A plain mean of two recordings loses power half way because it gives each a quarter of its power and they meet at arbitrary phases. An equal-power crossfade mends the loss on average. What is left is spread: a few pairs still cancel, at half a period's difference. The walk never adds two waves: each step is one note that the generator has made, so its loudness holds. But a plain mean of *generated* notes loses hardly anything either, since they begin at nearly the same phase: the hidden collapse of section 5.

'''+s[j:k]+'''| what you have and want | what does it, in this notebook |
| --- | --- |
| the formula is known (an organ, a test tone) | additive synthesis: exact, tiny, each knob has a name |
| recordings, more of the same kinds | sort them, by labels or by k-means, and a Gaussian for each kind: in tune at once, nearest in spectra, timbres somewhat wrong |
| one recording passing into another | an equal-power crossfade: as loud as its ends but for a few pairs; both timbres sound at once |
| one note whose timbre moves | a generator's latent space: one note at each step, at even loudness; it has to be trained, and its timbres are fewer than the data's |

'''+s[l:]
s=s.replace('- A transposed convolution of stride $s$ hums at the rate divided by $s$ and by all later strides, always with one phase.','- A transposed convolution hums, at frequencies that its stride and the later ones decide, always with one phase.')
s=s.replace('- A Gaussian a note is better in tune and in spectra, as long as somebody sorts the notes.','- A Gaussian for each kind is better in tune and in spectra, and k-means can do the sorting. The plain alternative is the best plain one.')
put('cell-59',s)
sl=C['cell-58']['metadata']['slide']; sl[1]['text']=sl[1]['text'].replace('- A Gaussian a note wins while somebody sorts the notes.','- k-means and a Gaussian for each cluster win without labels.')
sl[0]['notes']=sl[0]['notes'].replace('17.2: later layers stretch time. ','')
open(p,'w').write(json.dumps(nb,indent=1,ensure_ascii=False)+"\n")
