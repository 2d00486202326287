SUBS = {
"GPARAMS": "192,601",
"; the paper's smallest has 0.92 million": "",
"GRIFFIN_TEXT": """From the true magnitudes, each round brings the wave nearer. From the mel bands, the curves level off: what limits the result then is no longer the phases, but what the bands do not say. Nothing was learned, and the pitch is right to a few cents.""",
"GAUSSIAN_SENTENCE": "Compare its row with the last two, column by column: it took one decomposition for each kind, and k-means can do the sorting. That comparison comes before the choice of a network.",
"SHUFFLE_TEXT": "Phase shuffle was meant to take a clue from the critic: the fixed phase of the hum. The second column says whether the hum has a less fixed phase with it, the first whether more notes are in tune. The two need not go together, and what makes the notes better the table does not say. WaveGAN's authors use phase shuffle on a second of speech, four times as many samples.",
"UNLABELLED_TEXT": "k-means with Gaussians needs a second, the game the CPU time of the other rows. To learn nine kinds without being told is harder for a game than to be told which kind it is. With more time the game may do better; that was not run.",
"SHIPPED_TEXT": "Look for grey between the lines, and compare precision and recall of the last rows with those of the Gaussian: the one asks how many of the generated sounds lie where real ones lie, the other how much of that region is reached. A sound can be in tune, clear, and still be known as a machine's.",
"VOCODER_TEXT": "Read the table by columns, and listen. Griffin-Lim starts from nothing and knows nothing about notes: it finds a wave that agrees with the bands. The network answers in one pass, and its wave is what it has learned that such bands sound like. The CPU time for each sound stands below the table. HiFi-GAN's authors report speech 168 times faster than real time, on one GPU; iterations are what a phone has no time for.\n\n**What the mel loss cannot see.** It compares magnitudes in bands, so it is content with a wave whose phases fit badly together, and the third column is the one to watch: is a note of the one network clearer than that of the other? The two kinds of runs differ in the game and the features alone, at the same CPU time.",
"DECISION_GAUSS": "in tune at once, timbres somewhat wrong",
"DECISION_GL": "Griffin-Lim: nothing to train, right to a few cents",
"DECISION_VOC": "a trained vocoder: one pass for each sound",
"RECAP_VOC": "From mel bands, Griffin-Lim makes consistent phases by iteration. A vocoder learns to do it in one pass; HiFi-GAN judges its waves in rows of 2, 3, 5, 7 and 11 samples, and compares what the discriminators see.",
"CLAIMS_VOC": """checks.claim(
    "the network makes a sound in less than a third of Griffin-Lim's CPU time",
    fast < slow / 3,
    f"{fast:.1f} and {slow:.0f} ms",
)""",
"VOC_NOTES": "- By columns. The mel distance is what all networks are trained on.\n- **Ask:** which two rows differ in one thing? Mel loss alone, and with the game: same network, same CPU time.\n",
"VOC_TITLE": "Griffin-Lim, the mel loss, and the game",
"SUMMARY_SLIDE": "- Measure sound: cents, clarity, timbre, log-mel distance, with a ceiling.\n- k-means and a Gaussian for each cluster come before any game.\n- A transposed convolution hums, always in phase.\n- A critic pays for what its distance counts.\n- A crossfade needs equal power; a walk in $z$ adds no two waves.\n- From mel to wave: iterate, or learn it.\n",
}
def sub(x):
    if isinstance(x,str):
        for a,b in SUBS.items(): x=x.replace(a,b)
        return x
    if isinstance(x,list): return [sub(y) for y in x]
    if isinstance(x,dict): return {k:sub(v) for k,v in x.items()}
    return x
for c in cells:
    if c["id"]=="install-the-course": continue
    text=sub("".join(c["source"])); c["source"]=text.splitlines(keepends=True)
    if "slide" in c["metadata"]: c["metadata"]["slide"]=sub(c["metadata"]["slide"])
